// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/details/jobdetails.h"
#include "models/storereader.h"

#include <QDockWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace stint {

class AttemptsTab;
class BodyView;
class Connection;
class ErrorTab;
class FieldList;
class LogTab;
class MessageStrip;
class Placeholder;
class RelatedTab;
class WaitBox;

/// All about one job, beside the table: what it is, why it waits or failed, what it was given and gave. GUI thread.
class DetailsDock final : public QDockWidget
{
    Q_OBJECT

public:
    DetailsDock(Connection &connection, QWidget *parent = nullptr);

    /// 0: none.
    void setJob(std::int64_t id);
    [[nodiscard]] std::int64_t jobId() const { return m_id; }
    /// Null while none is shown.
    [[nodiscard]] const JobResult *job() const { return m_details.job ? &*m_details.job : nullptr; }
    void refresh();
    [[nodiscard]] bool isSettled() const;
    /// Buttons for the shown job.
    void setActions(QAction *requeue, QAction *cancel);
    /// The jobs beside the dock: it says so if the shown job is not one of them. Nothing: there are no jobs.
    void setPane(std::optional<Pane> pane);
    /// As wide as all of its tabs.
    [[nodiscard]] int widthWanted() const { return m_widthWanted; }

Q_SIGNALS:
    void openJob(qint64 id);
    void jobChanged();
    /// The operator wants to see the shown job among those of its pane.
    void paneWanted(stint::Pane pane);

private:
    void accept(JobDetails details);
    void showJob();
    void showHead();
    void showElsewhere();

    Connection &m_connection;
    std::int64_t m_id = 0;
    std::int64_t m_shownId = 0;
    JobDetails m_details;
    QStackedWidget *m_stack;
    Placeholder *m_placeholder;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_subtitle;
    QHBoxLayout *m_buttons;
    WaitBox *m_waiting;
    MessageStrip *m_strip;
    MessageStrip *m_elsewhere;
    QTabWidget *m_tabs;
    FieldList *m_overview;
    BodyView *m_request;
    BodyView *m_result;
    ErrorTab *m_error;
    LogTab *m_log;
    AttemptsTab *m_attempts;
    RelatedTab *m_related;
    std::optional<Pane> m_pane;
    int m_widthWanted = 0;
    StoreReader m_reader;
};

} // namespace stint
