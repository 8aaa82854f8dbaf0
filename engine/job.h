// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/joberror.h"
#include "engine/jobstate.h"
#include "engine/timestamp.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace stint {

/// Values of the RequestType column.
namespace requesttype {
inline constexpr QLatin1StringView command{"CMD"};
inline constexpr QLatin1StringView api{"API"};
} // namespace requesttype

/// A job as its row holds it: in the queue (BackgroundJob) or in the archive (CompletedJob, FailedJob).
/// A null text is SQL NULL. Bodies are opaque UTF-8 text, kept byte for byte.
struct Job {
    std::int64_t id = 0; ///< never given to another job; 0 for a transient run
    std::optional<std::int64_t> parentId;
    QString refId;  ///< unique; 32 lower-case hex digits where generated
    QString worker; ///< null: the unnamed pool
    QString tag;
    QString batchId;
    QString callback; ///< the command that is run with the result
    std::optional<std::int64_t> dependsOn;
    std::optional<Timestamp> runAfter;
    Timestamp createdDate;
    QString createdBy;
    QString requestId;   ///< the dispatch that picked it; null while it waits
    QString requestType; ///< see requesttype
    QString command;     ///< null for an API
    QString request;     ///< type name of the request
    QByteArray requestBody;
    QString userId;
    QString response; ///< type name of the result
    QByteArray responseBody;
    JobState state = JobState::Queued;
    std::optional<Timestamp> startedDate;
    std::optional<Timestamp> completedDate;
    std::optional<Timestamp> notifiedDate;
    std::optional<int> retryLimit; ///< null: the host's default
    int attempts = 1;              ///< the attempt that runs or is to run, from 1
    int durationMs = 0;
    std::optional<int> timeoutSecs; ///< null: the host's default
    std::optional<double> progress; ///< 0 to 1
    QString status;
    QString logs; ///< joined lines; of a job in a Stint queue see JobStore::logs
    std::optional<Timestamp> lastActivityDate;
    QString replyTo; ///< may hold credentials: never to a log, masked for people
    QString errorCode;
    std::optional<JobError> error;
    std::optional<StringMap> args;
    std::optional<StringMap> meta;

    // What only Stint records; in a database it did not make these have their defaults.
    std::int64_t generation = 0; ///< raised by every start, retry, refund and requeue
    int priority = 0;            ///< higher runs first within its worker
    QString uniqueKey;
    QString backoff;                          ///< see RetryPolicy::toText; null: the host's default
    std::optional<Timestamp> dueDate;         ///< a waiting job is looked at again at this moment
    std::optional<Timestamp> cancelRequested; ///< a running job was asked to stop
    int interruptions = 0;                    ///< attempts that ended because their host died
    int callbackAttempts = 0;                 ///< callback runs begun so far
    bool unknownCommand = false;              ///< no host knows how to run it

    /// Of a running job that reports none: how far it would be if it took as long as the last one of its name and worker.
    std::optional<double> estimatedProgress;

    [[nodiscard]] bool isApi() const { return requestType == requesttype::api; }
    /// What people call it: the command, or the API's request type.
    [[nodiscard]] QString name() const { return command.isEmpty() ? request : command; }
};

/// The short form of every job that ever was (JobSummary), kept in jobs.db.
struct JobSummary {
    std::int64_t id = 0;
    std::optional<std::int64_t> parentId;
    QString refId;
    QString worker;
    QString tag;
    QString batchId;
    Timestamp createdDate;
    QString createdBy;
    QString requestType;
    QString command;
    QString request;
    QString response;
    QString userId;
    QString callback;
    std::optional<Timestamp> startedDate;
    std::optional<Timestamp> completedDate;
    JobState state = JobState::Queued;
    int durationMs = 0;
    int attempts = 0;
    QString errorCode;
    QString errorMessage;

    [[nodiscard]] QString name() const { return command.isEmpty() ? request : command; }
};

/// What identifies a job.
struct JobRef {
    std::int64_t id = 0;
    QString refId;

    friend bool operator==(const JobRef &, const JobRef &) = default;
};

/// How an earlier attempt of a job ended.
enum class AttemptOutcome : std::uint8_t {
    Failed,      ///< it failed or timed out
    Interrupted, ///< its host died after it had entered its command
    Refunded,    ///< a stopping host gave it back; does not count
    Cancelled,   ///< stopped by request
    Completed,   ///< succeeded; recorded only when a completed job is requeued
};
[[nodiscard]] QLatin1StringView toText(AttemptOutcome outcome) noexcept;

/// One attempt that did not end its job, or that did before the job was requeued.
struct JobAttempt {
    std::int64_t jobId = 0;
    std::int64_t generation = 0;
    int attempt = 1;
    AttemptOutcome outcome = AttemptOutcome::Failed;
    std::optional<Timestamp> startedDate;
    std::optional<Timestamp> endedDate;
    std::optional<JobError> error;
    QString logs;                  ///< what it had logged, where it would not be kept otherwise
    QByteArray requestBody;        ///< what it was asked, where a requeue changed that
    QList<std::int64_t> discarded; ///< dependents it had made, removed with it
};

/// How loud a log line is.
enum class LogLevel : std::uint8_t {
    Debug,   ///< for whoever wrote the command
    Info,    ///< what happened
    Warning, ///< it went on, but look
    Error,   ///< it did not work
};
[[nodiscard]] QLatin1StringView toText(LogLevel level) noexcept;

/// A line of a job's log.
struct LogLine {
    std::int64_t id = 0; ///< rising over all jobs of a store: the key to read on from
    std::int64_t jobId = 0;
    int attempt = 1;
    LogLevel level = LogLevel::Info;
    Timestamp date;
    QString message;
};

/// All that a store says about one job, wherever it is. Exactly one of queued, completed and failed is set,
/// unless the row is missing from a foreign or damaged store.
struct JobResult {
    JobSummary summary;
    std::optional<Job> queued;
    std::optional<Job> completed;
    std::optional<Job> failed;  ///< Failed or Cancelled
    QList<JobAttempt> attempts; ///< earlier ones, oldest first

    /// The full row, or null where the store has only the summary.
    [[nodiscard]] const Job *job() const { return queued ? &*queued : completed ? &*completed : failed ? &*failed : nullptr; }
};

} // namespace stint

Q_DECLARE_TYPEINFO(stint::Job, Q_RELOCATABLE_TYPE); // none of its members knows where it is: lists of jobs grow by memcpy
