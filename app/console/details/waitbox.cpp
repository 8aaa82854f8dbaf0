// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/waitbox.h"

#include "app/console/theme.h"
#include "engine/clock.h"
#include "models/displaytext.h"

#include <QHBoxLayout>
#include <QLabel>

namespace stint {

WaitBox::WaitBox(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
{
    setAutoFillBackground(true);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 7, 10, 7);
    layout->setSpacing(8);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    hide();
}

void WaitBox::setReasons(const QList<WaitReason> &reasons, const Job &job)
{
    const Timestamp now = SystemClock().now();
    QStringList lines;
    QStringList spoken;
    for (const WaitReason &reason : reasons) {
        const QString headline = displaytext::waitHeadline(reason);
        const QString detail = displaytext::waitDetail(reason, job, now);
        lines.append(QStringLiteral("<b>%1</b><br>%2").arg(headline.toHtmlEscaped(), detail.toHtmlEscaped()));
        spoken.append(headline + QStringLiteral(": ") + detail);
    }
    m_text->setText(lines.join(QStringLiteral("<br>")));
    setAccessibleName(spoken.join(QStringLiteral("; ")));
    m_icon->setPixmap(theme::icon(QStringLiteral("hourglass"), theme::stateColor(JobState::Cancelled)).pixmap(16));
    QPalette own = palette();
    own.setColor(QPalette::Window, theme::noticeStrip());
    setPalette(own);
    setVisible(!reasons.isEmpty());
}

} // namespace stint
