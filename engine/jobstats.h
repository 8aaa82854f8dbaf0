// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

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
    std::int64_t queued = 0; ///< waiting now, at most JobCounts::countLimit
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
