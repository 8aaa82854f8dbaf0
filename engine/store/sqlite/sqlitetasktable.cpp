// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitetasktable.h"

#include "engine/store/sqlite/administering.h"
#include "engine/store/sqlite/enqueuing.h"
#include "engine/store/sqlite/jobrow.h"
#include "engine/store/taskvalues.h"

namespace stint {

template <typename Key>
std::optional<ScheduledTask> SqliteTaskTable::findBy(const char *condition, const Key &key)
{
    SqliteConnection &db = m_writer.db();
    auto row = db.statement(db.keep(jobrow::selectTasks({.extras = true, .summaries = true}) + condition));
    row.bind(key);
    return row.step() ? std::optional(rowreading::readTask(row)) : std::nullopt;
}

std::optional<ScheduledTask> SqliteTaskTable::find(const QString &name)
{
    return findBy(" WHERE t.Name = ?", name);
}

std::optional<ScheduledTask> SqliteTaskTable::find(std::int64_t id)
{
    return findBy(" WHERE t.Id = ?", id);
}

std::int64_t SqliteTaskTable::insert(const ScheduledTask &task)
{
    taskvalues::withAll(task, [&](const auto &...values) {
        m_writer.db().run("INSERT INTO ScheduledTask (Name, Interval, CronExpression, RequestType, Command, Request, RequestBody, Options, "
                          "LastRun, LastJobId, Zone, MissedRuns, NoOverlap, Enabled, NextRun, RunRequested, Problem) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          values...);
    });
    return m_writer.db().lastInsertId();
}

void SqliteTaskTable::update(const ScheduledTask &task)
{
    taskvalues::withAll(task, [&](const auto &...values) {
        m_writer.db().run("UPDATE ScheduledTask SET Name = ?, Interval = ?, CronExpression = ?, RequestType = ?, Command = ?, Request = ?, "
                          "RequestBody = ?, Options = ?, LastRun = ?, LastJobId = ?, Zone = ?, MissedRuns = ?, NoOverlap = ?, Enabled = ?, "
                          "NextRun = ?, RunRequested = ?, Problem = ? WHERE Id = ?",
                          values..., task.id);
    });
}

void SqliteTaskTable::remove(const ScheduledTask &task)
{
    m_writer.db().run("DELETE FROM TaskOccurrence WHERE TaskId = ?", task.id);
    m_writer.db().run("DELETE FROM ScheduledTask WHERE Id = ?", task.id);
}

bool SqliteTaskTable::isRecorded(std::int64_t taskId, Timestamp moment)
{
    auto row = m_writer.db().statement("SELECT 1 FROM TaskOccurrence WHERE TaskId = ? AND Moment = ?");
    row.bindAll(taskId, moment);
    return row.step();
}

void SqliteTaskTable::addOccurrence(std::int64_t taskId, const TaskOccurrence &occurrence)
{
    m_writer.db().run("INSERT INTO TaskOccurrence (TaskId, Moment, Outcome, RecordedDate, JobId) VALUES (?, ?, ?, ?, ?)", taskId,
                      occurrence.moment, toText(occurrence.outcome), occurrence.recordedDate, occurrence.jobId);
    m_writer.db().run("DELETE FROM TaskOccurrence WHERE TaskId = ?1 AND Moment < "
                      "(SELECT Moment FROM TaskOccurrence WHERE TaskId = ?1 ORDER BY Moment DESC LIMIT 1 OFFSET ?2)",
                      taskId, taskvalues::occurrencesKept - 1);
}

bool SqliteTaskTable::isUnfinished(std::int64_t jobId)
{
    auto row = m_writer.db().statement("SELECT 1 FROM BackgroundJob WHERE Id = ? AND State IN ('Queued', 'Started', 'Executed')");
    row.bind(jobId);
    return row.step();
}

bool SqliteTaskTable::hasJob(const QString &refId)
{
    auto row = m_writer.db().statement("SELECT 1 FROM JobSummary WHERE RefId = ?");
    row.bind(refId);
    return row.step();
}

Result<JobRef> SqliteTaskTable::enqueue(const NewJob &job, const StringMap &meta)
{
    SqliteConnection &db = m_writer.db();
    db.run("SAVEPOINT task");
    try {
        const JobRef ref = enqueuing::record(m_writer, {{job}, {}, 0}, m_known).constFirst();
        // One that was there before, with the same unique key, keeps its own.
        db.run("UPDATE BackgroundJob SET Meta = ? WHERE Id = ? AND Meta IS NULL", jsoncolumn::toColumn(meta), ref.id);
        db.run("RELEASE task");
        return ref;
    } catch (const SqliteError &error) {
        if (!admission::isRefusal(error.error().code) || !db.inTransaction())
            throw;
        db.run("ROLLBACK TO task");
        db.run("RELEASE task");
        return error.error();
    }
}

void SqliteTaskTable::recordAction(QLatin1StringView action, const QString &name)
{
    administering::record(m_writer, action, name);
    m_writer.noteTasksChanged();
}

} // namespace stint
