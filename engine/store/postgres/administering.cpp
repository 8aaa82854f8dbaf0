// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/administering.h"

#include "engine/store/jsoncolumn.h"
#include "engine/store/postgres/archiving.h"
#include "engine/store/postgres/dependents.h"
#include "engine/store/postgres/joblog.h"
#include "engine/store/readiness.h"
#include "engine/store/rowvalues.h"

namespace stint::postgres::administering {

void record(PostgresWriter &writer, const char *action, const QByteArray &detail)
{
    writer.db().run(R"(INSERT INTO "AdminAction" ("ActionDate", "Actor", "Action", "Detail") VALUES ($1, $2, $3, $4))", writer.now(),
                    rowvalues::actor(), QString::fromLatin1(action), detail);
}

namespace {

ActionResult refused(std::int64_t id, const char *code, const QString &detail)
{
    return {id, false, QString::fromLatin1(code), detail};
}

std::optional<JobState> stateIn(PostgresWriter &writer, const char *sql, std::int64_t id)
{
    auto row = writer.db().query(sql, id);
    return row.next() ? std::optional(row.state(0)) : std::nullopt;
}

ActionResult cancelOne(PostgresWriter &writer, std::int64_t id)
{
    const auto state = stateIn(writer, R"(SELECT "State" FROM "BackgroundJob" WHERE "Id" = $1 FOR UPDATE)", id);
    if (!state) {
        const auto ended = stateIn(writer, R"(SELECT "State" FROM "JobSummary" WHERE "Id" = $1)", id);
        if (!ended)
            return refused(id, "notFound", QStringLiteral("there is no such job"));
        return refused(id, "finished", QStringLiteral("it is already %1").arg(QString(toText(*ended)).toLower()));
    }
    switch (*state) {
    case JobState::Started:
        writer.db().run(R"(UPDATE "BackgroundJob" SET "CancelRequested" = coalesce("CancelRequested", $2) WHERE "Id" = $1)", id,
                        writer.now());
        writer.noteCancelRequest();
        return {id, true, QStringLiteral("cancelRequested"), QStringLiteral("it runs and was asked to stop")};
    case JobState::Executed: return refused(id, "finished", QStringLiteral("its work is done and only its callback is left"));
    default:
        dependents::cancelRow(writer, id, joberror::jobWasCancelled());
        dependents::cancel(writer, id);
        return {id, true, QStringLiteral("cancelled"), QStringLiteral("it will not run, nor will the jobs that depend on it")};
    }
}

void keepEvidence(PostgresWriter &writer, const Job &job, std::optional<Timestamp> endedDate, const RequeueEdit &edit)
{
    const bool edited = edit.requestBody && *edit.requestBody != job.requestBody;
    writer.db().run(R"(INSERT INTO "JobAttempt" ("JobId", "Generation", "Attempt", "Outcome", "StartedDate", "EndedDate", "Error", "Logs",
                       "RequestBody") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))",
                    job.id, job.generation, job.attempts, toText(rowvalues::outcomeOf(job.state)), job.startedDate, endedDate,
                    job.error ? jsoncolumn::toColumn(*job.error) : QByteArray(), job.logs, edited ? job.requestBody : QByteArray());
    writer.db().run(R"(DELETE FROM "JobLogLine" WHERE "JobId" = $1)", job.id);
}

/// A parent that has failed is no longer waited for.
Readiness readinessAfter(PostgresWriter &writer, Job &job)
{
    if (job.dependsOn) {
        const JobState parent = dependents::stateOfParent(writer.db(), *job.dependsOn).value_or(JobState::Failed);
        if (parent == JobState::Failed || parent == JobState::Cancelled)
            job.dependsOn.reset();
        else if (parent != JobState::Completed)
            return Readiness::WaitsForParent;
    }
    return job.runAfter && *job.runAfter > writer.now() ? Readiness::Undecided : Readiness::Ready;
}

