// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/dependents.h"

#include "engine/store/dependenttree.h"
#include "engine/store/jsoncolumn.h"
#include "engine/store/sqlite/joblog.h"

namespace stint::dependents {

namespace {

std::vector<WaitingJob> waitingFor(SqliteWriter &writer, std::int64_t parentId)
{
    std::vector<WaitingJob> found;
    auto rows = writer.db().statement("SELECT Id, EnqueuedBy, EnqueuedByGeneration FROM BackgroundJob "
                                      "WHERE DependsOn = ? AND State = 'Queued' AND Readiness = 2 ORDER BY Id");
    rows.bind(parentId);
    while (rows.step())
        found.push_back({rows.integer(0), rows.optionalInteger(1), rows.optionalInteger(2)});
    return found;
}

DependentTree tree(SqliteWriter &writer)
{
    return DependentTree({[&writer](std::int64_t parentId) { return waitingFor(writer, parentId); },
                          [&writer](std::int64_t id) { cancelRow(writer, id, joberror::parentFailed()); }});
}

} // namespace

std::optional<JobState> stateOfParent(SqliteConnection &db, std::int64_t id)
{
    for (const char *const sql : {"SELECT State FROM JobSummary WHERE Id = ?", "SELECT State FROM BackgroundJob WHERE Id = ?"}) {
        auto row = db.statement(sql);
        row.bind(id);
        if (row.step())
            return parseJobState(row.view(0)).value_or(JobState::Queued);
    }
    return {};
}

void release(SqliteWriter &writer, std::int64_t parentId)
{
    const auto released = writer.db().run("UPDATE BackgroundJob SET Readiness = CASE WHEN RunAfter > ?1 THEN 0 ELSE 1 END, "
                                          "DueDate = coalesce(RunAfter, CreatedDate), LastActivityDate = ?1 "
                                          "WHERE DependsOn = ?2 AND State = 'Queued' AND Readiness = 2",
                                          writer.now(), parentId);
    if (released > 0)
        writer.noteJobsMayBeDue();
}

void cancelRow(SqliteWriter &writer, std::int64_t id, const JobError &error)
{
    const Timestamp now = writer.now();
    ArchiveEntry entry{.id = id, .state = JobState::Cancelled};
    {
        auto row = writer.db().statement(
            "UPDATE BackgroundJob SET State = 'Cancelled', Readiness = 4, Generation = Generation + 1, ErrorCode = ?, Error = ?, "
            "CompletedDate = NULL, LastActivityDate = ? WHERE Id = ? RETURNING Generation, CreatedDate, "
            "coalesce(Command, Request), RequestType, Worker");
        row.bindAll(error.errorCode, jsoncolumn::toColumn(error), now, id);
        if (!row.step())
            return;
        entry.generation = row.integer(0);
        entry.month = YearMonth::of(row.date(1).value_or(now));
        entry.hasAttempts = entry.generation > 1;
        writer.countEnded({.ended = now,
                           .name = row.text(2),
                           .isApi = row.view(3) == requesttype::api,
                           .worker = row.text(4),
                           .state = JobState::Cancelled});
        row.run();
    }
    if (entry.hasAttempts) { // it has run before
        const auto log = joblog::join(writer.db(), id);
        writer.db().run("UPDATE BackgroundJob SET Logs = ? WHERE Id = ?", log.text, id);
        writer.db().run("DELETE FROM JobProcess WHERE JobId = ?", id);
        entry.manyLines = log.cut;
    }
    writer.db().run("UPDATE JobSummary SET State = 'Cancelled', ErrorCode = ?, ErrorMessage = ?, CompletedDate = ? WHERE Id = ?",
                    error.errorCode, error.message, now, id);
    writer.archiveLater(entry);
}

void cancel(SqliteWriter &writer, std::int64_t parentId)
{
    tree(writer).cancel(parentId);
}

QList<std::int64_t> discard(SqliteWriter &writer, std::int64_t parentId, std::int64_t generation)
{
    const QList<std::int64_t> discarded = tree(writer).discard(parentId, generation);
    for (const std::int64_t id : discarded) {
        writer.db().run("DELETE FROM BackgroundJob WHERE Id = ?", id);
        writer.db().run("DELETE FROM JobSummary WHERE Id = ?", id);
    }
    return discarded;
}

} // namespace stint::dependents
