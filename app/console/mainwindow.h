// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/connection.h"
#include "app/console/journal.h"
#include "app/console/launchoptions.h"

#include <QMainWindow>

#include <memory>

namespace stint {

class ActionStates;
class DetailsDock;
class ExportCommand;
class HelpCommands;
class HostCommands;
class JobActions;
class JobCommands;
class JobFinder;
class MessageStrip;
class OperationsStrip;
class Page;
class Panes;
class Places;
class ScheduleCommands;
class Settings;
class StatusLine;
class ViewCommands;
class WindowActions;

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
    void makeLayout();
    [[nodiscard]] QWidget *makeToolBar();
    void connectConnection();
    void connectPanes();
    void connectCommands();
    void showConnection();
    void showPaneChosen();
    void showStatus();
    void restoreWindow();
    void resetLayout();
    void resizeDetails();

    Settings &m_settings;
    Journal m_journal;
    Connection m_connection;
    WindowActions *m_actions;
    MessageStrip *m_message;     ///< what an action has done or will do
    MessageStrip *m_hostMessage; ///< how the local host fares
    MessageStrip *m_pausedMessage;
    OperationsStrip *m_operations;
    std::unique_ptr<Panes> m_panes;
    DetailsDock *m_details;
    StatusLine *m_status;
    std::unique_ptr<Places> m_places;
    std::unique_ptr<ViewCommands> m_view;
    std::unique_ptr<HostCommands> m_host;
    std::unique_ptr<JobActions> m_jobActions;
    std::unique_ptr<JobCommands> m_jobCommands;
    std::unique_ptr<ScheduleCommands> m_scheduleCommands;
    std::unique_ptr<JobFinder> m_finder;
    std::unique_ptr<ExportCommand> m_export;
    std::unique_ptr<HelpCommands> m_help;
    std::unique_ptr<ActionStates> m_states;
    std::optional<std::int64_t> m_wantedJob; ///< to be opened once the store is attached
    bool m_hideDetails = false;              ///< this pane has no jobs to detail
};

} // namespace stint
