// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/storetasks.h"

#include "engine/store/sqlite/foreigntasktable.h"
#include "engine/store/sqlite/sqlitetasktable.h"
#include "engine/store/taskledger.h"

namespace stint {

template <typename T, typename Change>
void StoreTasks::change(Change change, Completion<T> done)
{
    const auto side = m_access.own();
    if (!side)
        return done ? done(m_access.whyNotOwn()) : void();
    side->post<T>(
        [this, change = std::move(change)](SqliteWriter &writer) {
            SqliteTaskTable table(writer, m_knownHost.names(writer.db()));
            Result<T> changed = change(table);
            if (!changed)
                throw SqliteError(changed.error());
            if constexpr (!std::is_void_v<T>)
                return std::move(changed).value();
        },
        std::move(done));
}

void StoreTasks::save(NewTask task, Completion<ScheduledTask> done)
{
    if (const auto side = m_access.foreign())
        return side->post<ScheduledTask>([task](ForeignWriter &writer) { return foreigntasks::save(writer, task); }, std::move(done));
    change<ScheduledTask>([task](TaskTable &table) { return taskledger::save(table, task); }, std::move(done));
}

void StoreTasks::remove(QString name, Completion<void> done)
{
    if (const auto side = m_access.foreign())
        return side->post<void>([name](ForeignWriter &writer) { foreigntasks::remove(writer, name); }, std::move(done));
    change<void>([name](TaskTable &table) { return taskledger::remove(table, name); }, std::move(done));
}

void StoreTasks::setPaused(QString name, bool paused, Completion<ScheduledTask> done)
{
    if (m_access.foreign())
        return done ? done(Error{ErrorCode::Unsupported, QStringLiteral("the program that made this store cannot pause a schedule")})
                    : void();
    change<ScheduledTask>([name, paused](TaskTable &table) { return taskledger::setPaused(table, name, paused); }, std::move(done));
}

void StoreTasks::run(QString name, Completion<TaskRun> done)
{
    if (const auto side = m_access.foreign())
        return side->post<TaskRun>([name](ForeignWriter &writer) { return foreigntasks::runNow(writer, name); }, std::move(done));
    change<TaskRun>([name](TaskTable &table) { return taskledger::runNow(table, name); }, std::move(done));
}

void StoreTasks::runDue(DueTask due, Completion<TaskRun> done)
{
    change<TaskRun>([due](TaskTable &table) { return taskledger::runDue(table, due); }, std::move(done));
}

void StoreTasks::setProblem(std::int64_t taskId, QString problem, Completion<void> done)
{
    change<void>([taskId, problem](TaskTable &table) { return taskledger::setProblem(table, taskId, problem); }, std::move(done));
}

} // namespace stint
