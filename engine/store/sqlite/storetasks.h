// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"
#include "engine/store/sqlite/knownhost.h"
#include "engine/store/sqlite/storeaccess.h"

namespace stint {

/// What is done to the scheduled tasks of a store, ours or another program's: see JobStore for what each call does. Any thread.
class StoreTasks final
{
public:
    StoreTasks(StoreAccess &access, KnownHost &knownHost)
        : m_access(access)
        , m_knownHost(knownHost)
    {
    }

    void save(NewTask task, Completion<ScheduledTask> done);
    void remove(QString name, Completion<void> done);
    void setPaused(QString name, bool paused, Completion<ScheduledTask> done);
    void run(QString name, Completion<TaskRun> done);
    void runDue(DueTask due, Completion<TaskRun> done);
    void setProblem(std::int64_t taskId, QString problem, Completion<void> done);

private:
    /// In a store of ours.
    template <typename T, typename Change>
    void change(Change change, Completion<T> done);

    StoreAccess &m_access;
    KnownHost &m_knownHost; ///< writer's thread only
};

} // namespace stint
