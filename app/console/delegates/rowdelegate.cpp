// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/delegates/rowdelegate.h"

#include "app/console/theme.h"
#include "models/modelroles.h"

#include <QApplication>
#include <QPainter>

namespace stint {

namespace {

QVariant inRow(const QModelIndex &index, int role)
{
    return index.siblingAtColumn(0).data(role);
}

void setInk(QStyleOptionViewItem *option, const QColor &color)
{
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
}

void setMark(QStyleOptionViewItem *option, const QIcon &icon, const QColor &ink)
{
    setInk(option, ink);
    option->icon = icon;
    option->decorationSize = QSize(16, 16);
    option->features |= QStyleOptionViewItem::HasDecoration;
}

} // namespace

RowDelegate::RowDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void RowDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    // The focus is a frame around the row's cell; a hovered row looks like any other.
    option->state.setFlag(QStyle::State_MouseOver, false);
    option->textElideMode = Qt::ElideRight;
    if (m_allSelected)
        option->state |= QStyle::State_Selected;
    option->state |= QStyle::State_Active;
    option->palette.setCurrentColorGroup(QPalette::Active);

    // A number keeps its distance from the text of the next column.
    if (option->displayAlignment & Qt::AlignRight)
        option->text += QStringLiteral("\u00a0\u00a0");

    if (index.data(LoadingRole).toBool()) {
        setInk(option, theme::mutedText());
        return;
    }
    if (index.column() == m_pausedColumn && inRow(index, PausedRole).toBool())
        setMark(option, theme::icon(QStringLiteral("paused"), theme::pausedColor()), theme::pausedColor());
    const QVariant state = inRow(index, StateRole);
    if (state.isValid()) {
        const auto jobState = static_cast<JobState>(state.toInt());
        if (jobState == JobState::Failed)
            option->backgroundBrush = theme::failedRow();
        if (index.column() == m_stateColumn) {
            setMark(option, theme::stateIcon(jobState), theme::stateColor(jobState));
            option->font.setBold(jobState == JobState::Failed);
            return;
        }
    }
    const QVariant level = inRow(index, LevelRole);
    if (level.isValid())
        setInk(option, theme::levelColor(static_cast<LogLevel>(level.toInt())));
    if (index.column() == m_stateColumn) {
        if (m_pausedColumn < 0 && inRow(index, PausedRole).toBool())
            setMark(option, theme::icon(QStringLiteral("paused"), theme::pausedColor()), theme::pausedColor());
        else if (inRow(index, IdleRole).toBool())
            setMark(option, theme::icon(QStringLiteral("idle"), theme::mutedText()), theme::mutedText());
    }
    if (index.data(JobIdRole).isValid() && index.column() > 0)
        setInk(option, theme::linkColor());
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != m_progressColumn)
        return;
    const QVariant reported = index.data(ProgressRole);
    const QVariant share = reported.isValid() ? reported : index.data(EstimateRole);
    if (!share.isValid() || inRow(index, StateRole).toInt() != static_cast<int>(JobState::Started))
        return;
    // A line along the foot of the cell, below the text: solid where the job has reported it, hatched where it is estimated.
    const QRect track(option.rect.left() + 4, option.rect.bottom() - 2, option.rect.width() - 8, 2);
    QRect done = track;
    done.setWidth(static_cast<int>(track.width() * std::clamp(share.toDouble(), 0.0, 1.0)));
    painter->fillRect(track, theme::line());
    painter->fillRect(done, QBrush(theme::stateColor(JobState::Started), reported.isValid() ? Qt::SolidPattern : Qt::Dense4Pattern));
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width() + 4, rowHeight};
}

} // namespace stint
