// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/durationhistogram.h"
#include "engine/timestamp.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace stint {

/// A named worker and what it has done. Counters are flushed about once a second.
struct WorkerInfo {
    QString name;
    bool paused = false;
    std::int64_t queued = 0;               ///< waiting now, at most JobCounts::countLimit
    std::optional<Timestamp> oldestQueued; ///< when the oldest of those was enqueued
    std::int64_t running = 0;
    std::optional<std::int64_t> runningJob;
    std::optional<Timestamp> runningSince;
    std::int64_t received = 0; ///< attempts started
    std::int64_t completed = 0;
    std::int64_t retries = 0;
    std::int64_t failed = 0;
    std::int64_t cancelled = 0;
    std::optional<Timestamp> lastActivity;
};

/// A field of a request that a host can run.
struct RequestField {
    QString name;
    QString type;         ///< `string`, `integer`, `number`, `boolean`, `date`, `duration`, `list`, `object`
    QString defaultValue; ///< as JSON; empty: none

    friend bool operator==(const RequestField &, const RequestField &) = default;
};

/// The name under which a host publishes that it can run APIs of any name.
inline constexpr QLatin1StringView anyApi{"*"};

/// A command or API that a host can run.
struct CommandInfo {
    QString name;
    bool isApi = false;
    QString request; ///< type name of its request
    QList<RequestField> fields;

    friend bool operator==(const CommandInfo &, const CommandInfo &) = default;
};

/// A process that runs, or ran, the jobs of a store.
struct HostInfo {
    QString id;
    QString name; ///< `machine:pid`
    std::int64_t pid = 0;
    bool alive = false;
    int concurrency = 0;
    Timestamp startedDate;
    Timestamp heartbeatDate;
    QList<CommandInfo> commands;
};

/// How many there are. Counting stops at countLimit, so that a refresh costs the same with any queue.
struct JobCounts {
    static constexpr std::int64_t countLimit = 10'000;
    std::int64_t queued = 0;
    std::int64_t running = 0;
    std::int64_t failedRecently = 0; ///< Failed among the last countLimit jobs
    bool queuedIsExact = true;
};

/// Why a queued job does not run now.
struct WaitReason {
    QString code;   ///< `runAfter`, `retry`, `dependsOn`, `workerBusy`, `workerPaused`, `noHost`, `unknownCommand`, `concurrency`
    QString detail; ///< in words
};

/// Its beginning: statistics are of whole hours.
[[nodiscard]] inline Timestamp hourOf(Timestamp moment)
{
    return std::chrono::floor<std::chrono::hours>(moment);
}

/// What statistics are asked for: of which hours, and what is to be told apart.
struct StatsQuery {
    std::optional<Timestamp> from;  ///< any moment of the first hour that is meant
    std::optional<Timestamp> until; ///< of the first hour that is not meant any more
    bool byHour = false;
    bool byName = true;
    bool byWorker = false;

    /// The same with both at the beginning of their hours.
    [[nodiscard]] StatsQuery wholeHours() const
    {
        StatsQuery whole = *this;
        if (from)
            whole.from = hourOf(*from);
        if (until)
            whole.until = hourOf(*until);
        return whole;
    }
};

/// The jobs that ended for good, of one hour, name and worker or of many.
struct JobStat {
    std::optional<Timestamp> hour; ///< nothing: of all that were asked for
    QString name;                  ///< of the command or API; empty: of all
    bool isApi = false;
    QString worker; ///< empty: of all, or of the unnamed pool
    std::int64_t completed = 0;
    std::int64_t failed = 0;
    std::int64_t cancelled = 0;
    DurationHistogram durations; ///< of those completed
};

/// Which months `prune` takes away.
struct PruneRequest {
    std::optional<YearMonth> before;      ///< those before this one
    std::optional<std::int64_t> keepJobs; ///< the oldest, as long as the rest holds so many finished jobs
    QString folder;                       ///< where their files go; it is made
    bool dryRun = true;                   ///< only tell
};

/// A month that was, or would be, taken away.
struct PrunedMonth {
    YearMonth month;
    std::int64_t jobs = 0;
    std::int64_t bytes = 0;
    QString file; ///< where it is now; dry run: would be
};

/// A finding of `check`, or a note that needs no action.
struct CheckFinding {
    bool note = false;
    std::optional<std::int64_t> jobId;
    QString message;
    bool repaired = false;
};

/// A running process that a job has started.
struct ProcessGroup {
    std::int64_t groupId = 0;
    std::int64_t startTime = 0; ///< of its leader, in clock ticks of this boot: tells a reused number
};

} // namespace stint
