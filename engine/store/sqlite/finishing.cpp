// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/finishing.h"

#include "engine/store/attemptending.h"
#include "engine/store/rowvalues.h"
#include "engine/store/sqlite/dependents.h"
#include "engine/store/sqlite/joblog.h"

namespace stint::finishing {

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
    YearMonth month;
    QString name;
    bool isApi = false;
    QString worker;
    bool hasProcess = false;
    bool hasDependents = false;
};

Row readRow(SqliteWriter &writer, const AttemptEnd &end)
{
    auto row = writer.db().statement(
        "SELECT State, Attempts, CancelRequested, StartedDate, CreatedDate, coalesce(Command, Request), RequestType, Worker, "
        "EXISTS (SELECT 1 FROM JobProcess WHERE JobId = ?1), EXISTS (SELECT 1 FROM BackgroundJob WHERE DependsOn = ?1) "
        "FROM BackgroundJob WHERE Id = ?1 AND Generation = ?2 AND State IN ('Started', 'Executed')");
    row.bindAll(end.jobId, end.generation);
    if (!row.step())
        throw SqliteError(attemptending::movedOn(end.jobId, end.generation));
    return {parseJobState(row.view(0)).value_or(JobState::Started),
            static_cast<int>(row.integer(1)),
            !row.isNull(2),
            row.date(3),
            YearMonth::of(row.date(4).value_or(Timestamp{})),
            row.text(5),
            row.view(6) == requesttype::api,
            row.text(7),
            row.integer(8) != 0,
            row.integer(9) != 0};
}

/// The work is done; the callback is to run. The row stays taken by its host.
void execute(SqliteWriter &writer, const AttemptEnd &end)
{
    writer.db().run("UPDATE BackgroundJob SET State = 'Executed', StartedDate = coalesce(?, StartedDate), CompletedDate = ?, "
                    "LastActivityDate = ?, DurationMs = ?, Progress = 1, Status = coalesce(?, Status), Response = ?, ResponseBody = ?, "
                    "ErrorCode = NULL, Error = NULL WHERE Id = ?",
                    end.startedDate, end.endedDate, end.endedDate, end.durationMs, end.status, end.response, end.responseBody, end.jobId);
    writer.db().run("UPDATE JobSummary SET State = 'Executed', StartedDate = coalesce(?, StartedDate), CompletedDate = ?, DurationMs = ?, "
                    "Response = ?, ErrorCode = NULL, ErrorMessage = NULL WHERE Id = ?",
                    end.startedDate, end.endedDate, end.durationMs, end.response, end.jobId);
}

void archive(SqliteWriter &writer, const AttemptEnd &end, const Row &row, JobState state, bool manyLines)
{
    if (row.hasProcess)
        writer.db().run("DELETE FROM JobProcess WHERE JobId = ?", end.jobId);
    writer.countEnded(
        {.ended = end.endedDate, .name = row.name, .isApi = row.isApi, .worker = row.worker, .state = state, .durationMs = end.durationMs});
    writer.archiveLater({.id = end.jobId,
                         .generation = end.generation,
                         .state = state,
                         .month = row.month,
                         .hasAttempts = end.generation > 1,
                         .manyLines = manyLines});
}

void complete(SqliteWriter &writer, const AttemptEnd &end, const Row &row)
{
    const auto log = end.hasLogs ? joblog::join(writer.db(), end.jobId) : joblog::Joined{};
    const QByteArray started = end.startedDate ? toStoreText(*end.startedDate) : QByteArray();
    const QByteArray ended = toStoreText(end.endedDate);
    writer.db().run("UPDATE BackgroundJob SET State = 'Completed', Readiness = 4, StartedDate = coalesce(?, StartedDate), "
                    "CompletedDate = coalesce(CompletedDate, ?), NotifiedDate = ?, LastActivityDate = ?, DurationMs = ?, Progress = 1, "
                    "Status = coalesce(?, Status), Response = coalesce(?, Response), ResponseBody = coalesce(?, ResponseBody), "
                    "Logs = ?, ErrorCode = NULL, Error = NULL WHERE Id = ?",
                    started, ended, end.notifiedDate, ended, end.durationMs, end.status, end.response, end.responseBody, log.text,
                    end.jobId);
    writer.db().run("UPDATE JobSummary SET State = 'Completed', StartedDate = coalesce(?, StartedDate), "
                    "CompletedDate = coalesce(CompletedDate, ?), DurationMs = ?, Attempts = ?, Response = coalesce(?, Response), "
                    "ErrorCode = NULL, ErrorMessage = NULL WHERE Id = ?",
                    started, ended, end.durationMs, row.attempts, end.response, end.jobId);
    archive(writer, end, row, JobState::Completed, log.cut);
    if (row.hasDependents && row.cancelRequested)
        dependents::cancel(writer, end.jobId);
    else if (row.hasDependents)
        dependents::release(writer, end.jobId);
}

