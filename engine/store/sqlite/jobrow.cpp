// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/jobrow.h"

#include "engine/store/jsoncolumn.h"
#include "engine/store/readiness.h"
#include "engine/store/rowvalues.h"

#include <array>
#include <string_view>

namespace stint::jobrow {

namespace {

/// In the order in which read() takes them.
constexpr std::array<std::string_view, 46> jobColumns = {"Id",
                                                         "ParentId",
                                                         "RefId",
                                                         "Worker",
                                                         "Tag",
                                                         "BatchId",
                                                         "Callback",
                                                         "DependsOn",
                                                         "RunAfter",
                                                         "CreatedDate",
                                                         "CreatedBy",
                                                         "RequestId",
                                                         "RequestType",
                                                         "Command",
                                                         "Request",
                                                         "RequestBody",
                                                         "UserId",
                                                         "Response",
                                                         "ResponseBody",
                                                         "State",
                                                         "StartedDate",
                                                         "CompletedDate",
                                                         "NotifiedDate",
                                                         "RetryLimit",
                                                         "Attempts",
                                                         "DurationMs",
                                                         "TimeoutSecs",
                                                         "Progress",
                                                         "Status",
                                                         "Logs",
                                                         "LastActivityDate",
                                                         "ReplyTo",
                                                         "ErrorCode",
                                                         "Error",
                                                         "Args",
                                                         "Meta",
                                                         "Generation",
                                                         "Priority",
                                                         "UniqueKey",
                                                         "Backoff",
                                                         "DueDate",
                                                         "CancelRequested",
                                                         "Interruptions",
                                                         "CallbackAttempts",
                                                         "Readiness",
                                                         "Owner"};

constexpr bool isHeavy(std::string_view column)
{
    return column == "RequestBody" || column == "ResponseBody" || column == "Logs";
}

QByteArray quoted(std::string_view column)
{
    return '"' + QByteArray(column.data(), static_cast<qsizetype>(column.size())) + '"';
}

} // namespace

QByteArray selectList(const QStringList &present, RowDetail detail)
{
    QByteArray list;
    for (const std::string_view column : jobColumns) {
        const bool absent = !present.contains(QLatin1StringView(column.data(), static_cast<qsizetype>(column.size())));
        if (!list.isEmpty())
            list += ", ";
        if (absent || (detail == RowDetail::Light && isHeavy(column)))
            list += "NULL";
        else
            list += quoted(column);
    }
    return list;
}

const QByteArray &returningList()
{
    static const QByteArray list = [] {
        QByteArray all;
        for (const std::string_view column : jobColumns)
            all += (all.isEmpty() ? "" : ", ") + quoted(column);
        return all;
    }();
    return list;
}

Job read(const SqliteStatement &row)
{
    Job job;
    int column = 0;
    job.id = row.integer(column++);
    job.parentId = row.optionalInteger(column++);
    job.refId = row.text(column++);
    job.worker = row.text(column++);
    job.tag = row.text(column++);
    job.batchId = row.text(column++);
    job.callback = row.text(column++);
    job.dependsOn = row.optionalInteger(column++);
    job.runAfter = row.date(column++);
    job.createdDate = row.date(column++).value_or(Timestamp{});
    job.createdBy = row.text(column++);
    job.requestId = row.text(column++);
    job.requestType = row.text(column++);
    job.command = row.text(column++);
    job.request = row.text(column++);
    job.requestBody = row.bytes(column++);
    job.userId = row.text(column++);
    job.response = row.text(column++);
    job.responseBody = row.bytes(column++);
    job.state = parseJobState(row.view(column++)).value_or(JobState::Queued);
    job.startedDate = row.date(column++);
    job.completedDate = row.date(column++);
    job.notifiedDate = row.date(column++);
    job.retryLimit = row.optionalInt(column++);
    job.attempts = static_cast<int>(row.integer(column++));
    job.durationMs = static_cast<int>(row.integer(column++));
    job.timeoutSecs = row.optionalInt(column++);
    job.progress = row.optionalReal(column++);
    job.status = row.text(column++);
    job.logs = row.text(column++);
    job.lastActivityDate = row.date(column++);
    job.replyTo = row.text(column++);
    job.errorCode = row.text(column++);
    if (const int error = column++; !row.isNull(error))
        job.error = jsoncolumn::parseError(row.view(error));
    if (const int args = column++; !row.isNull(args))
        job.args = jsoncolumn::parseMap(row.view(args));
    if (const int meta = column++; !row.isNull(meta))
        job.meta = jsoncolumn::parseMap(row.view(meta));
    job.generation = row.integer(column++);
    job.priority = static_cast<int>(row.integer(column++));
    job.uniqueKey = row.text(column++);
    job.backoff = row.text(column++);
    job.dueDate = row.date(column++);
    job.cancelRequested = row.date(column++);
    job.interruptions = static_cast<int>(row.integer(column++));
    job.callbackAttempts = static_cast<int>(row.integer(column++));
    job.unknownCommand = row.integer(column++) == static_cast<int>(Readiness::UnknownCommand);
    return job;
}

QString readOwner(const SqliteStatement &row)
{
    return row.text(static_cast<int>(jobColumns.size()) - 1);
}

QByteArray selectSummaries(bool withLiveRow)
{
    return QByteArray("SELECT s.Id, s.ParentId, s.RefId, s.Worker, s.Tag, s.BatchId, s.CreatedDate, s.CreatedBy, s.RequestType, s.Command, "
                      "s.Request, s.Response, s.UserId, s.Callback, coalesce(b.StartedDate, s.StartedDate), s.CompletedDate, "
                      "coalesce(b.State, s.State), s.DurationMs, coalesce(b.Attempts, s.Attempts), s.ErrorCode, s.ErrorMessage "
                      "FROM JobSummary s LEFT JOIN BackgroundJob b ON b.Id = s.Id")
        + (withLiveRow ? "" : " AND 0");
}

JobSummary readSummary(const SqliteStatement &row)
{
    JobSummary summary;
    int column = 0;
    summary.id = row.integer(column++);
    summary.parentId = row.optionalInteger(column++);
    summary.refId = row.text(column++);
    summary.worker = row.text(column++);
    summary.tag = row.text(column++);
    summary.batchId = row.text(column++);
    summary.createdDate = row.date(column++).value_or(Timestamp{});
    summary.createdBy = row.text(column++);
    summary.requestType = row.text(column++);
    summary.command = row.text(column++);
    summary.request = row.text(column++);
    summary.response = row.text(column++);
    summary.userId = row.text(column++);
    summary.callback = row.text(column++);
    summary.startedDate = row.date(column++);
    summary.completedDate = row.date(column++);
    summary.state = parseJobState(row.view(column++)).value_or(JobState::Queued);
    summary.durationMs = static_cast<int>(row.integer(column++));
    summary.attempts = static_cast<int>(row.integer(column++));
    summary.errorCode = row.text(column++);
    summary.errorMessage = row.text(column++);
    return summary;
}

const char *const taskList = "Id, Name, Interval, CronExpression, RequestType, Command, Request, RequestBody, Options, LastRun, LastJobId";

ScheduledTask readTask(const SqliteStatement &row)
{
    ScheduledTask task;
    task.id = row.integer(0);
    task.name = row.text(1);
    if (const auto interval = row.optionalInteger(2))
        task.interval = Ticks(*interval);
    task.cronExpression = row.text(3);
    task.requestType = row.text(4);
    task.command = row.text(5);
    task.request = row.text(6);
    task.requestBody = row.bytes(7);
    if (!row.isNull(8))
        task.options = jsoncolumn::parseOptions(row.view(8));
    task.lastRun = row.date(9);
    task.lastJobId = row.optionalInteger(10);
    return task;
}

const char *const attemptList = "JobId, Generation, Attempt, Outcome, StartedDate, EndedDate, Error, Logs, RequestBody, Discarded";

JobAttempt readAttempt(const SqliteStatement &row)
{
    JobAttempt attempt;
    attempt.jobId = row.integer(0);
    attempt.generation = row.integer(1);
    attempt.attempt = static_cast<int>(row.integer(2));
    attempt.outcome = rowvalues::parseOutcome(row.view(3));
    attempt.startedDate = row.date(4);
    attempt.endedDate = row.date(5);
    if (!row.isNull(6))
        attempt.error = jsoncolumn::parseError(row.view(6));
    attempt.logs = row.text(7);
    attempt.requestBody = row.bytes(8);
    if (!row.isNull(9))
        attempt.discarded = rowvalues::parseIds(row.bytes(9));
    return attempt;
}

const char *const logLineList = "Id, JobId, Attempt, Level, LoggedDate, Message";

LogLine readLogLine(const SqliteStatement &row)
{
    return LogLine{.id = row.integer(0),
                   .jobId = row.integer(1),
                   .attempt = static_cast<int>(row.integer(2)),
                   .level = rowvalues::parseLevel(row.view(3)),
                   .date = row.date(4).value_or(Timestamp{}),
                   .message = row.text(5)};
}

QByteArray sharedColumns(const QStringList &from, const QStringList &to)
{
    QByteArray list;
    for (const std::string_view column : jobColumns) {
        const QLatin1StringView name(column.data(), static_cast<qsizetype>(column.size()));
        if (from.contains(name) && to.contains(name))
            list += (list.isEmpty() ? "" : ", ") + quoted(column);
    }
    return list;
}

} // namespace stint::jobrow
