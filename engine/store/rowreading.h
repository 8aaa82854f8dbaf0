// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/scheduledtask.h"
#include "engine/store/jsoncolumn.h"
#include "engine/store/readiness.h"
#include "engine/store/rowvalues.h"

#include <iterator>

namespace stint {

/// How rows become values, whatever database they come from. `Row` is the row under a cursor: it gives its columns, from
/// 0, by isNull(), integer(), number(), text(), bytes(), state(), date() and their optional forms, and by repeatedText()
/// a text that many rows have, which they may then share.
namespace rowreading {

/// What is special about a column.
enum Trait : unsigned {
    Plain = 0,
    Date = 1,      ///< a moment
    Heavy = 2,     ///< left out of light rows
    QueueOnly = 4, ///< not in the archive
};

struct Column {
    const char *name;
    unsigned traits;
};

/// Of a job, in the order in which readJob() takes them.
inline constexpr Column jobColumns[] = {
    {"Id", Plain},
    {"ParentId", Plain},
    {"RefId", Plain},
    {"Worker", Plain},
    {"Tag", Plain},
    {"BatchId", Plain},
    {"Callback", Plain},
    {"DependsOn", Plain},
    {"RunAfter", Date},
    {"CreatedDate", Date},
    {"CreatedBy", Plain},
    {"RequestId", Plain},
    {"RequestType", Plain},
    {"Command", Plain},
    {"Request", Plain},
    {"RequestBody", Heavy},
    {"UserId", Plain},
    {"Response", Plain},
    {"ResponseBody", Heavy},
    {"State", Plain},
    {"StartedDate", Date},
    {"CompletedDate", Date},
    {"NotifiedDate", Date},
    {"RetryLimit", Plain},
    {"Attempts", Plain},
    {"DurationMs", Plain},
    {"TimeoutSecs", Plain},
    {"Progress", Plain},
    {"Status", Plain},
    {"Logs", Heavy},
    {"LastActivityDate", Date},
    {"ReplyTo", Plain},
    {"ErrorCode", Plain},
    {"Error", Plain},
    {"Args", Plain},
    {"Meta", Plain},
    {"Generation", Plain},
    {"Priority", Plain},
    {"UniqueKey", Plain},
    {"Backoff", Plain},
    {"DueDate", Date | QueueOnly},
    {"CancelRequested", Date},
    {"Interruptions", Plain},
    {"CallbackAttempts", Plain},
    {"Readiness", QueueOnly},
    {"Owner", QueueOnly},
};

/// Into a job as it is made.
template <typename Row>
void readJob(const Row &row, Job &job)
{
    int column = 0;
    job.id = row.integer(column++);
    job.parentId = row.optionalInteger(column++);
    job.refId = row.text(column++);
    job.worker = row.repeatedText(column++);
    job.tag = row.repeatedText(column++);
    job.batchId = row.text(column++);
    job.callback = row.repeatedText(column++);
    job.dependsOn = row.optionalInteger(column++);
    job.runAfter = row.date(column++);
    job.createdDate = row.date(column++).value_or(Timestamp{});
    job.createdBy = row.repeatedText(column++);
    job.requestId = row.text(column++);
    job.requestType = row.repeatedText(column++);
    job.command = row.repeatedText(column++);
    job.request = row.repeatedText(column++);
    job.requestBody = row.bytes(column++);
    job.userId = row.repeatedText(column++);
    job.response = row.repeatedText(column++);
    job.responseBody = row.bytes(column++);
    job.state = row.state(column++);
    job.startedDate = row.date(column++);
    job.completedDate = row.date(column++);
    job.notifiedDate = row.date(column++);
    job.retryLimit = row.optionalInt(column++);
    job.attempts = row.number(column++);
    job.durationMs = row.number(column++);
    job.timeoutSecs = row.optionalInt(column++);
    job.progress = row.optionalReal(column++);
    job.status = row.repeatedText(column++);
    job.logs = row.text(column++);
    job.lastActivityDate = row.date(column++);
    job.replyTo = row.text(column++);
    job.errorCode = row.repeatedText(column++);
    if (const int error = column++; !row.isNull(error))
        job.error = jsoncolumn::parseError(row.bytes(error));
    if (const int args = column++; !row.isNull(args))
        job.args = jsoncolumn::parseMap(row.bytes(args));
    if (const int meta = column++; !row.isNull(meta))
        job.meta = jsoncolumn::parseMap(row.bytes(meta));
    job.generation = row.integer(column++);
    job.priority = row.number(column++);
    job.uniqueKey = row.text(column++);
    job.backoff = row.repeatedText(column++);
    job.dueDate = row.date(column++);
    job.cancelRequested = row.date(column++);
    job.interruptions = row.number(column++);
    job.callbackAttempts = row.number(column++);
    job.unknownCommand = row.number(column++) == static_cast<int>(Readiness::UnknownCommand);
}

template <typename Row>
[[nodiscard]] Job readJob(const Row &row)
{
    Job job;
    readJob(row, job);
    return job;
}

/// The host that has claimed the job, or null.
template <typename Row>
[[nodiscard]] QString readOwner(const Row &row)
{
    return row.text(static_cast<int>(std::size(jobColumns)) - 1);
}

/// The columns that a job and its summary have under the same name. Returns the next one, of the error's message.
template <typename Row, typename Summary>
int readSummaryColumns(const Row &row, Summary &summary)
{
    int column = 0;
    summary.id = row.integer(column++);
    summary.parentId = row.optionalInteger(column++);
    summary.refId = row.text(column++);
    summary.worker = row.repeatedText(column++);
    summary.tag = row.repeatedText(column++);
    summary.batchId = row.text(column++);
    summary.createdDate = row.date(column++).value_or(Timestamp{});
    summary.createdBy = row.repeatedText(column++);
    summary.requestType = row.repeatedText(column++);
    summary.command = row.repeatedText(column++);
    summary.request = row.repeatedText(column++);
    summary.response = row.repeatedText(column++);
    summary.userId = row.repeatedText(column++);
    summary.callback = row.repeatedText(column++);
    summary.startedDate = row.date(column++);
    summary.completedDate = row.date(column++);
    summary.state = row.state(column++);
    summary.durationMs = row.number(column++);
    summary.attempts = row.number(column++);
    summary.errorCode = row.repeatedText(column++);
    return column;
}

template <typename Row>
[[nodiscard]] JobSummary readSummary(const Row &row)
{
    JobSummary summary;
    summary.errorMessage = row.text(readSummaryColumns(row, summary));
    return summary;
}

/// A summary as a job, which is as it is made before: its error's message becomes `error`.
template <typename Row>
void readJobOfSummary(const Row &row, Job &job)
{
    if (const int message = readSummaryColumns(row, job); !row.isNull(message))
        job.error = JobError{job.errorCode, row.text(message), {}, {}, {}};
}

template <typename Row>
[[nodiscard]] ScheduledTask readTask(const Row &row)
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
        task.options = jsoncolumn::parseOptions(row.bytes(8));
    task.lastRun = row.date(9);
    task.lastJobId = row.optionalInteger(10);
    task.zone = row.text(11);
    task.missedRuns = MissedRuns::parse(row.text(12)).value_or(MissedRuns::once());
    task.noOverlap = row.integer(13) != 0;
    task.enabled = row.integer(14) != 0;
    task.nextRun = row.date(15);
    task.runRequested = row.date(16);
    task.problem = row.text(17);
    if (!row.isNull(18))
        task.lastJobState = row.state(18);
    return task;
}

template <typename Row>
[[nodiscard]] TaskOccurrence readOccurrence(const Row &row)
{
    return {.moment = row.date(0).value_or(Timestamp{}),
            .outcome = parseTaskOutcome(row.bytes(1)),
            .recordedDate = row.date(2).value_or(Timestamp{}),
            .jobId = row.optionalInteger(3)};
}

template <typename Row>
[[nodiscard]] JobAttempt readAttempt(const Row &row)
{
    JobAttempt attempt;
    attempt.jobId = row.integer(0);
    attempt.generation = row.integer(1);
    attempt.attempt = row.number(2);
    attempt.outcome = rowvalues::parseOutcome(row.bytes(3));
    attempt.startedDate = row.date(4);
    attempt.endedDate = row.date(5);
    if (!row.isNull(6))
        attempt.error = jsoncolumn::parseError(row.bytes(6));
    attempt.logs = row.text(7);
    attempt.requestBody = row.bytes(8);
    if (!row.isNull(9))
        attempt.discarded = rowvalues::parseIds(row.bytes(9));
    return attempt;
}

template <typename Row>
[[nodiscard]] LogLine readLogLine(const Row &row)
{
    return LogLine{.id = row.integer(0),
                   .jobId = row.integer(1),
                   .attempt = row.number(2),
                   .level = rowvalues::parseLevel(row.bytes(3)),
                   .date = row.date(4).value_or(Timestamp{}),
                   .message = row.text(5)};
}

} // namespace rowreading
} // namespace stint
