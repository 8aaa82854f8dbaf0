// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/placeholder.h"

#include "app/console/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace stint {

namespace {
constexpr int textWidth = 340; ///< fits beside a table
} // namespace

Placeholder::Placeholder(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_headline(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    QFont large = m_headline->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_headline->setFont(large);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setFixedWidth(textWidth);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    connect(m_action, &QPushButton::clicked, this, &Placeholder::acted);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addWidget(m_headline, 0, Qt::AlignHCenter);
    layout->addWidget(m_text, 0, Qt::AlignHCenter);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
}

void Placeholder::say(const QString &icon, const QString &headline, const QString &text, const QString &action)
{
    m_iconName = icon;
    m_headline->setText(headline);
    m_text->setText(text);
    m_text->setFixedHeight(std::max(0, m_text->heightForWidth(textWidth)));
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(headline);
    setAccessibleDescription(text);
    paint();
}

QString Placeholder::headline() const
{
    return m_headline->text();
}

void Placeholder::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paint();
}

void Placeholder::paint()
{
    m_icon->setPixmap(theme::icon(m_iconName, theme::mutedText()).pixmap(48));
}

} // namespace stint
