// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/foreignenqueuing.h"

#include "engine/refid.h"
#include "engine/store/admission.h"
#include "engine/store/jsoncolumn.h"

namespace stint::foreignenqueuing {

namespace {

[[noreturn]] void refuse(ErrorCode code, const QString &message)
{
    throw SqliteError(Error{code, message});
}

void requireColumns(const NewJob &job)
{
    const JobOptions &options = job.options;
    const char *const missing = options.priority != 0 ? "priority"
        : !options.uniqueKey.isEmpty()                ? "unique key"
        : options.backoff                             ? "backoff"
                                                      : nullptr;
    if (missing)
        refuse(ErrorCode::InvalidArgument,
               QStringLiteral("%1: the program that made this store knows no %2").arg(job.name, QLatin1StringView(missing)));
}

/// Its application would leave a job waiting for ever whose parent will not complete.
void requireParent(ForeignWriter &writer, const NewJob &job)
{
    if (!job.options.dependsOn)
        return;
    auto row = writer.db().statement("SELECT State FROM JobSummary WHERE Id = ?");
    row.bind(*job.options.dependsOn);
    if (!row.step())
        refuse(ErrorCode::NotFound, QStringLiteral("%1: there is no job %2 to depend on").arg(job.name).arg(*job.options.dependsOn));
    const JobState state = parseJobState(row.view(0)).value_or(JobState::Queued);
    if (state == JobState::Failed || state == JobState::Cancelled)
        refuse(ErrorCode::Conflict,
               QStringLiteral("%1: job %2, which it is to depend on, is %3")
                   .arg(job.name)
                   .arg(*job.options.dependsOn)
                   .arg(QString(toText(state)).toLower()));
}

/// The type of a command's request, from the newest jobs that had it: only its application knows.
QString requestName(ForeignWriter &writer, const NewJob &job)
{
    if (job.isApi)
        return job.name;
    if (!job.requestName.isEmpty())
        return job.requestName;
    auto row = writer.db().statement("SELECT Request FROM JobSummary WHERE Id > (SELECT max(Id) FROM JobSummary) - 20000 "
                                     "AND Command = ? AND Request IS NOT NULL ORDER BY Id DESC LIMIT 1");
    row.bind(job.name);
    return row.step() ? row.text(0) : QStringLiteral("NoArgs");
}

/// What BackgroundJob and JobSummary have in common.
StoredRow commonColumns(ForeignWriter &writer, const NewJob &job, const QString &refId, Timestamp now)
{
    const JobOptions &options = job.options;
    StoredRow row;
    row.set("ParentId", options.parentId);
    row.set("RefId", refId);
    row.set("Worker", admission::orNull(options.worker));
    row.set("Tag", options.tag);
    row.set("BatchId", options.batchId);
    row.set("Callback", admission::orNull(options.callback));
    row.set("CreatedDate", now);
    row.set("CreatedBy", options.createdBy);
    row.set("RequestType", job.isApi ? requesttype::api : requesttype::command);
    row.set("Command", job.isApi ? QString() : job.name);
    row.set("Request", requestName(writer, job));
    row.set("UserId", admission::orNull(options.userId));
    row.set("State", toText(JobState::Queued));
    row.set("Attempts", 1);
    row.set("DurationMs", 0);
    return row;
}

JobRef recordOne(ForeignWriter &writer, const NewJob &job)
{
    const JobOptions &options = job.options;
    const Timestamp now = writer.now();
    const QString refId = options.refId.isEmpty() ? makeRefId() : options.refId;
    StoredRow summary = commonColumns(writer, job, refId, now);
    StoredRow row = summary;
    row.set("DependsOn", options.dependsOn);
    row.set("RunAfter", options.runAfter);
    row.set("RequestBody", job.requestBody);
    row.set("RetryLimit", options.retryLimit);
    row.set("TimeoutSecs", options.timeout ? std::optional(options.timeout->count()) : std::nullopt);
    row.set("LastActivityDate", now);
    row.set("ReplyTo", admission::orNull(options.replyTo));
    row.set("Args", options.args ? jsoncolumn::toColumn(*options.args) : QByteArray());
    try {
        row.insertInto(writer.db(), "BackgroundJob");
        const std::int64_t id = writer.db().lastInsertId();
        summary.set("Id", id);
        summary.insertInto(writer.db(), "JobSummary");
        return {id, refId};
    } catch (const SqliteError &error) {
        if (error.error().code == ErrorCode::Conflict)
            refuse(ErrorCode::Conflict, QStringLiteral("%1: there is already a job with the RefId \"%2\"").arg(job.name, refId));
        throw;
    }
}

} // namespace

QList<JobRef> record(ForeignWriter &writer, const EnqueueRequest &request)
{
    QList<JobRef> refs;
    refs.reserve(static_cast<qsizetype>(request.jobs.size()));
    for (const NewJob &job : request.jobs) {
        if (const auto valid = admission::checkValid(job); !valid)
            throw SqliteError(valid.error());
        requireColumns(job);
        requireParent(writer, job);
        refs.append(recordOne(writer, job));
    }
    return refs;
}

} // namespace stint::foreignenqueuing
