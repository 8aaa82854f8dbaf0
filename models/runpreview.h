// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/scheduledtask.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QTimeZone>

namespace stint {

/// A scheduled task's next runs as people look at them: on the clock of its zone, on that of this machine and in UTC,
/// with what a change of the clock does to them. Says why where there are none. A plain value; any thread.
struct RunPreview {
    Q_DECLARE_TR_FUNCTIONS(stint::RunPreview)

public:
    /// What a zone's clock does at a run.
    enum class Change : std::uint8_t {
        Steady,
        Skipped,     ///< the time that the expression means does not exist that day: it runs at the first moment after
        Repeated,    ///< the time comes twice that day
        WentForward, ///< since the run before
        WentBack,
    };

    struct Run {
        Timestamp moment;
        QString zoned; ///< on the clock of the schedule's zone; null where that is UTC, or shows the same here
        QString local;
        QString utc;
        Change change = Change::Steady;
        QString note; ///< the clock in words

        friend bool operator==(const Run &, const Run &) = default;
    };

    static constexpr int count = 10;
    static constexpr qsizetype longestExpression = 400; ///< in characters
    /// Of those that people mean; a longer one would leave the calendar.
    static constexpr std::chrono::milliseconds longestInterval = std::chrono::hours{24} * 36'500;

    QString words;   ///< when it runs; null where that cannot be understood
    QString problem; ///< why it cannot be saved so, in a sentence
    bool neverRuns = false;
    QList<Run> runs;

    /// The runs of `task` after `now`, as far as there are that many before the end of year 9999; whether it is paused
    /// does not matter. An interval goes on from `nextRun` where that is to come, else it begins at once.
    [[nodiscard]] static RunPreview of(const ScheduledTask &task, Timestamp now, const QTimeZone &local = QTimeZone::systemTimeZone());

    friend bool operator==(const RunPreview &, const RunPreview &) = default;
};

} // namespace stint
