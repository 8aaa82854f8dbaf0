// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/joboptions.h"
#include "engine/schedule.h"

namespace stint {

/// The content of a scheduled task's Options column (ServiceStack's BackgroundJobOptions).
struct TaskOptions {
    QString refId;
    std::optional<std::int64_t> parentId;
    QString worker;
    std::optional<Timestamp> runAfter;
    QString callback;
    std::optional<std::int64_t> dependsOn;
    QString userId;
    std::optional<int> retryLimit;
    QString replyTo;
    QString tag;
    QString batchId;
    QString createdBy;
    std::optional<int> timeoutSecs;
    std::optional<StringMap> args;
    std::optional<bool> runCommand; ///< a transient run: no job is recorded

    // What only Stint knows; other programs pass over it.
    std::optional<int> priority;
    QString uniqueKey;
    QString backoff; ///< see RetryPolicy::toText

    friend bool operator==(const TaskOptions &, const TaskOptions &) = default;
};

/// What becomes of the runs that a task has missed: those at whose moment no host lived, or to which the host came more
/// than a minute late.
struct MissedRuns {
    enum class Policy : std::uint8_t {
        Once,    ///< one run makes up for them all
        Skip,    ///< none
        CatchUp, ///< one run for each of the newest `limit`
    };

    static constexpr int largestLimit = 1000;

    Policy policy = Policy::Once;
    int limit = 0; ///< CatchUp: 1 to largestLimit

    [[nodiscard]] static MissedRuns once() { return {}; }
    [[nodiscard]] static MissedRuns skip() { return {Policy::Skip, 0}; }
    [[nodiscard]] static MissedRuns catchUp(int limit) { return {Policy::CatchUp, limit}; }

    /// `once`, `skip`, `catch-up:3`: the form of the command line and the store.
    [[nodiscard]] QString toText() const;
    [[nodiscard]] static std::optional<MissedRuns> parse(QStringView text);

    friend bool operator==(const MissedRuns &, const MissedRuns &) = default;
};

/// A row of ScheduledTask: what is enqueued by the clock.
struct ScheduledTask {
    std::int64_t id = 0;
    QString name; ///< unique
    std::optional<Ticks> interval;
    QString cronExpression;
    QString requestType;
    QString command;
    QString request;
    QByteArray requestBody;
    std::optional<TaskOptions> options;
    std::optional<Timestamp> lastRun;
    std::optional<std::int64_t> lastJobId;

    // What only Stint records; in a database it did not make these have their defaults.
    QString zone; ///< of the cron expression; null: UTC
    MissedRuns missedRuns;
    bool noOverlap = false; ///< an occurrence is passed over while the last job is unfinished
    bool enabled = true;
    std::optional<Timestamp> nextRun;
    std::optional<Timestamp> runRequested; ///< a transient run was asked for, which the host has not begun yet
    QString problem;                       ///< why the last occurrence was not run; null: all is well

    /// State of the last job, where that is known.
    std::optional<JobState> lastJobState;

    [[nodiscard]] bool isApi() const { return requestType == requesttype::api; }
    /// What it runs: the command, or the API's request type.
    [[nodiscard]] QString jobName() const { return command.isEmpty() ? request : command; }
    /// Its runs are not stored as jobs.
    [[nodiscard]] bool isTransient() const { return !isApi() && options && options->runCommand.value_or(false); }
    /// When it runs next as far as that can be told: as recorded, or by its last run where another program runs it.
    /// Null if it is paused or has no schedule that can be understood.
    [[nodiscard]] std::optional<Timestamp> expectedRun(Timestamp now) const;
    /// The job of a run.
    [[nodiscard]] NewJob job() const;

    friend bool operator==(const ScheduledTask &, const ScheduledTask &) = default;
};

/// A scheduled task to be registered.
struct NewTask {
    QString name; ///< unique in the store; default: the name of the job
    Schedule schedule;
    NewJob job; ///< what each run enqueues; `force`: also if the living host does not know it
    MissedRuns missedRuns;
    bool noOverlap = false;     ///< an occurrence is passed over while the last run is unfinished
    bool transient = false;     ///< commands only: its host runs it without a job; a run that the host dies in is lost
    bool startNow = false;      ///< of a cron expression: a task that has never run does so at once
    std::optional<bool> paused; ///< default: as it is, a new one is not

    /// The row that it is, but for what the store knows.
    [[nodiscard]] ScheduledTask toTask() const;
};

/// How a recurring job is to run, for JobQueue::recurring(). Every field may be left out.
struct RecurringOptions {
    JobOptions job;
    MissedRuns missedRuns;
    bool noOverlap = false;
    bool transient = false;
    bool startNow = false;
    std::optional<bool> paused;
};

/// What became of one occurrence of a task.
struct TaskOccurrence {
    enum class Outcome : std::uint8_t {
        Enqueued,   ///< as job `jobId`
        Started,    ///< as a transient run
        Overlapped, ///< passed over: the last run was unfinished
        Missed,     ///< dropped by the task's policy, and all between it and the next that is recorded
        Refused,    ///< the job could not be enqueued
    };

    Timestamp moment; ///< unique in its task
    Outcome outcome = Outcome::Enqueued;
    Timestamp recordedDate;
    std::optional<std::int64_t> jobId;
};
[[nodiscard]] QLatin1StringView toText(TaskOccurrence::Outcome outcome) noexcept;
/// Refused, where the text says nothing.
[[nodiscard]] TaskOccurrence::Outcome parseTaskOutcome(QByteArrayView text) noexcept;

} // namespace stint
