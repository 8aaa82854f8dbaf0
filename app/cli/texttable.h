// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/output.h"

#include <QList>
#include <QString>

namespace stint::cli {

/// The colour of a cell, shown on a terminal only.
enum class Tint : std::uint8_t {
    None,
    Good, ///< done
    Busy, ///< under way
    Bad,  ///< failed
    Dim,  ///< of no consequence
};

/// A table for people: columns aligned by the widest of the first rows, so that it can go on for ever without being
/// held in memory. Main thread.
class TextTable final
{
public:
    struct Heading {
        QString title;
        bool alignRight = false;
    };
    struct Cell {
        QString text; ///< of any origin: what steers a terminal is taken out
        Tint tint = Tint::None;
    };

    /// `output` must outlive the table.
    TextTable(Output &output, QList<Heading> headings);

    void add(QList<Cell> cells);
    /// Writes what is held back.
    void finish();

private:
    void settleWidths();
    void write(const QList<Cell> &cells);

    Output &m_output;
    QList<Heading> m_headings;
    QList<qsizetype> m_widths; ///< empty until they are settled
    QList<QList<Cell>> m_held;
    bool m_coloured;
};

} // namespace stint::cli
