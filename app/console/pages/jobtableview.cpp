// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/jobtableview.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/pages/tablelooks.h"
#include "models/displaytext.h"
#include "models/jobtablemodel.h"
#include "models/modelroles.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolButton>

namespace stint {

JobTableView::JobTableView(JobTableModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_delegate(new RowDelegate(this))
    , m_newAbove(new QToolButton(this))
{
    m_delegate->setStateColumn(static_cast<int>(JobColumn::State));
    m_delegate->setProgressColumn(static_cast<int>(JobColumn::Progress));
    setModel(model);
    setUpTable(this, m_delegate);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_newAbove->hide();
    connect(m_newAbove, &QToolButton::clicked, this, [this] { scrollToTop(); });

    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] { m_held = holdsStill(); });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) { holdPlace(first, last); });
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { m_goneAbove = std::max(0, std::min(last + 1, topRow()) - first); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) { dropHeld(first, last); });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        clearAllMatching();
        m_newCount = 0;
        placeNewButton();
    });
    connect(model, &JobTableModel::statusChanged, &m_window, qOverload<>(&QTimer::start));
    m_window.setSingleShot(true);
    m_window.setInterval(0);
    connect(&m_window, &QTimer::timeout, this, &JobTableView::tellWindow);
    m_clock = startTimer(1000); // durations of running jobs grow
}

int JobTableView::topRow() const
{
    return std::max(0, rowAt(0));
}

bool JobTableView::holdsStill() const
{
    return verticalScrollBar()->value() > 0 || selectionModel()->hasSelection() || m_allMatching;
}

void JobTableView::holdPlace(int first, int last)
{
    const int count = last - first + 1;
    if (m_held && first <= topRow() && m_model->rowCount() > count) {
        const int value = verticalScrollBar()->value();
        updateGeometries();
        verticalScrollBar()->setValue(value + count);
        m_newCount += first == 0 ? count : 0;
        placeNewButton();
    }
    m_window.start();
}

void JobTableView::dropHeld(int, int)
{
    if (m_goneAbove > 0) {
        const int value = verticalScrollBar()->value();
        updateGeometries();
        verticalScrollBar()->setValue(std::max(0, value - m_goneAbove));
    }
    m_window.start();
}

void JobTableView::placeNewButton()
{
    if (verticalScrollBar()->value() == 0)
        m_newCount = 0;
    m_newAbove->setVisible(m_newCount > 0);
    if (m_newCount == 0)
        return;
    m_newAbove->setText(tr("%1 new ↑").arg(displaytext::count(m_newCount)));
    m_newAbove->adjustSize();
    m_newAbove->move((width() - m_newAbove->width()) / 2, horizontalHeader()->height() + 6);
    m_newAbove->raise();
}

void JobTableView::tellWindow()
{
    const int first = rowAt(0);
    if (first < 0)
        return;
    const int last = rowAt(viewport()->height() - 1);
    m_model->setWindow(first, last < 0 ? m_model->rowCount() - 1 : last);
}

void JobTableView::selectAllMatching()
{
    clearSelection();
    m_allMatching = m_model->rowCount() > 0;
    m_delegate->setAllSelected(m_allMatching);
    viewport()->update();
    Q_EMIT selectionMoved();
}

void JobTableView::clearAllMatching()
{
    if (!m_allMatching)
        return;
    m_allMatching = false;
    m_delegate->setAllSelected(false);
    viewport()->update();
    Q_EMIT selectionMoved();
}

int JobTableView::selectedRowCount() const
{
    int count = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        count += range.height();
    return count;
}

QList<std::int64_t> JobTableView::selectedIds() const
{
    QList<std::int64_t> ids;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            ids.append(m_model->idAt(row));
    }
    return ids;
}

std::int64_t JobTableView::currentId() const
{
    return currentIndex().isValid() ? m_model->idAt(currentIndex().row()) : -1;
}

bool JobTableView::goTo(std::int64_t id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return false;
    setCurrentIndex(m_model->index(row, std::max(0, horizontalHeader()->logicalIndex(0))));
    scrollTo(currentIndex(), QAbstractItemView::EnsureVisible);
    return true;
}

QString JobTableView::selectedText() const
{
    QString text;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            QStringList cells;
            for (int place = 0; place < horizontalHeader()->count(); ++place) {
                const int section = horizontalHeader()->logicalIndex(place);
                if (!isColumnHidden(section))
                    cells.append(m_model->index(row, section).data(FullTextRole).toString().simplified());
            }
            text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
        }
    }
    return text;
}

void JobTableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (!selected.isEmpty())
        clearAllMatching();
    Q_EMIT selectionMoved();
}

void JobTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::SelectAll)) {
        selectAllMatching();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentId() >= 0) {
        Q_EMIT opened(currentId());
        return;
    }
    if (event->key() == Qt::Key_Escape && (m_allMatching || selectionModel()->hasSelection())) {
        clearAllMatching();
        clearSelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

void JobTableView::mousePressEvent(QMouseEvent *event)
{
    clearAllMatching();
    QTableView::mousePressEvent(event);
}

void JobTableView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QTableView::mouseDoubleClickEvent(event);
    if (event->button() == Qt::LeftButton && currentId() >= 0)
        Q_EMIT opened(currentId());
}

void JobTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    placeNewButton();
    m_window.start();
}

void JobTableView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    placeNewButton();
    m_window.start();
}

void JobTableView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_clock && isVisible())
        viewport()->update();
    else
        QTableView::timerEvent(event);
}

} // namespace stint
