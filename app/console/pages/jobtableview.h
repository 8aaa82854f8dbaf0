// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTableView>
#include <QTimer>

#include <cstdint>

class QToolButton;

namespace stint {

class JobTableModel;
class RowDelegate;

/// A table of jobs that stays where it is: rows that come or go above the visible ones move nothing, a selection
/// is ranges or "all that match", never a list of rows. GUI thread.
class JobTableView final : public QTableView
{
    Q_OBJECT

public:
    explicit JobTableView(JobTableModel *model, QWidget *parent = nullptr);

    /// Every job that matches, read or not.
    void selectAllMatching();
    [[nodiscard]] bool isAllMatching() const { return m_allMatching; }
    /// Rows in the selected ranges; 0 while all that match are selected.
    [[nodiscard]] int selectedRowCount() const;
    [[nodiscard]] QList<std::int64_t> selectedIds() const;
    /// -1: none.
    [[nodiscard]] std::int64_t currentId() const;
    /// Selects the job's row and brings it into sight; false if it is not among the rows.
    bool goTo(std::int64_t id);
    /// The selected rows as lines of tab-separated cells, as shown.
    [[nodiscard]] QString selectedText() const;

Q_SIGNALS:
    void selectionMoved();
    void opened(qint64 id);

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void holdPlace(int first, int last);
    void dropHeld(int first, int last);
    void tellWindow();
    void clearAllMatching();
    void placeNewButton();
    [[nodiscard]] bool holdsStill() const;
    [[nodiscard]] int topRow() const;

    JobTableModel *m_model;
    RowDelegate *m_delegate;
    QToolButton *m_newAbove;
    int m_newCount = 0;
    int m_goneAbove = 0;
    bool m_allMatching = false;
    bool m_held = false;
    QTimer m_window;
    int m_clock = 0;
};

} // namespace stint