void endUnsuccessfully(SqliteWriter &writer, const AttemptEnd &end, const Row &row, JobState state)
{
    const auto log = end.hasLogs ? joblog::join(writer.db(), end.jobId) : joblog::Joined{};
    // CompletedDate stays NULL in the row, as the other system has it; the summary knows.
    writer.db().run("UPDATE BackgroundJob SET State = ?, Readiness = 4, StartedDate = coalesce(?, StartedDate), CompletedDate = NULL, "
                    "LastActivityDate = ?, DurationMs = ?, Progress = coalesce(?, Progress), Status = coalesce(?, Status), Logs = ?, "
                    "ErrorCode = ?, Error = ? WHERE Id = ?",
                    state, end.startedDate, end.endedDate, end.durationMs, end.progress, end.status, log.text, errorCode(end),
                    errorColumn(end), end.jobId);
    writer.db().run(
        "UPDATE JobSummary SET State = ?, StartedDate = coalesce(?, StartedDate), CompletedDate = ?, DurationMs = ?, Attempts = ?, "
        "ErrorCode = ?, ErrorMessage = ? WHERE Id = ?",
        state, end.startedDate, end.endedDate, end.durationMs, row.attempts, errorCode(end), errorMessage(end), end.jobId);
    archive(writer, end, row, state, log.cut);
    if (row.hasDependents)
        dependents::cancel(writer, end.jobId);
}

void recordAttempt(SqliteWriter &writer, const AttemptEnd &end, const Row &row, const QList<std::int64_t> &discarded)
{
    writer.db().run("INSERT OR REPLACE INTO JobAttempt (JobId, Generation, Attempt, Outcome, StartedDate, EndedDate, Error, Discarded) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    end.jobId, end.generation, row.attempts, toText(attemptending::outcomeOf(end.kind)),
                    end.startedDate ? end.startedDate : row.startedDate, end.endedDate, errorColumn(end), rowvalues::joinIds(discarded));
}

/// The job goes back into the queue. What this attempt enqueued to run after it goes with it.
void runAgain(SqliteWriter &writer, const AttemptEnd &end, const Row &row)
{
    SqliteConnection &db = writer.db();
    if (row.hasProcess)
        db.run("DELETE FROM JobProcess WHERE JobId = ?", end.jobId);
    const bool later = end.dueDate && *end.dueDate > writer.now();
    if (row.state == JobState::Executed) { // only its callback is to run again; without a date, as if it had not begun
        db.run("UPDATE BackgroundJob SET Readiness = ?, Generation = Generation + 1, Owner = NULL, DueDate = coalesce(?, DueDate), "
               "CallbackAttempts = max(0, CallbackAttempts - ?), LastActivityDate = ? WHERE Id = ?",
               later ? 0 : 1, end.dueDate, end.dueDate ? 0 : 1, end.endedDate, end.jobId);
        writer.noteJobsMayBeDue();
        return;
    }
    recordAttempt(writer, end, row, dependents::discard(writer, end.jobId, end.generation));
    const int counted = end.kind == Kind::Retry ? 1 : 0;
    db.run("UPDATE BackgroundJob SET State = 'Queued', Readiness = ?, Generation = Generation + 1, Owner = NULL, RequestId = NULL, "
           "Attempts = Attempts + ?, Interruptions = Interruptions + ?, DueDate = coalesce(?, RunAfter, CreatedDate), Progress = NULL, "
           "ErrorCode = coalesce(?, ErrorCode), Error = coalesce(?, Error), LastActivityDate = ? WHERE Id = ?",
           later ? 0 : 1, counted, end.kind == Kind::Interrupt ? 1 : 0, end.dueDate, errorCode(end), errorColumn(end), end.endedDate,
           end.jobId);
    db.run("UPDATE JobSummary SET State = 'Queued', Attempts = Attempts + ?, ErrorCode = coalesce(?, ErrorCode), "
           "ErrorMessage = coalesce(?, ErrorMessage) WHERE Id = ?",
           counted, errorCode(end), errorMessage(end), end.jobId);
    writer.noteJobsMayBeDue();
}

} // namespace

void end(SqliteWriter &writer, const AttemptEnd &attempt)
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

void beginCallback(SqliteWriter &writer, std::int64_t jobId, std::int64_t generation)
{
    if (writer.db().run("UPDATE BackgroundJob SET CallbackAttempts = CallbackAttempts + 1 "
                        "WHERE Id = ? AND Generation = ? AND State = 'Executed'",
                        jobId, generation)
        == 0)
        throw SqliteError(attemptending::movedOn(jobId, generation));
}

} // namespace stint::finishing
