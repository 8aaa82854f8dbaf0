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

Q_SIGNALS:
    void openJob(qint64 id);
    void jobChanged();

private:
    void accept(JobDetails details);
    void showJob();
    void showHead();

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
    QTabWidget *m_tabs;
    FieldList *m_overview;
    BodyView *m_request;
    BodyView *m_result;
    ErrorTab *m_error;
    LogTab *m_log;
    AttemptsTab *m_attempts;
    RelatedTab *m_related;
    StoreReader m_reader;
};

} // namespace stint
