// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/jobspage.h"

#include <QTimer>

namespace stint {

class Journal;
class MessageStrip;

/// What an operator does to jobs and workers: asks or gives time to undo, does it, says what came of it, and
/// records it. GUI thread.
class JobActions final : public QObject
{
    Q_OBJECT

public:
    /// `strip` is where undo and outcomes are shown, `window` the parent of dialogs.
    JobActions(Connection &connection, const Journal &journal, MessageStrip *strip, QWidget *window);
    ~JobActions() override;

    /// Up to undoLimit jobs: after a few seconds in which it can be undone; more: after a confirmation.
    void requeue(const JobChoice &choice, const JobQuery &query);
    void cancel(const JobChoice &choice, const JobQuery &query);
    void setWorkerPaused(const QString &worker, bool paused);
    /// Does now what still could be undone.
    void flush();

    static constexpr int undoLimit = 20;
    static constexpr int undoSeconds = 5;

private:
    enum class Verb : std::uint8_t { Cancel, Requeue };

    void offerUndo(const JobSelection &selection);
    void showCountdown();
    [[nodiscard]] bool confirm(Verb verb, const JobChoice &choice, const JobQuery &query);
    void act(Verb verb, const JobSelection &selection);
    void report(Verb verb, const JobSelection &selection, const QString &location, const Result<QList<ActionResult>> &outcome);

    Connection &m_connection;
    const Journal &m_journal;
    MessageStrip *m_strip;
    QWidget *m_window;
    std::optional<JobSelection> m_pending;
    int m_secondsLeft = 0;
    QTimer m_countdown;
};

} // namespace stint
