// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPlainTextEdit>

class QAbstractItemView;

namespace stint {

/// The whole text of the chosen row of a list, shown where its cell has no room for it. GUI thread.
class FullText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// `column` holds the text; the view has its model already.
    FullText(QAbstractItemView *view, int column, QWidget *parent = nullptr);

private:
    void showRow();
    [[nodiscard]] int linesOf(const QString &text) const;

    QAbstractItemView *m_view;
    int m_column;
};

} // namespace stint
