// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgrestasks.h"

#include "engine/store/postgres/postgrestasktable.h"
#include "engine/store/taskledger.h"

namespace stint {

template <typename T, typename Change>
void PostgresTasks::change(Change change, Completion<T> done)
{
    if (!m_side)
        return done ? done(Error{ErrorCode::ReadOnly, QStringLiteral("%1: was opened to look only").arg(m_info.location)}) : void();
    m_side->post<T>(
        [change = std::move(change)](PostgresWriter &writer) {
            PostgresTaskTable table(writer);
            Result<T> changed = change(table);
            if (!changed)
                throw PostgresError(changed.error());
            if constexpr (!std::is_void_v<T>)
                return std::move(changed).value();
        },
        std::move(done));
}

void PostgresTasks::save(NewTask task, Completion<ScheduledTask> done)
{
    change<ScheduledTask>([task](TaskTable &table) { return taskledger::save(table, task); }, std::move(done));
}

void PostgresTasks::remove(QString name, Completion<void> done)
{
    change<void>([name](TaskTable &table) { return taskledger::remove(table, name); }, std::move(done));
}

void PostgresTasks::setPaused(QString name, bool paused, Completion<ScheduledTask> done)
{
    change<ScheduledTask>([name, paused](TaskTable &table) { return taskledger::setPaused(table, name, paused); }, std::move(done));
}

void PostgresTasks::run(QString name, Completion<TaskRun> done)
{
    change<TaskRun>([name](TaskTable &table) { return taskledger::runNow(table, name); }, std::move(done));
}

void PostgresTasks::runDue(DueTask due, Completion<TaskRun> done)
{
    change<TaskRun>([due](TaskTable &table) { return taskledger::runDue(table, due); }, std::move(done));
}

void PostgresTasks::setProblem(std::int64_t taskId, QString problem, Completion<void> done)
{
    change<void>([taskId, problem](TaskTable &table) { return taskledger::setProblem(table, taskId, problem); }, std::move(done));
}

} // namespace stint