void insertRow(PostgresWriter &writer, const Job &job, Readiness readiness)
{
    writer.db().run(
        R"(INSERT INTO "BackgroundJob" ("Id", "ParentId", "RefId", "Worker", "Tag", "BatchId", "Callback", "DependsOn", "RunAfter",
           "CreatedDate", "CreatedBy", "RequestType", "Command", "Request", "RequestBody", "UserId", "State", "RetryLimit", "Attempts",
           "DurationMs", "TimeoutSecs", "LastActivityDate", "ReplyTo", "Args", "Meta", "Generation", "Priority", "UniqueKey", "Backoff",
           "Readiness", "DueDate") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'Queued', $17, 1, 0,
           $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28))",
        job.id, job.parentId, job.refId, job.worker, job.tag, job.batchId, job.callback, job.dependsOn, job.runAfter, job.createdDate,
        job.createdBy, job.requestType, job.command, job.request, job.requestBody, job.userId, job.retryLimit, job.timeoutSecs,
        writer.now(), job.replyTo, job.args ? std::optional(jsoncolumn::toColumn(*job.args)) : std::nullopt,
        job.meta ? std::optional(jsoncolumn::toColumn(*job.meta)) : std::nullopt, job.generation + 1, job.priority, job.uniqueKey,
        job.backoff, static_cast<int>(readiness), job.runAfter.value_or(job.createdDate));
}

ActionResult requeueOne(PostgresWriter &writer, std::int64_t id, const RequeueEdit &edit)
{
    PostgresConnection &db = writer.db();
    std::optional<Timestamp> endedDate;
    Timestamp createdDate;
    {
        auto row
            = db.query(R"(SELECT "CreatedDate"::text, "CompletedDate"::text, "State" FROM "JobSummary" WHERE "Id" = $1 FOR UPDATE)", id);
        if (!row.next())
            return refused(id, "notFound", QStringLiteral("there is no such job"));
        if (!isFinished(row.state(2)))
            return refused(id, "notFinished", QStringLiteral("it is still in the queue"));
        createdDate = row.date(0).value_or(Timestamp{});
        endedDate = row.date(1);
    }
    std::optional<Job> job = archiving::read(db, id, createdDate);
    if (!job)
        return refused(id, "notFound", QStringLiteral("its row is not in %1").arg(YearMonth::of(createdDate).toText()));
    if (!job->uniqueKey.isNull()) {
        auto taken = db.query(R"(SELECT "Id" FROM "BackgroundJob" WHERE "UniqueKey" = $1)", job->uniqueKey);
        if (taken.next())
            return refused(id, "uniqueKeyTaken",
                           QStringLiteral("job %1 has its unique key \"%2\"").arg(taken.integer(0)).arg(job->uniqueKey));
    }
    keepEvidence(writer, *job, endedDate ? endedDate : job->lastActivityDate, edit);
    if (edit.requestBody)
        job->requestBody = *edit.requestBody;
    const Readiness readiness = readinessAfter(writer, *job);
    insertRow(writer, *job, readiness);
    archiving::remove(db, id, createdDate);
    db.run(R"(UPDATE "JobSummary" SET "State" = 'Queued', "Attempts" = 1, "DurationMs" = 0, "StartedDate" = NULL, "CompletedDate" = NULL,
              "Response" = NULL, "ErrorCode" = NULL, "ErrorMessage" = NULL WHERE "Id" = $1)",
           id);
    writer.noteJobsMayBeDue();
    return {id, true, QStringLiteral("requeued"), QStringLiteral("it will run again as attempt 1")};
}

} // namespace

QList<ActionResult> cancel(PostgresWriter &writer, const QList<std::int64_t> &ids)
{
    QList<ActionResult> results;
    for (const std::int64_t id : ids)
        results.append(cancelOne(writer, id));
    record(writer, "cancel", rowvalues::joinIds(ids));
    return results;
}

QList<ActionResult> requeue(PostgresWriter &writer, const QList<std::int64_t> &ids, const RequeueEdit &edit)
{
    QList<ActionResult> results;
    for (const std::int64_t id : ids)
        results.append(requeueOne(writer, id, edit));
    record(writer, "requeue", rowvalues::joinIds(ids));
    return results;
}

void setWorkerPaused(PostgresWriter &writer, const QString &worker, bool paused)
{
    const QString key = worker.isNull() ? QStringLiteral("") : worker;
    writer.db().run(R"(INSERT INTO "Worker" ("Name", "Paused") VALUES ($1, $2) ON CONFLICT ("Name") DO UPDATE SET "Paused" = $2)", key,
                    paused);
    record(writer, paused ? "pauseWorker" : "resumeWorker", key.toUtf8());
    writer.noteJobsMayBeDue();
}

} // namespace stint::postgres::administering
