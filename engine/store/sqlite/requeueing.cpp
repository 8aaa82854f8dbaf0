// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/requeueing.h"

#include "engine/store/jsoncolumn.h"
#include "engine/store/readiness.h"
#include "engine/store/rowvalues.h"
#include "engine/store/sqlite/joblog.h"
#include "engine/store/sqlite/jobrow.h"

namespace stint::requeueing {

namespace {

ActionResult refused(std::int64_t id, const char *code, const QString &detail)
{
    return {id, false, QString::fromLatin1(code), detail};
}

std::optional<Job> liveRow(SqliteWriter &writer, std::int64_t id)
{
    static const QByteArray sql = "SELECT " + jobrow::fullList() + " FROM BackgroundJob WHERE Id = ?";
    auto row = writer.db().statement(sql.constData());
    row.bind(id);
    return row.step() ? std::optional(rowreading::readJob(row)) : std::nullopt;
}

/// The other system has archived some jobs in a month other than that of their CreatedDate (W16).
std::optional<Job> archivedRow(SqliteWriter &writer, YearMonth month, std::int64_t id, YearMonth &found)
{
    for (const YearMonth candidate : {month, month.next(), month.previous()}) {
        if (auto job = writer.months().read(candidate, id)) {
            found = candidate;
            return job;
        }
    }
    return {};
}

void keepEvidence(SqliteWriter &writer, const Job &job, std::optional<Timestamp> endedDate, const RequeueEdit &edit)
{
    const bool edited = edit.requestBody && *edit.requestBody != job.requestBody;
    const QByteArray logs = !job.logs.isNull() ? job.logs.toUtf8() : joblog::join(writer.db(), job.id).text;
    writer.db().run(
        "INSERT OR REPLACE INTO JobAttempt (JobId, Generation, Attempt, Outcome, StartedDate, EndedDate, Error, Logs, RequestBody) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        job.id, job.generation, job.attempts, toText(rowvalues::outcomeOf(job.state)), job.startedDate, endedDate,
        job.error ? jsoncolumn::toColumn(*job.error) : QByteArray(), logs, edited ? job.requestBody : QByteArray());
    writer.db().run("DELETE FROM JobLogLine WHERE JobId = ?", job.id);
    writer.db().run("DELETE FROM PrunableLog WHERE JobId = ?", job.id);
}

/// A parent that has failed is no longer waited for.
Readiness readinessAfter(SqliteWriter &writer, Job &job, Timestamp now)
{
    if (job.dependsOn) {
        auto row = writer.db().statement("SELECT State FROM JobSummary WHERE Id = ?");
        row.bind(*job.dependsOn);
        const JobState parent = row.step() ? parseJobState(row.view(0)).value_or(JobState::Queued) : JobState::Failed;
        if (parent == JobState::Failed || parent == JobState::Cancelled)
            job.dependsOn.reset();
        else if (parent != JobState::Completed)
            return Readiness::WaitsForParent;
    }
    return job.runAfter && *job.runAfter > now ? Readiness::Undecided : Readiness::Ready;
}

void insertRow(SqliteWriter &writer, const Job &job, Readiness readiness, Timestamp now)
{
    writer.db().run(
        "INSERT INTO BackgroundJob (Id, ParentId, RefId, Worker, Tag, BatchId, Callback, DependsOn, RunAfter, CreatedDate, CreatedBy, "
        "RequestType, Command, Request, RequestBody, UserId, State, RetryLimit, Attempts, DurationMs, TimeoutSecs, LastActivityDate, "
        "ReplyTo, Args, Meta, Generation, Priority, UniqueKey, Backoff, Readiness, DueDate) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'Queued', ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        job.id, job.parentId, job.refId, job.worker, job.tag, job.batchId, job.callback, job.dependsOn, job.runAfter, job.createdDate,
        job.createdBy, job.requestType, job.command, job.request, job.requestBody, job.userId, job.retryLimit, job.timeoutSecs, now,
        job.replyTo, job.args ? std::optional(jsoncolumn::toColumn(*job.args)) : std::nullopt,
        job.meta ? std::optional(jsoncolumn::toColumn(*job.meta)) : std::nullopt, job.generation + 1, job.priority, job.uniqueKey,
        job.backoff, static_cast<int>(readiness), job.runAfter.value_or(job.createdDate));
}

} // namespace

ActionResult requeue(SqliteWriter &writer, std::int64_t id, const RequeueEdit &edit)
{
    SqliteConnection &db = writer.db();
    std::optional<Timestamp> createdDate;
    std::optional<Timestamp> endedDate;
    {
        auto row = db.statement("SELECT CreatedDate, CompletedDate FROM JobSummary WHERE Id = ?");
        row.bind(id);
        if (!row.step())
            return refused(id, "notFound", QStringLiteral("there is no such job"));
        createdDate = row.date(0);
        endedDate = row.date(1);
    }
    YearMonth month = YearMonth::of(createdDate.value_or(Timestamp{}));
    std::optional<Job> job = liveRow(writer, id);
    const bool live = job.has_value();
    if (live && !isFinished(job->state))
        return refused(id, "notFinished", QStringLiteral("it is still in the queue"));
    if (!live) {
        try {
            job = archivedRow(writer, month, id, month);
        } catch (const SqliteError &error) { // of a month's own connection: this transaction goes on without that job
            return refused(id, "unreadable", error.error().message);
        }
    }
    if (!job)
        return refused(id, "notFound", QStringLiteral("its row is not in %1").arg(MonthArchive::fileName(month)));
    if (!job->uniqueKey.isNull()) {
        auto taken = db.statement("SELECT Id FROM BackgroundJob WHERE UniqueKey = ? AND UniqueKey IS NOT NULL "
                                  "AND State IN ('Queued', 'Started', 'Executed')");
        taken.bind(job->uniqueKey);
        if (taken.step())
            return refused(id, "uniqueKeyTaken",
                           QStringLiteral("job %1 has its unique key \"%2\"").arg(taken.integer(0)).arg(job->uniqueKey));
    }

    const Timestamp now = writer.now();
    keepEvidence(writer, *job, endedDate ? endedDate : job->lastActivityDate, edit);
    if (edit.requestBody)
        job->requestBody = *edit.requestBody;
    const Readiness readiness = readinessAfter(writer, *job, now);
    if (live)
        db.run("DELETE FROM BackgroundJob WHERE Id = ?", id);
    insertRow(writer, *job, readiness, now);
    db.run("UPDATE JobSummary SET State = 'Queued', Attempts = 1, DurationMs = 0, StartedDate = NULL, CompletedDate = NULL, "
           "Response = NULL, ErrorCode = NULL, ErrorMessage = NULL WHERE Id = ?",
           id);
    writer.removeStaleLater(month, id, job->generation);
    writer.noteJobsMayBeDue();
    return {id, true, QStringLiteral("requeued"), QStringLiteral("it will run again as attempt 1")};
}

} // namespace stint::requeueing
