// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgreswriter.h"
#include "engine/store/writeside.h"

namespace stint {

/// What is done to the scheduled tasks of a database: see JobStore for what each call does. Any thread.
class PostgresTasks final
{
public:
    /// Both must outlive it; there is no `side` in a store that is only read.
    PostgresTasks(const std::unique_ptr<WriteSide<PostgresWriter>> &side, const StoreInfo &info)
        : m_side(side)
        , m_info(info)
    {
    }

    void save(NewTask task, Completion<ScheduledTask> done);
    void remove(QString name, Completion<void> done);
    void setPaused(QString name, bool paused, Completion<ScheduledTask> done);
    void run(QString name, Completion<TaskRun> done);
    void runDue(DueTask due, Completion<TaskRun> done);
    void setProblem(std::int64_t taskId, QString problem, Completion<void> done);

private:
    template <typename T, typename Change>
    void change(Change change, Completion<T> done);

    const std::unique_ptr<WriteSide<PostgresWriter>> &m_side;
    const StoreInfo &m_info;
};

} // namespace stint
