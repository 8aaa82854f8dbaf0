// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyledItemDelegate>

namespace stint {

/// Draws the rows of every table: states with icon, word and colour, progress as a bar, failed rows tinted, links
/// to jobs coloured. GUI thread.
class RowDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RowDelegate(QObject *parent = nullptr);

    /// Columns with icons for the state, and with a bar; -1: none.
    void setStateColumn(int column) { m_stateColumn = column; }
    /// Where what is paused is marked; without it that is the column of the state.
    void setPausedColumn(int column) { m_pausedColumn = column; }
    void setProgressColumn(int column) { m_progressColumn = column; }
    /// Draws every row as selected.
    void setAllSelected(bool all) { m_allSelected = all; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    static constexpr int rowHeight = 22;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    int m_stateColumn = -1;
    int m_pausedColumn = -1;
    int m_progressColumn = -1;
    bool m_allSelected = false;
};

} // namespace stint
