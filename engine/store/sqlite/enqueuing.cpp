// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/enqueuing.h"

#include "engine/refid.h"
#include "engine/store/jsoncolumn.h"
#include "engine/store/readiness.h"
#include "engine/store/sqlite/dependents.h"

#include <utility>

namespace stint::enqueuing {

namespace {

using admission::orNull;

[[noreturn]] void refuse(ErrorCode code, const QString &message)
{
    throw SqliteError(Error{code, message});
}

[[noreturn]] void refuseRefId(const QString &name, const QString &refId)
{
    refuse(ErrorCode::Conflict, QStringLiteral("%1: there is already a job with the RefId \"%2\"").arg(name, refId));
}

void require(const Result<void> &fits)
{
    if (!fits)
        throw SqliteError(fits.error());
}

/// Where a job that depends on another begins: the parent's state.
JobState parentState(SqliteWriter &writer, const NewJob &job)
{
    const auto state = dependents::stateOfParent(writer.db(), *job.options.dependsOn);
    if (!state)
        refuse(ErrorCode::NotFound, QStringLiteral("%1: there is no job %2 to depend on").arg(job.name).arg(*job.options.dependsOn));
    return *state;
}

std::optional<JobRef> unfinishedWithKey(SqliteWriter &writer, const QString &uniqueKey)
{
    auto row = writer.db().statement("SELECT Id, RefId FROM BackgroundJob WHERE UniqueKey = ? "
                                     "AND UniqueKey IS NOT NULL AND State IN ('Queued', 'Started', 'Executed')");
    row.bind(uniqueKey);
    return row.step() ? std::optional(JobRef{row.integer(0), row.text(1)}) : std::nullopt;
}

void insertRow(SqliteWriter &writer, const NewJob &job, const QString &refId, Timestamp now, Readiness readiness,
               const EnqueueRequest &request)
{
    const JobOptions &options = job.options;
    const QString command = job.isApi ? QString() : job.name;
    const QString requestName = admission::requestName(job);
    const QByteArray created = toStoreText(now);
    const QByteArray due = options.runAfter > now ? toStoreText(*options.runAfter) : created;
    const auto parentId = options.parentId ? options.parentId : options.dependsOn;
    try {
        writer.db().run(
            "INSERT INTO BackgroundJob (ParentId, RefId, Worker, Tag, BatchId, Callback, DependsOn, RunAfter, CreatedDate, "
            "CreatedBy, RequestType, Command, Request, RequestBody, UserId, State, RetryLimit, Attempts, DurationMs, "
            "TimeoutSecs, LastActivityDate, ReplyTo, Args, Priority, UniqueKey, Backoff, Readiness, DueDate, EnqueuedBy, "
            "EnqueuedByGeneration) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'Queued', ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, "
            "?, ?, ?, ?)",
            parentId, refId, orNull(options.worker), options.tag, options.batchId, orNull(options.callback), options.dependsOn,
            options.runAfter, created, options.createdBy, job.isApi ? requesttype::api : requesttype::command, command, requestName,
            job.requestBody, orNull(options.userId), options.retryLimit,
            options.timeout ? std::optional(static_cast<std::int64_t>(options.timeout->count())) : std::nullopt, created,
            orNull(options.replyTo), options.args ? std::optional(jsoncolumn::toColumn(*options.args)) : std::nullopt, options.priority,
            orNull(options.uniqueKey), options.backoff ? options.backoff->toText() : QString(), static_cast<int>(readiness), due,
            request.enqueuedBy, request.enqueuedBy ? std::optional(request.enqueuedByGeneration) : std::nullopt);
    } catch (const SqliteError &error) {
        if (error.error().code == ErrorCode::Conflict)
            refuseRefId(job.name, refId);
        throw;
    }
}

/// Jobs that have no summary yet; their ids follow each other.
struct Made {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

void insertSummaries(SqliteWriter &writer, const Made &made)
{
    try {
        writer.db().run("INSERT INTO JobSummary (Id, ParentId, RefId, Worker, Tag, BatchId, CreatedDate, CreatedBy, RequestType, Command, "
                        "Request, UserId, Callback, State, DurationMs, Attempts) "
                        "SELECT Id, ParentId, RefId, Worker, Tag, BatchId, CreatedDate, CreatedBy, RequestType, Command, "
                        "Request, UserId, Callback, State, DurationMs, Attempts FROM BackgroundJob WHERE Id BETWEEN ? AND ?",
                        made.first, made.last);
    } catch (const SqliteError &error) {
        if (error.error().code != ErrorCode::Conflict)
            throw;
        auto row = writer.db().statement("SELECT coalesce(Command, Request), RefId FROM BackgroundJob AS made WHERE Id BETWEEN ? AND ? "
                                         "AND EXISTS (SELECT 1 FROM JobSummary WHERE RefId = made.RefId) ORDER BY Id");
        row.bindAll(made.first, made.last);
        if (row.step())
            refuseRefId(row.text(0), row.text(1));
        throw;
    }
}

JobRef recordOne(SqliteWriter &writer, const NewJob &job, Timestamp now, const EnqueueRequest &request, Made &made)
{
    if (!job.options.uniqueKey.isEmpty()) {
        if (const auto unfinished = unfinishedWithKey(writer, job.options.uniqueKey))
            return *unfinished;
    }
    const JobState parent = job.options.dependsOn ? parentState(writer, job) : JobState::Completed;
    const Readiness readiness = !isFinished(parent)           ? Readiness::WaitsForParent
        : job.options.runAfter && *job.options.runAfter > now ? Readiness::Undecided
                                                              : Readiness::Ready;
    const QString refId = job.options.refId.isEmpty() ? makeRefId() : job.options.refId;
    insertRow(writer, job, refId, now, readiness, request);
    made.last = writer.db().lastInsertId();
    if (made.first == 0)
        made.first = made.last;
    const JobRef ref{made.last, refId};
    if (parent == JobState::Failed || parent == JobState::Cancelled) {
        insertSummaries(writer, std::exchange(made, {}));
        dependents::cancelRow(writer, ref.id, joberror::parentFailed());
    }
    return ref;
}

} // namespace

QList<JobRef> record(SqliteWriter &writer, const EnqueueRequest &request, const admission::KnownNames *known, bool hostHasHeard)
{
    const Timestamp now = writer.now();
    Made made;
    QList<JobRef> refs;
    refs.reserve(static_cast<qsizetype>(request.jobs.size()));
    for (const NewJob &job : request.jobs) {
        require(admission::checkValid(job));
        require(admission::checkKnown(job, known));
        refs.append(recordOne(writer, job, now, request, made));
    }
    insertSummaries(writer, made);
    if (!hostHasHeard)
        writer.noteJobsMayBeDue();
    return refs;
}

} // namespace stint::enqueuing
