// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/enqueuing.h"

#include "engine/refid.h"
#include "engine/store/jsoncolumn.h"
#include "engine/store/postgres/dependents.h"
#include "engine/store/readiness.h"

namespace stint::postgres::enqueuing {

namespace {

using admission::orNull;

void require(const Result<void> &fits)
{
    if (!fits)
        throw PostgresError(fits.error());
}

JobState parentState(PostgresWriter &writer, const NewJob &job)
{
    if (const auto state = dependents::stateOfParent(writer.db(), *job.options.dependsOn))
        return *state;
    throw PostgresError(
        Error{ErrorCode::NotFound, QStringLiteral("%1: there is no job %2 to depend on").arg(job.name).arg(*job.options.dependsOn)});
}

std::optional<JobRef> unfinishedWithKey(PostgresWriter &writer, const QString &uniqueKey)
{
    auto row = writer.db().query(R"(SELECT "Id", "RefId" FROM "BackgroundJob" WHERE "UniqueKey" = $1)", uniqueKey);
    return row.next() ? std::optional(JobRef{row.integer(0), row.text(1)}) : std::nullopt;
}

/// Nothing, if another unfinished job has its unique key.
std::optional<std::int64_t> insertQueueRow(PostgresWriter &writer, const NewJob &job, const QString &refId, Readiness readiness,
                                           const EnqueueRequest &request)
{
    const Timestamp now = writer.now();
    const JobOptions &options = job.options;
    auto row = writer.db().query(
        R"(INSERT INTO "BackgroundJob" ("ParentId", "RefId", "Worker", "Tag", "BatchId", "Callback", "DependsOn", "RunAfter", "CreatedDate",
           "CreatedBy", "RequestType", "Command", "Request", "RequestBody", "UserId", "State", "RetryLimit", "Attempts", "DurationMs",
           "TimeoutSecs", "LastActivityDate", "ReplyTo", "Args", "Priority", "UniqueKey", "Backoff", "Readiness", "DueDate", "EnqueuedBy",
           "EnqueuedByGeneration") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'Queued', $16, 1, 0, $17, $9,
           $18, $19, $20, $21, $22, $23, $24, $25, $26) ON CONFLICT ("UniqueKey") WHERE "UniqueKey" IS NOT NULL DO NOTHING
           RETURNING "Id")",
        options.parentId ? options.parentId : options.dependsOn, refId, orNull(options.worker), options.tag, options.batchId,
        orNull(options.callback), options.dependsOn, options.runAfter, now, options.createdBy,
        job.isApi ? requesttype::api : requesttype::command, job.isApi ? QString() : job.name, admission::requestName(job), job.requestBody,
        orNull(options.userId), options.retryLimit,
        options.timeout ? std::optional(static_cast<std::int64_t>(options.timeout->count())) : std::nullopt, orNull(options.replyTo),
        options.args ? std::optional(jsoncolumn::toColumn(*options.args)) : std::nullopt, options.priority, orNull(options.uniqueKey),
        options.backoff ? options.backoff->toText() : QString(), static_cast<int>(readiness), std::max(options.runAfter.value_or(now), now),
        request.enqueuedBy, request.enqueuedBy ? std::optional(request.enqueuedByGeneration) : std::nullopt);
    return row.next() ? std::optional(row.integer(0)) : std::nullopt;
}

constexpr const char *insertSummary
    = R"(INSERT INTO "JobSummary" ("Id", "ParentId", "RefId", "Worker", "Tag", "BatchId", "CreatedDate", "CreatedBy", "RequestType",
         "Command", "Request", "UserId", "Callback", "State", "DurationMs", "Attempts") SELECT "Id", "ParentId", "RefId", "Worker", "Tag",
         "BatchId", "CreatedDate", "CreatedBy", "RequestType", "Command", "Request", "UserId", "Callback", 'Queued', 0, 1
         FROM "BackgroundJob" WHERE "Id" = $1)";

/// Nothing, if another process has recorded a job with its unique key at this moment.
std::optional<JobRef> insertRow(PostgresWriter &writer, const NewJob &job, Readiness readiness, const EnqueueRequest &request)
{
    const QString refId = job.options.refId.isEmpty() ? makeRefId() : job.options.refId;
    try {
        const auto id = insertQueueRow(writer, job, refId, readiness, request);
        if (!id)
            return {};
        writer.db().run(insertSummary, *id);
        return JobRef{*id, refId};
    } catch (const PostgresError &error) {
        if (error.error().code != ErrorCode::Conflict)
            throw;
        throw PostgresError(
            Error{ErrorCode::Conflict, QStringLiteral("%1: there is already a job with the RefId \"%2\"").arg(job.name, refId)});
    }
}

JobRef recordOne(PostgresWriter &writer, const NewJob &job, const EnqueueRequest &request)
{
    const JobState parent = job.options.dependsOn ? parentState(writer, job) : JobState::Completed;
    const Readiness readiness = !isFinished(parent)                    ? Readiness::WaitsForParent
        : job.options.runAfter && *job.options.runAfter > writer.now() ? Readiness::Undecided
                                                                       : Readiness::Ready;
    for (;;) {
        if (!job.options.uniqueKey.isEmpty()) {
            if (const auto unfinished = unfinishedWithKey(writer, job.options.uniqueKey))
                return *unfinished;
        }
        const auto ref = insertRow(writer, job, readiness, request);
        if (!ref)
            continue;
        if (parent == JobState::Failed || parent == JobState::Cancelled)
            dependents::cancelRow(writer, ref->id, joberror::parentFailed());
        return *ref;
    }
}

} // namespace

QList<JobRef> record(PostgresWriter &writer, const EnqueueRequest &request)
{
    QList<JobRef> refs;
    for (const NewJob &job : request.jobs) {
        require(admission::checkValid(job));
        require(admission::checkKnown(job, job.force ? nullptr : writer.knownNames()));
        refs.append(recordOne(writer, job, request));
    }
    writer.noteJobsMayBeDue();
    return refs;
}

} // namespace stint::postgres::enqueuing
