// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/finishing.h"

#include "engine/store/attemptending.h"
#include "engine/store/postgres/archiving.h"
#include "engine/store/postgres/dependents.h"
#include "engine/store/postgres/joblog.h"
#include "engine/store/rowvalues.h"

namespace stint::postgres::finishing {

namespace {

using attemptending::errorCode;
using attemptending::errorColumn;
using attemptending::errorMessage;
using Kind = AttemptEnd::Kind;

/// What the row says before it is changed.
struct Row {
    JobState state = JobState::Started;
    int attempts = 1;
    bool cancelRequested = false;
    std::optional<Timestamp> startedDate;
    Timestamp createdDate;
    QString name;
    bool isApi = false;
    QString worker;
};

Row readRow(PostgresWriter &writer, const AttemptEnd &end)
{
    auto row = writer.db().query(R"(SELECT "State", "Attempts", "CancelRequested" IS NOT NULL, "StartedDate"::text, "CreatedDate"::text,
                                    coalesce("Command", "Request"), "RequestType", "Worker" FROM "BackgroundJob"
                                    WHERE "Id" = $1 AND "Generation" = $2 AND "State" IN ('Started', 'Executed') FOR UPDATE)",
                                 end.jobId, end.generation);
    if (!row.next())
        throw PostgresError(attemptending::movedOn(end.jobId, end.generation));
    return {.state = row.state(0),
            .attempts = row.number(1),
            .cancelRequested = row.integer(2) != 0,
            .startedDate = row.date(3),
            .createdDate = row.date(4).value_or(Timestamp{}),
            .name = row.text(5),
            .isApi = row.text(6) == requesttype::api,
            .worker = row.text(7)};
}

/// The work is done; the callback is to run. The row stays taken by its host.
void execute(PostgresWriter &writer, const AttemptEnd &end)
{
    writer.db().run(R"(UPDATE "BackgroundJob" SET "State" = 'Executed', "StartedDate" = coalesce($2, "StartedDate"), "CompletedDate" = $3,
                       "LastActivityDate" = $3, "DurationMs" = $4, "Progress" = 1, "Status" = coalesce($5, "Status"), "Response" = $6,
                       "ResponseBody" = $7, "ErrorCode" = NULL, "Error" = NULL WHERE "Id" = $1)",
                    end.jobId, end.startedDate, end.endedDate, end.durationMs, end.status, end.response, end.responseBody);
    writer.db().run(R"(UPDATE "JobSummary" SET "State" = 'Executed', "StartedDate" = coalesce($2, "StartedDate"), "CompletedDate" = $3,
                       "DurationMs" = $4, "Response" = $5, "ErrorCode" = NULL, "ErrorMessage" = NULL WHERE "Id" = $1)",
                    end.jobId, end.startedDate, end.endedDate, end.durationMs, end.response);
}

void archive(PostgresWriter &writer, const AttemptEnd &end, const Row &row, JobState state)
{
    writer.countEnded(
        {.ended = end.endedDate, .name = row.name, .isApi = row.isApi, .worker = row.worker, .state = state, .durationMs = end.durationMs});
    archiving::move(writer, end.jobId, state, row.createdDate);
}

QByteArray joinedLog(PostgresWriter &writer, const AttemptEnd &end)
{
    return end.hasLogs ? joblog::join(writer.db(), end.jobId) : QByteArray();
}

void complete(PostgresWriter &writer, const AttemptEnd &end, const Row &row)
{
    writer.db().run(R"(UPDATE "BackgroundJob" SET "State" = 'Completed', "StartedDate" = coalesce($2, "StartedDate"),
                       "CompletedDate" = coalesce("CompletedDate", $3), "NotifiedDate" = $4, "LastActivityDate" = $3, "DurationMs" = $5,
                       "Progress" = 1, "Status" = coalesce($6, "Status"), "Response" = coalesce($7, "Response"),
                       "ResponseBody" = coalesce($8, "ResponseBody"), "Logs" = $9, "ErrorCode" = NULL, "Error" = NULL WHERE "Id" = $1)",
                    end.jobId, end.startedDate, end.endedDate, end.notifiedDate, end.durationMs, end.status, end.response, end.responseBody,
                    joinedLog(writer, end));
    writer.db().run(R"(UPDATE "JobSummary" SET "State" = 'Completed', "StartedDate" = coalesce($2, "StartedDate"),
                       "CompletedDate" = coalesce("CompletedDate", $3), "DurationMs" = $4, "Attempts" = $5,
                       "Response" = coalesce($6, "Response"), "ErrorCode" = NULL, "ErrorMessage" = NULL WHERE "Id" = $1)",
                    end.jobId, end.startedDate, end.endedDate, end.durationMs, row.attempts, end.response);
    archive(writer, end, row, JobState::Completed);
    if (row.cancelRequested)
        dependents::cancel(writer, end.jobId);
    else
        dependents::release(writer, end.jobId);
}

