// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/messagestrip.h"

#include "app/console/plainbutton.h"
#include "app/console/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QToolButton>

namespace stint {

MessageStrip::MessageStrip(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_choices(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window); // its own, whatever stands around it
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close"));
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_choices);
    layout->addWidget(m_close);
    hide();
}

void MessageStrip::say(Kind kind, const QString &text, const QList<Choice> &choices, bool closable)
{
    m_kind = kind;
    setText(text);
    // What is said again keeps its buttons, and with them the focus.
    if (!std::ranges::equal(choices, m_offered, {}, &Choice::label, &Choice::label))
        makeButtons(choices);
    m_offered = choices;
    m_close->setVisible(closable);
    paint();
    show();
}

void MessageStrip::makeButtons(const QList<Choice> &choices)
{
    while (QLayoutItem *old = m_choices->takeAt(0)) {
        old->widget()->hide();
        old->widget()->deleteLater();
        delete old;
    }
    for (qsizetype place = 0; place < choices.size(); ++place) {
        auto *button = new PlainButton(choices[place].label, this);
        connect(button, &QPushButton::clicked, this, [this, place] {
            const auto act = m_offered[place].act; // it may say something else
            act();
        });
        m_choices->addWidget(button);
        button->show();
    }
}

void MessageStrip::setText(const QString &text)
{
    m_text->setText(text);
    setAccessibleName(text);
}

QString MessageStrip::text() const
{
    return m_text->text();
}

void MessageStrip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_painting)
        paint();
}

void MessageStrip::paint()
{
    const QScopedValueRollback painting(m_painting, true); // it changes the strip's own palette
    struct Looks {
        QString icon;
        QColor ink;
        QColor ground;
    };
    const Looks looks = m_kind == Kind::Error ? Looks{QStringLiteral("warning"), theme::stateColor(JobState::Failed), theme::errorStrip()}
        : m_kind == Kind::Done   ? Looks{QStringLiteral("completed"), theme::stateColor(JobState::Completed), theme::doneStrip()}
        : m_kind == Kind::Notice ? Looks{QStringLiteral("info"), theme::stateColor(JobState::Cancelled), theme::noticeStrip()}
                                 : Looks{QStringLiteral("info"), theme::linkColor(), theme::hintStrip()};
    m_icon->setPixmap(theme::icon(looks.icon, looks.ink).pixmap(16));
    m_close->setIcon(theme::icon(QStringLiteral("close")));
    QPalette own = palette();
    own.setColor(QPalette::Window, looks.ground);
    setPalette(own);
}

} // namespace stint
