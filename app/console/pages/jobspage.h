// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/page.h"
#include "models/jobtablemodel.h"
#include "models/matchcounter.h"

#include <QElapsedTimer>

class QStackedWidget;

namespace stint {

class FilterBar;
class JobTableView;
class MessageStrip;
class Placeholder;
class Settings;
class TableLayout;

/// What the operator has chosen in a job table.
struct JobChoice {
    JobSelection selection;
    std::int64_t count = 0;
    bool countIsExact = true;
    QMap<JobState, std::int64_t> byState; ///< of those whose row is read; all that match: empty

    [[nodiscard]] bool isEmpty() const { return selection.ids.isEmpty() && !selection.filter; }
};

/// A pane of jobs: filter, table, and one of five states: loading, empty, failed, stale, filtered to nothing. GUI thread.
class JobsPage : public Page
{
    Q_OBJECT

public:
    /// What the pane says when the store has nothing for it.
    struct Emptiness {
        QString headline;
        QString text;
        QString nextStep; ///< label of a button; empty: none
    };

    JobsPage(QString key, QString icon, Pane pane, Emptiness emptiness, Connection &connection, Settings &settings,
             QWidget *parent = nullptr);
    ~JobsPage() override;

    [[nodiscard]] Pane pane() const { return m_model.pane(); }
    [[nodiscard]] JobTableModel &model() { return m_model; }
    [[nodiscard]] JobTableView *table() const { return m_table; }
    [[nodiscard]] JobChoice choice() const;
    /// The query whose matches the pane shows.
    [[nodiscard]] const JobQuery &query() const { return m_model.query(); }
    void selectAllMatching();
    void setFilterText(const QString &text);
    [[nodiscard]] QString filterText() const;
    void clearFilter();
    /// Selects the job's row as soon as it is there.
    void goTo(std::int64_t id);
    void resetColumns();

    void refresh() override;
    void focusTable() override;
    void focusFilter() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QString countText() const override;
    [[nodiscard]] std::optional<JobExport> exported() const override;
    [[nodiscard]] QString statusText() const override;

Q_SIGNALS:
    void choiceChanged();
    /// Another row is the current one; 0: none.
    void currentJobChanged(qint64 id);
    void contextMenuWanted(const QPoint &globalPosition);

protected:
    void connectStore() override;
    [[nodiscard]] FilterBar *filterBar() const { return m_filter; }

private:
    [[nodiscard]] JobFilter filter() const;
    void applyFilter();
    void showStatus();
    void countMatches();
    void readMonths();

    Emptiness m_emptiness;
    JobTableModel m_model;
    MatchCounter m_counter;
    QElapsedTimer m_counted;
    FilterBar *m_filter;
    MessageStrip *m_strip;
    QStackedWidget *m_stack;
    JobTableView *m_table;
    Placeholder *m_placeholder;
    TableLayout *m_layout;
    std::optional<std::int64_t> m_wanted; ///< to be selected when it is there
    StoreReader m_monthReader;
};

} // namespace stint
