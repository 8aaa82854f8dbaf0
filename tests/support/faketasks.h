// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/jobstore.h"

#include <algorithm>
#include <mutex>

namespace stint::test {

/// The scheduled tasks of a FakeJobStore. Any thread.
class FakeTasks final
{
public:
    [[nodiscard]] QList<ScheduledTask> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_tasks;
    }
    void set(QList<ScheduledTask> tasks)
    {
        const std::lock_guard lock(m_mutex);
        m_tasks = std::move(tasks);
    }
    ScheduledTask save(const NewTask &newTask)
    {
        const std::lock_guard lock(m_mutex);
        ScheduledTask task = newTask.toTask();
        task.nextRun = newTask.schedule.next(SystemClock().now());
        const auto known = std::ranges::find(m_tasks, task.name, &ScheduledTask::name);
        task.id = known == m_tasks.end() ? static_cast<std::int64_t>(m_tasks.size()) + 1 : known->id;
        if (known == m_tasks.end())
            m_tasks.append(task);
        else
            *known = task;
        return task;
    }
    Result<void> remove(const QString &name)
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.removeIf([&name](const ScheduledTask &task) { return task.name == name; });
        return {};
    }
    Result<TaskRun> run(const QString &name)
    {
        const auto task = change(name, [](ScheduledTask &changed) { changed.lastRun = SystemClock().now(); });
        return task ? Result<TaskRun>(TaskRun{.task = *task}) : task.error();
    }
    template <typename Change>
    Result<ScheduledTask> change(const QString &name, Change how)
    {
        const std::lock_guard lock(m_mutex);
        const auto task = std::ranges::find(m_tasks, name, &ScheduledTask::name);
        if (task == m_tasks.end())
            return Error{ErrorCode::NotFound, QStringLiteral("there is no such task")};
        how(*task);
        return *task;
    }

private:
    mutable std::mutex m_mutex;
    QList<ScheduledTask> m_tasks;
};

} // namespace stint::test
