// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgrestasktable.h"

#include "engine/store/postgres/administering.h"
#include "engine/store/postgres/enqueuing.h"
#include "engine/store/postgres/jobrow.h"
#include "engine/store/taskvalues.h"

namespace stint {

template <typename Key>
std::optional<ScheduledTask> PostgresTaskTable::findBy(const char *condition, const Key &key)
{
    PostgresConnection &db = m_writer.db();
    auto row = db.query(db.keep(postgres::jobrow::selectTasks(true) + condition + " FOR UPDATE OF t"), key);
    return row.next() ? std::optional(rowreading::readTask(row)) : std::nullopt;
}

std::optional<ScheduledTask> PostgresTaskTable::find(const QString &name)
{
    return findBy(R"( WHERE t."Name" = $1)", name);
}

std::optional<ScheduledTask> PostgresTaskTable::find(std::int64_t id)
{
    return findBy(R"( WHERE t."Id" = $1)", id);
}

std::int64_t PostgresTaskTable::insert(const ScheduledTask &task)
{
    return taskvalues::withAll(task, [&](const auto &...values) {
        return m_writer.db().integer(
            R"(INSERT INTO "ScheduledTask" ("Name", "Interval", "CronExpression", "RequestType", "Command", "Request", "RequestBody", "Options",
               "LastRun", "LastJobId", "Zone", "MissedRuns", "NoOverlap", "Enabled", "NextRun", "RunRequested", "Problem")
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING "Id")",
            values...);
    });
}

void PostgresTaskTable::update(const ScheduledTask &task)
{
    taskvalues::withAll(task, [&](const auto &...values) {
        m_writer.db().run(
            R"(UPDATE "ScheduledTask" SET "Name" = $1, "Interval" = $2, "CronExpression" = $3, "RequestType" = $4, "Command" = $5,
               "Request" = $6, "RequestBody" = $7, "Options" = $8, "LastRun" = $9, "LastJobId" = $10, "Zone" = $11, "MissedRuns" = $12,
               "NoOverlap" = $13, "Enabled" = $14, "NextRun" = $15, "RunRequested" = $16, "Problem" = $17 WHERE "Id" = $18)",
            values..., task.id);
    });
}

void PostgresTaskTable::remove(const ScheduledTask &task)
{
    m_writer.db().run(R"(DELETE FROM "TaskOccurrence" WHERE "TaskId" = $1)", task.id);
    m_writer.db().run(R"(DELETE FROM "ScheduledTask" WHERE "Id" = $1)", task.id);
}

bool PostgresTaskTable::isRecorded(std::int64_t taskId, Timestamp moment)
{
    return m_writer.db().integer(R"(SELECT count(*) FROM "TaskOccurrence" WHERE "TaskId" = $1 AND "Moment" = $2)", taskId, moment) > 0;
}

void PostgresTaskTable::addOccurrence(std::int64_t taskId, const TaskOccurrence &occurrence)
{
    m_writer.db().run(
        R"(INSERT INTO "TaskOccurrence" ("TaskId", "Moment", "Outcome", "RecordedDate", "JobId") VALUES ($1, $2, $3, $4, $5))", taskId,
        occurrence.moment, toText(occurrence.outcome), occurrence.recordedDate, occurrence.jobId);
    m_writer.db().run(R"(DELETE FROM "TaskOccurrence" WHERE "TaskId" = $1 AND "Moment" <
                         (SELECT "Moment" FROM "TaskOccurrence" WHERE "TaskId" = $1 ORDER BY "Moment" DESC LIMIT 1 OFFSET $2))",
                      taskId, taskvalues::occurrencesKept - 1);
}

bool PostgresTaskTable::isUnfinished(std::int64_t jobId)
{
    return m_writer.db().integer(R"(SELECT count(*) FROM "BackgroundJob" WHERE "Id" = $1 AND "State" IN ('Queued', 'Started', 'Executed'))",
                                 jobId)
        > 0;
}

bool PostgresTaskTable::hasJob(const QString &refId)
{
    return m_writer.db().integer(R"(SELECT count(*) FROM "JobSummary" WHERE "RefId" = $1)", refId) > 0;
}

Result<void> PostgresTaskTable::checkKnown(const NewJob &job)
{
    return admission::checkKnown(job, job.force ? nullptr : m_writer.knownNames());
}

Result<JobRef> PostgresTaskTable::enqueue(const NewJob &job, const StringMap &meta)
{
    PostgresConnection &db = m_writer.db();
    db.execute("SAVEPOINT task");
    try {
        const JobRef ref = postgres::enqueuing::record(m_writer, {{job}, {}, 0}).constFirst();
        // One that was there before, with the same unique key, keeps its own.
        db.run(R"(UPDATE "BackgroundJob" SET "Meta" = $1 WHERE "Id" = $2 AND "Meta" IS NULL)", jsoncolumn::toColumn(meta), ref.id);
        db.execute("RELEASE task");
        return ref;
    } catch (const PostgresError &error) {
        if (!admission::isRefusal(error.error().code) || db.isBroken())
            throw;
        db.execute("ROLLBACK TO task; RELEASE task");
        return error.error();
    }
}

void PostgresTaskTable::recordAction(QLatin1StringView action, const QString &name)
{
    postgres::administering::record(m_writer, action.data(), name.toUtf8());
    m_writer.noteTasksChanged();
}

} // namespace stint
