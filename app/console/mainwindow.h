// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/connection.h"
#include "app/console/journal.h"
#include "app/console/localhost.h"
#include "app/console/launchoptions.h"
#include "app/console/panecounts.h"
#include "models/storereader.h"

#include <QMainWindow>

class QLabel;
class QStackedWidget;

namespace stint {

class AllJobsPage;
class DetailsDock;
class JobActions;
class JobsPage;
class LogPage;
class MessageStrip;
class OperationsStrip;
class Page;
class Settings;
class Sidebar;
class WelcomePage;
class WindowActions;
class WorkersPage;

/// The console: one store, its panes, the details of one job, and what can be done to them. GUI thread.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Settings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Does what the command line asks.
    void launch(const LaunchOptions &options);
    void attach(const QString &folder, bool readOnly = false);
    void showPane(const QString &key);
    /// Shows the job's details, and selects its row if it is among those of the pane.
    void openJob(std::int64_t id);
    [[nodiscard]] Connection &connection() { return m_connection; }
    [[nodiscard]] Page *page() const;
    [[nodiscard]] DetailsDock *details() const { return m_details; }
    /// All that was asked for is read and shown.
    [[nodiscard]] bool isSettled() const;

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makePages();
    void makeLayout();
    void connectActions();
    void connectHost();
    void addPage(Page *page);
    void addJobsPage(JobsPage *page);
    void showConnection();
    void showPlaces();
    void showActions();
    void showStatus();
    void showCounts();
    void showJobMenu(const QPoint &where);
    [[nodiscard]] JobsPage *jobsPage() const;
    void takeTheme(theme::Choice choice);
    void chooseFolder(bool readOnly);
    void startHost(const QString &folder);
    void exportCsv();
    void askForJob();
    void copyRows();
    void actOnShown(bool cancel);
    void restoreWindow();

    Settings &m_settings;
    Journal m_journal;
    Connection m_connection;
    PaneCounts m_counts;
    LocalHost m_host;
    WindowActions *m_actions;
    Sidebar *m_sidebar;
    QStackedWidget *m_pages;
    WelcomePage *m_welcome;
    MessageStrip *m_message;     ///< what an action has done or will do
    MessageStrip *m_hostMessage; ///< how the local host fares
    MessageStrip *m_pausedMessage;
    OperationsStrip *m_operations;
    DetailsDock *m_details;
    JobActions *m_jobActions;
    LogPage *m_log = nullptr;
    WorkersPage *m_workers = nullptr;
    JobsPage *m_queue = nullptr;
    JobsPage *m_all = nullptr;
    QList<Page *> m_panes;
    QList<QAction *> m_paneActions;
    QLabel *m_status;
    QLabel *m_running;
    QLabel *m_asOf;
    StoreReader m_lookup;
    bool m_readOnlyWanted = false;
    std::optional<std::int64_t> m_wantedJob; ///< to be opened once the store is attached
    bool m_hideDetails = false; ///< this pane has no jobs to detail
    QTimer m_attachSoon; ///< a host was started in a folder that has no store yet
};

} // namespace stint
