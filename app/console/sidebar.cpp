// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/sidebar.h"

#include "app/console/pages/page.h"
#include "app/console/theme.h"

#include <QEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace stint {

namespace {

constexpr int rowHeight = 30;
constexpr int margin = 12;

/// Draws the count at the right of the pane's name.
class Delegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool selected = option.state & QStyle::State_Selected;
        const bool alarming = index.data(Sidebar::alarmRole).toBool();
        painter->save();
        if (selected)
            painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, option.palette.color(QPalette::Midlight));
        QRect rest = option.rect.adjusted(margin, 0, -margin, 0);
        index.data(Qt::DecorationRole).value<QIcon>().paint(painter, QRect(rest.left(), rest.center().y() - 7, 16, 16));
        rest.setLeft(rest.left() + 16 + margin - 2);
        QFont font = option.font;
        font.setBold(selected);
        painter->setFont(font);
        painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::WindowText));
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
        font.setBold(alarming);
        painter->setFont(font);
        painter->setPen(alarming ? theme::stateColor(JobState::Failed) : theme::mutedText());
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter, index.data(Sidebar::countRole).toString());
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(theme::linkColor());
            painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), rowHeight};
    }
};

} // namespace

Sidebar::Sidebar(QWidget *parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("sidebar"));
    setAccessibleName(tr("Panes"));
    setItemDelegate(new Delegate(this));
    setFrameShape(QFrame::NoFrame);
    setFixedWidth(176);
    setIconSize(QSize(16, 16));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setAutoFillBackground(true);
    viewport()->setBackgroundRole(QPalette::Window);
    setMouseTracking(true);
}

void Sidebar::addPage(const Page &page)
{
    m_icons.append(page.iconName());
    auto *item = new QListWidgetItem(page.title(), this);
    item->setToolTip(tr("%1 (Alt+%2)").arg(page.title()).arg(count()));
    paint();
}

void Sidebar::setCount(int row, const QString &count)
{
    item(row)->setData(countRole, count);
    item(row)->setData(Qt::AccessibleTextRole, count.isEmpty() ? item(row)->text() : tr("%1, %2").arg(item(row)->text(), count));
}

void Sidebar::setAlarming(int row, bool alarming)
{
    item(row)->setData(alarmRole, alarming);
}

void Sidebar::changeEvent(QEvent *event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paint();
}

void Sidebar::paint()
{
    for (int row = 0; row < count(); ++row)
        item(row)->setIcon(theme::icon(m_icons[row]));
}

} // namespace stint