void endUnsuccessfully(PostgresWriter &writer, const AttemptEnd &end, const Row &row, JobState state)
{
    // CompletedDate stays NULL in the row, as the other system has it; the summary knows.
    writer.db().run(R"(UPDATE "BackgroundJob" SET "State" = $2, "StartedDate" = coalesce($3, "StartedDate"), "CompletedDate" = NULL,
                       "LastActivityDate" = $4, "DurationMs" = $5, "Progress" = coalesce($6, "Progress"),
                       "Status" = coalesce($7, "Status"), "Logs" = $8, "ErrorCode" = $9, "Error" = $10 WHERE "Id" = $1)",
                    end.jobId, state, end.startedDate, end.endedDate, end.durationMs, end.progress, end.status, joinedLog(writer, end),
                    errorCode(end), errorColumn(end));
    writer.db().run(R"(UPDATE "JobSummary" SET "State" = $2, "StartedDate" = coalesce($3, "StartedDate"), "CompletedDate" = $4,
                       "DurationMs" = $5, "Attempts" = $6, "ErrorCode" = $7, "ErrorMessage" = $8 WHERE "Id" = $1)",
                    end.jobId, state, end.startedDate, end.endedDate, end.durationMs, row.attempts, errorCode(end), errorMessage(end));
    archive(writer, end, row, state);
    dependents::cancel(writer, end.jobId);
}

void recordAttempt(PostgresWriter &writer, const AttemptEnd &end, const Row &row, const QList<std::int64_t> &discarded)
{
    writer.db().run(R"(INSERT INTO "JobAttempt" ("JobId", "Generation", "Attempt", "Outcome", "StartedDate", "EndedDate", "Error",
                       "Discarded") VALUES ($1, $2, $3, $4, $5, $6, $7, $8))",
                    end.jobId, end.generation, row.attempts, toText(attemptending::outcomeOf(end.kind)),
                    end.startedDate ? end.startedDate : row.startedDate, end.endedDate, errorColumn(end), rowvalues::joinIds(discarded));
}

/// The job goes back into the queue. What this attempt enqueued to run after it goes with it.
void runAgain(PostgresWriter &writer, const AttemptEnd &end, const Row &row)
{
    PostgresConnection &db = writer.db();
    db.run(R"(DELETE FROM "JobProcess" WHERE "JobId" = $1)", end.jobId);
    const int readiness = end.dueDate && *end.dueDate > writer.now() ? 0 : 1;
    writer.noteJobsMayBeDue();
    if (row.state == JobState::Executed) { // only its callback is to run again; without a date, as if it had not begun
        db.run(R"(UPDATE "BackgroundJob" SET "Readiness" = $2, "Generation" = "Generation" + 1, "Owner" = NULL,
                  "DueDate" = coalesce($3, "DueDate"), "CallbackAttempts" = greatest(0, "CallbackAttempts" - $4), "LastActivityDate" = $5
                  WHERE "Id" = $1)",
               end.jobId, readiness, end.dueDate, end.dueDate ? 0 : 1, end.endedDate);
        return;
    }
    recordAttempt(writer, end, row, dependents::discard(writer, end.jobId, end.generation));
    const int counted = end.kind == Kind::Retry ? 1 : 0;
    db.run(R"(UPDATE "BackgroundJob" SET "State" = 'Queued', "Readiness" = $2, "Generation" = "Generation" + 1, "Owner" = NULL,
              "RequestId" = NULL, "Attempts" = "Attempts" + $3, "Interruptions" = "Interruptions" + $4,
              "DueDate" = coalesce($5, "RunAfter", "CreatedDate"), "Progress" = NULL, "ErrorCode" = coalesce($6, "ErrorCode"),
              "Error" = coalesce($7, "Error"), "LastActivityDate" = $8 WHERE "Id" = $1)",
           end.jobId, readiness, counted, end.kind == Kind::Interrupt ? 1 : 0, end.dueDate, errorCode(end), errorColumn(end),
           end.endedDate);
    db.run(R"(UPDATE "JobSummary" SET "State" = 'Queued', "Attempts" = "Attempts" + $2, "ErrorCode" = coalesce($3, "ErrorCode"),
              "ErrorMessage" = coalesce($4, "ErrorMessage") WHERE "Id" = $1)",
           end.jobId, counted, errorCode(end), errorMessage(end));
}

} // namespace

void end(PostgresWriter &writer, const AttemptEnd &attempt)
{
    const Row row = readRow(writer, attempt);
    const AttemptEnd end = attemptending::settled(attempt, row.state, row.cancelRequested);
    switch (end.kind) {
    case Kind::Execute: return execute(writer, end);
    case Kind::Complete: return complete(writer, end, row);
    case Kind::Fail: return endUnsuccessfully(writer, end, row, JobState::Failed);
    case Kind::Cancel: return endUnsuccessfully(writer, end, row, JobState::Cancelled);
    case Kind::Retry:
    case Kind::Interrupt:
    case Kind::Refund: return runAgain(writer, end, row);
    }
}

void beginCallback(PostgresWriter &writer, std::int64_t jobId, std::int64_t generation)
{
    if (writer.db().run(R"(UPDATE "BackgroundJob" SET "CallbackAttempts" = "CallbackAttempts" + 1
                           WHERE "Id" = $1 AND "Generation" = $2 AND "State" = 'Executed')",
                        jobId, generation)
        == 0)
        throw PostgresError(attemptending::movedOn(jobId, generation));
}

} // namespace stint::postgres::finishing
