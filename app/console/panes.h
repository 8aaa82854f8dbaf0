// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/panecounts.h"
#include "engine/jobquery.h"

#include <QList>
#include <QObject>

class QAction;
class QStackedWidget;
class QWidget;

namespace stint {

class Connection;
class JobsPage;
class LogPage;
class Page;
class ScheduledPage;
class Settings;
class Sidebar;
class WelcomePage;
class WindowActions;
class WorkersPage;

/// The panes of the window: their pages, one of which is shown, the side bar that names them, and an action for each.
/// Of what pages tell, only that of the shown one is told on. GUI thread.
class Panes final : public QObject
{
    Q_OBJECT

public:
    Panes(Connection &connection, Settings &settings, WindowActions *actions, QWidget *window);
    ~Panes() override;

    void show(const QString &key);
    /// Shows the page of the current pane, or the welcome while no store is attached.
    void showConnection();
    [[nodiscard]] Page *current() const;
    /// Null where the current pane has no jobs.
    [[nodiscard]] JobsPage *currentJobs() const;
    [[nodiscard]] JobsPage *jobs(Pane pane) const;
    [[nodiscard]] ScheduledPage *scheduled() const { return m_scheduled; }
    [[nodiscard]] LogPage *log() const { return m_log; }
    [[nodiscard]] WorkersPage *workers() const { return m_workers; }
    [[nodiscard]] WelcomePage *welcome() const { return m_welcome; }
    [[nodiscard]] Sidebar *sidebar() const { return m_sidebar; }
    [[nodiscard]] QStackedWidget *stack() const { return m_stack; }
    [[nodiscard]] const QList<QAction *> &actions() const { return m_actionList; }
    [[nodiscard]] bool isSettled() const;
    void resetColumns();

Q_SIGNALS:
    /// Another pane is the current one.
    void shown();
    void openJob(qint64 id);
    void statusChanged();
    void choiceChanged();
    void currentJobChanged(qint64 id);
    void menuWanted(const QPoint &globalPosition);

private:
    void add(Page *page);
    void addJobs(JobsPage *page);
    void showCounts();

    Connection &m_connection;
    Settings &m_settings;
    WindowActions *m_actions;
    PaneCounts m_counts;
    Sidebar *m_sidebar;
    QStackedWidget *m_stack;
    WelcomePage *m_welcome;
    ScheduledPage *m_scheduled;
    LogPage *m_log;
    WorkersPage *m_workers;
    QList<Page *> m_pages;
    QList<JobsPage *> m_jobs;
    QList<QAction *> m_actionList;
};

} // namespace stint
