// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/foreigntasktable.h"

#include "engine/store/admission.h"
#include "engine/store/sqlite/foreignenqueuing.h"
#include "engine/store/sqlite/jobrow.h"
#include "engine/store/taskledger.h"
#include "engine/store/taskvalues.h"

namespace stint {

template <typename Key>
std::optional<ScheduledTask> ForeignTaskTable::findBy(const char *condition, const Key &key)
{
    SqliteConnection &db = m_writer.db();
    auto row = db.statement(db.keep(jobrow::selectTasks({.extras = false, .summaries = false}) + condition));
    row.bind(key);
    return row.step() ? std::optional(rowreading::readTask(row)) : std::nullopt;
}

std::optional<ScheduledTask> ForeignTaskTable::find(const QString &name)
{
    return findBy(" WHERE t.Name = ?", name);
}

std::optional<ScheduledTask> ForeignTaskTable::find(std::int64_t id)
{
    return findBy(" WHERE t.Id = ?", id);
}

std::int64_t ForeignTaskTable::insert(const ScheduledTask &task)
{
    m_writer.db().run("INSERT INTO ScheduledTask (Name, Interval, CronExpression, RequestType, Command, Request, RequestBody, Options) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                      task.name, taskvalues::interval(task), task.cronExpression, task.requestType, task.command, task.request,
                      task.requestBody, taskvalues::options(task));
    return m_writer.db().lastInsertId();
}

void ForeignTaskTable::save(const ScheduledTask &task)
{
    if (const auto row = StoredRow::read(m_writer.db(), "ScheduledTask", task.id))
        m_writer.save("schedule", m_writer.db(), "ScheduledTask", *row);
}

void ForeignTaskTable::update(const ScheduledTask &task)
{
    save(task);
    m_writer.db().run("UPDATE ScheduledTask SET Interval = ?, CronExpression = ?, RequestType = ?, Command = ?, Request = ?, "
                      "RequestBody = ?, Options = ?, LastRun = ?, LastJobId = ? WHERE Id = ?",
                      taskvalues::interval(task), task.cronExpression, task.requestType, task.command, task.request, task.requestBody,
                      taskvalues::options(task), task.lastRun, task.lastJobId, task.id);
}

void ForeignTaskTable::remove(const ScheduledTask &task)
{
    save(task);
    m_writer.db().run("DELETE FROM ScheduledTask WHERE Id = ?", task.id);
}

bool ForeignTaskTable::hasJob(const QString &refId)
{
    auto row = m_writer.db().statement("SELECT 1 FROM JobSummary WHERE RefId = ?");
    row.bind(refId);
    return row.step();
}

Result<JobRef> ForeignTaskTable::enqueue(const NewJob &job, const StringMap &)
{
    return foreignenqueuing::record(m_writer, {{job}, {}, 0}).constFirst();
}

namespace foreigntasks {

namespace {

[[noreturn]] void refuse(ErrorCode code, const QString &message)
{
    throw SqliteError(Error{code, message});
}

void requireUnused(ForeignWriter &writer)
{
    if (!writer.user().isNull())
        refuse(ErrorCode::Conflict,
               QStringLiteral("its application has the schedules in its memory, and only that can change them: %1").arg(writer.user()));
}

void requireColumns(const NewTask &task)
{
    const JobOptions &options = task.job.options;
    const char *const missing = !task.schedule.zone().isEmpty() ? "time zone"
        : task.missedRuns != MissedRuns::once()                 ? "choice for missed runs"
        : task.noOverlap                                        ? "runs that do not overlap"
        : task.paused.value_or(false)                           ? "paused schedule"
        : options.priority != 0                                 ? "priority"
        : !options.uniqueKey.isEmpty()                          ? "unique key"
        : options.backoff                                       ? "backoff"
                                                                : nullptr;
    if (missing)
        refuse(ErrorCode::Unsupported, QStringLiteral("the program that made this store knows no %1").arg(QLatin1StringView(missing)));
    // It takes five fields, and knows no H.
    if (!task.schedule.isInterval() && !CronExpression::parse(task.schedule.expression(), CronFormat::Standard))
        refuse(ErrorCode::Unsupported,
               QStringLiteral("the program that made this store does not understand \"%1\"").arg(task.schedule.expression()));
}

template <typename T>
T accepted(Result<T> result)
{
    if (!result)
        throw SqliteError(result.error());
    if constexpr (!std::is_void_v<T>)
        return std::move(result).value();
}

} // namespace

ScheduledTask save(ForeignWriter &writer, const NewTask &task)
{
    requireColumns(task);
    requireUnused(writer);
    ForeignTaskTable table(writer);
    ScheduledTask saved = accepted(taskledger::save(table, task));
    saved.nextRun.reset(); // it is for its application to find
    return saved;
}

void remove(ForeignWriter &writer, const QString &name)
{
    requireUnused(writer);
    ForeignTaskTable table(writer);
    accepted(taskledger::remove(table, name));
}

TaskRun runNow(ForeignWriter &writer, const QString &name)
{
    requireUnused(writer);
    ForeignTaskTable table(writer);
    const auto task = table.find(name);
    if (task && task->isTransient())
        refuse(ErrorCode::Unsupported, QStringLiteral("its runs are not stored as jobs: only its application can run it"));
    return accepted(taskledger::runNow(table, name));
}

} // namespace foreigntasks

} // namespace stint
