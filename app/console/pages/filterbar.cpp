// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/filterbar.h"

#include "app/console/theme.h"
#include "models/displaytext.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace stint {

FilterBar::FilterBar(bool hasMonths, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_searchIcon(m_text->addAction(QIcon(), QLineEdit::LeadingPosition))
    , m_months(new QComboBox(this))
    , m_count(new QLabel(this))
{
    m_text->setObjectName(QStringLiteral("filterText"));
    m_text->setPlaceholderText(tr("Filter: a text in any shown column"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(460);
    m_text->installEventFilter(this);
    m_months->setObjectName(QStringLiteral("months"));
    m_months->setAccessibleName(tr("Month of the archive"));
    m_months->setVisible(hasMonths);
    m_months->addItem(tr("All months"));
    m_count->setObjectName(QStringLiteral("matchCount"));
    m_count->setForegroundRole(QPalette::PlaceholderText);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 5, 8, 5);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_months);
    layout->addStretch(0);
    layout->addWidget(m_count);

    m_pause.setSingleShot(true);
    m_pause.setInterval(250);
    connect(&m_pause, &QTimer::timeout, this, &FilterBar::tell);
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &now) {
        if (now.isEmpty())
            tell();
        else
            m_pause.start();
    });
    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        tell();
        Q_EMIT left();
    });
    connect(m_months, &QComboBox::currentIndexChanged, this, &FilterBar::monthChanged);
    paint();
}

QString FilterBar::text() const
{
    return m_text->text().trimmed();
}

void FilterBar::setText(const QString &text)
{
    m_text->setText(text);
    tell();
}

void FilterBar::setMonths(const QList<YearMonth> &months)
{
    const auto chosen = month();
    const QSignalBlocker quiet(m_months);
    while (m_months->count() > 1)
        m_months->removeItem(1);
    for (const YearMonth entry : months)
        m_months->addItem(displaytext::monthName(entry), entry.toText());
    const int again = chosen ? m_months->findData(chosen->toText()) : 0;
    m_months->setCurrentIndex(std::max(0, again));
    if (again < 0) {
        QMetaObject::invokeMethod(this, &FilterBar::monthChanged, Qt::QueuedConnection);
    }
}

std::optional<YearMonth> FilterBar::month() const
{
    return YearMonth::parse(m_months->currentData().toString());
}

void FilterBar::setCount(const QString &text)
{
    m_count->setText(text);
}

void FilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FilterBar::clear()
{
    m_text->clear();
    m_months->setCurrentIndex(0);
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape && !m_text->text().isEmpty()) {
            m_text->clear();
            return true;
        }
        if (key == Qt::Key_Escape || key == Qt::Key_Down) {
            Q_EMIT left();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paint();
}

void FilterBar::tell()
{
    m_pause.stop();
    if (m_told == text())
        return;
    m_told = text();
    Q_EMIT textChanged(m_told);
}

void FilterBar::paint()
{
    m_searchIcon->setIcon(theme::icon(QStringLiteral("search"), theme::mutedText()));
}

} // namespace stint
