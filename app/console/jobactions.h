// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/jobverb.h"
#include "app/console/pages/jobspage.h"

#include <QPointer>
#include <QTimer>

namespace stint {

class BulkOperation;
class Journal;
class MessageStrip;
class OperationLine;
class OperationsStrip;

/// What an operator does to jobs and workers: asks or gives time to undo, does it, says what came of it, and
/// records it. GUI thread.
class JobActions final : public QObject
{
    Q_OBJECT

public:
    /// `strip` is where undo and outcomes of few jobs are shown, `operations` how far an action on many is; `window` is
    /// the parent of dialogs.
    JobActions(Connection &connection, const Journal &journal, MessageStrip *strip, OperationsStrip *operations, QWidget *window);
    ~JobActions() override;

    /// Up to undoLimit jobs: after a few seconds in which it can be undone; more: after a confirmation. `query` is that of
    /// the pane in which they were chosen.
    void requeue(const JobChoice &choice, const JobQuery &query);
    void cancel(const JobChoice &choice, const JobQuery &query);
    void setWorkerPaused(const QString &worker, bool paused);
    /// Does now what still could be undone.
    void flush();
    /// Flushes, and ends what is under way: the window closes.
    void finish();

    static constexpr int undoLimit = 20;
    static constexpr int undoSeconds = 5;

Q_SIGNALS:
    void openJob(qint64 id);

private:
    void ask(JobVerb verb, const JobChoice &choice, const JobQuery &query);
    void offerUndo(const JobChoice &choice);
    void showCountdown();
    void act(JobVerb verb, const JobSelection &selection);
    void report(JobVerb verb, const JobSelection &selection, const QString &location, const Result<QList<ActionResult>> &outcome);
    void actOnMany(JobVerb verb, const JobSelection &selection, const JobQuery &query, std::int64_t total);
    void reportMany(const BulkOperation &operation, OperationLine *line, const QString &location, std::int64_t total);
    void showResults(const QString &title, const QList<ActionResult> &results);

    Connection &m_connection;
    const Journal &m_journal;
    MessageStrip *m_strip;
    OperationsStrip *m_operations;
    QWidget *m_window;
    QList<QPointer<BulkOperation>> m_running;
    std::optional<JobSelection> m_pending;
    std::int64_t m_pendingCount = 0;
    int m_secondsLeft = 0;
    QTimer m_countdown;
};

} // namespace stint
