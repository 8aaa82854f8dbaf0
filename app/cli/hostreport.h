// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/output.h"
#include "engine/jobhost.h"

#include <QObject>
#include <QTimer>

namespace stint::cli {

/// Says on standard output what a host does: a line an event, or under load one summary a second. Main thread.
class HostReport final : public QObject
{
    Q_OBJECT

public:
    /// More events than this within a second are summed up.
    static constexpr qsizetype eventsASecond = 20;

    /// Follows `host`; both arguments must outlive it.
    HostReport(JobHost &host, Output &output, QObject *parent = nullptr);

    void say(const QString &text);
    /// Writes a summary that is still held back.
    void finish();

private:
    void takeStarted(const QList<JobEvent> &jobs);
    void takeEnded(const QList<JobEvent> &jobs);
    [[nodiscard]] bool isBusy(qsizetype moreEvents);
    void endSecond();

    struct Tally {
        qsizetype started = 0;
        qsizetype completed = 0;
        qsizetype retried = 0;
        qsizetype failed = 0;
        qsizetype cancelled = 0;
    };

    Output &m_output;
    QTimer m_second;        ///< runs from an event on, so that an idle host sleeps
    qsizetype m_events = 0; ///< in this second
    bool m_wasBusy = false; ///< the second before
    Tally m_tally;          ///< of events that were given no line
};

} // namespace stint::cli
