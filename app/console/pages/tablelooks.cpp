// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/tablelooks.h"

#include "app/console/delegates/rowdelegate.h"

#include "models/modelroles.h"

#include <QHeaderView>

namespace stint {

void setUpTable(QTableView *view, RowDelegate *delegate)
{
    view->setItemDelegate(delegate);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setAlternatingRowColors(true);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setCornerButtonEnabled(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTabKeyNavigation(false);
    // Never ResizeToContents: it measures every row.
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setMinimumSectionSize(RowDelegate::rowHeight);
    view->verticalHeader()->setDefaultSectionSize(RowDelegate::rowHeight);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->horizontalHeader()->setFixedHeight(RowDelegate::rowHeight + 4);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setSectionsClickable(true);
}

qint64 jobNamedIn(const QModelIndex &index)
{
    if (const QVariant own = index.data(JobIdRole); own.isValid())
        return own.toLongLong();
    for (int column = 0; column < index.model()->columnCount(); ++column) {
        if (const QVariant job = index.siblingAtColumn(column).data(JobIdRole); job.isValid())
            return job.toLongLong();
    }
    return 0;
}

} // namespace stint
