// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/fulltext.h"

#include "models/modelroles.h"

#include <QAbstractItemView>
#include <QFontDatabase>

namespace stint {

namespace {
constexpr int cellMargins = 10;
constexpr int mostLines = 8; ///< more are scrolled
constexpr qsizetype mostText = 128 * 1024;
} // namespace

FullText::FullText(QAbstractItemView *view, int column, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_view(view)
    , m_column(column)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("The chosen row in full"));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setWordWrapMode(QTextOption::WrapAnywhere);
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, &FullText::showRow);
    connect(view->model(), &QAbstractItemModel::modelReset, this, &FullText::showRow);
    connect(view->model(), &QAbstractItemModel::rowsRemoved, this, &FullText::showRow);
    hide();
}

void FullText::showRow()
{
    const QModelIndex cell = m_view->currentIndex().siblingAtColumn(m_column);
    const QString text = cell.data(FullTextRole).toString().left(mostText);
    const bool fits = text.isEmpty()
        || (!text.contains(QLatin1Char('\n'))
            && m_view->fontMetrics().horizontalAdvance(text) + cellMargins <= m_view->visualRect(cell).width());
    setVisible(!fits);
    if (fits || text == toPlainText())
        return;
    setPlainText(text);
    const int frame = 2 * static_cast<int>(document()->documentMargin());
    setFixedHeight(fontMetrics().lineSpacing() * std::min(linesOf(text), mostLines) + frame + 4);
}

int FullText::linesOf(const QString &text) const
{
    const int width = std::max(1, m_view->viewport()->width() - cellMargins);
    int lines = 0;
    for (const QStringView line : QStringView(text).split(QLatin1Char('\n')))
        lines += 1 + fontMetrics().horizontalAdvance(line.left(mostLines * width).toString()) / width;
    return lines;
}

} // namespace stint
