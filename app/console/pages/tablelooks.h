// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTableView>

namespace stint {

class RowDelegate;

/// Gives every table of the window the same looks: rows of one height, no grid, whole rows selected.
void setUpTable(QTableView *view, RowDelegate *delegate);

/// The job that a cell of the index's row names, its own cell first; 0: none.
[[nodiscard]] qint64 jobNamedIn(const QModelIndex &index);

} // namespace stint
