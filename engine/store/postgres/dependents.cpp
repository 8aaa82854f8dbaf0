// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/dependents.h"

#include "engine/store/dependenttree.h"
#include "engine/store/jsoncolumn.h"
#include "engine/store/postgres/archiving.h"
#include "engine/store/postgres/joblog.h"

namespace stint::postgres::dependents {

namespace {

std::vector<WaitingJob> waitingFor(PostgresWriter &writer, std::int64_t parentId)
{
    std::vector<WaitingJob> found;
    auto rows = writer.db().query(R"(SELECT "Id", "EnqueuedBy", "EnqueuedByGeneration" FROM "BackgroundJob"
                                     WHERE "DependsOn" = $1 AND "State" = 'Queued' AND "Readiness" = 2 ORDER BY "Id" FOR UPDATE)",
                                  parentId);
    while (rows.next())
        found.push_back({rows.integer(0), rows.optionalInteger(1), rows.optionalInteger(2)});
    return found;
}

DependentTree tree(PostgresWriter &writer)
{
    return DependentTree({[&writer](std::int64_t parentId) { return waitingFor(writer, parentId); },
                          [&writer](std::int64_t id) { cancelRow(writer, id, joberror::parentFailed()); }});
}

} // namespace

std::optional<JobState> stateOfParent(PostgresConnection &db, std::int64_t id)
{
    auto row = db.query(R"(SELECT "State" FROM "JobSummary" WHERE "Id" = $1 FOR SHARE)", id);
    return row.next() ? std::optional(row.state(0)) : std::nullopt;
}

void release(PostgresWriter &writer, std::int64_t parentId)
{
    const auto released = writer.db().run(R"(UPDATE "BackgroundJob" SET "Readiness" = CASE WHEN "RunAfter" > $1 THEN 0 ELSE 1 END,
                                             "DueDate" = coalesce("RunAfter", "CreatedDate"), "LastActivityDate" = $1
                                             WHERE "DependsOn" = $2 AND "State" = 'Queued' AND "Readiness" = 2)",
                                          writer.now(), parentId);
    if (released > 0)
        writer.noteJobsMayBeDue();
}

void cancelRow(PostgresWriter &writer, std::int64_t id, const JobError &error)
{
    const Timestamp now = writer.now();
    Timestamp createdDate;
    {
        auto row = writer.db().query(R"(UPDATE "BackgroundJob" SET "State" = 'Cancelled', "Generation" = "Generation" + 1,
                                        "ErrorCode" = $2, "Error" = $3, "CompletedDate" = NULL, "LastActivityDate" = $4 WHERE "Id" = $1
                                        RETURNING "CreatedDate"::text, coalesce("Command", "Request"), "RequestType", "Worker")",
                                     id, error.errorCode, jsoncolumn::toColumn(error), now);
        if (!row.next())
            return;
        createdDate = row.date(0).value_or(now);
        writer.countEnded({.ended = now,
                           .name = row.text(1),
                           .isApi = row.text(2) == requesttype::api,
                           .worker = row.text(3),
                           .state = JobState::Cancelled});
    }
    writer.db().run(R"(UPDATE "BackgroundJob" SET "Logs" = $2 WHERE "Id" = $1)", id, joblog::join(writer.db(), id));
    writer.db().run(
        R"(UPDATE "JobSummary" SET "State" = 'Cancelled', "ErrorCode" = $2, "ErrorMessage" = $3, "CompletedDate" = $4 WHERE "Id" = $1)", id,
        error.errorCode, error.message, now);
    archiving::move(writer, id, JobState::Cancelled, createdDate);
}

void cancel(PostgresWriter &writer, std::int64_t parentId)
{
    tree(writer).cancel(parentId);
}

QList<std::int64_t> discard(PostgresWriter &writer, std::int64_t parentId, std::int64_t generation)
{
    const QList<std::int64_t> discarded = tree(writer).discard(parentId, generation);
    for (const std::int64_t id : discarded) {
        writer.db().run(R"(DELETE FROM "BackgroundJob" WHERE "Id" = $1)", id);
        writer.db().run(R"(DELETE FROM "JobSummary" WHERE "Id" = $1)", id);
    }
    return discarded;
}

} // namespace stint::postgres::dependents
