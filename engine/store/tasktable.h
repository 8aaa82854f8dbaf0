// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

namespace stint {

/// The rows of the scheduled tasks and of their occurrences, as a transaction of a store's writer sees them. Throws what
/// the store throws; within an operation of the writer.
class TaskTable
{
public:
    virtual ~TaskTable() = default;

    [[nodiscard]] virtual std::optional<ScheduledTask> find(const QString &name) = 0;
    [[nodiscard]] virtual std::optional<ScheduledTask> find(std::int64_t id) = 0;
    /// Returns its id.
    [[nodiscard]] virtual std::int64_t insert(const ScheduledTask &task) = 0;
    /// Replaces every column but the id.
    virtual void update(const ScheduledTask &task) = 0;
    virtual void remove(const ScheduledTask &task) = 0;
    /// Whether something is recorded for that moment already.
    [[nodiscard]] virtual bool isRecorded(std::int64_t taskId, Timestamp moment) = 0;
    /// Records it; Conflict, if that moment of the task is recorded already. Old ones go.
    virtual void addOccurrence(std::int64_t taskId, const TaskOccurrence &occurrence) = 0;

    [[nodiscard]] virtual bool isUnfinished(std::int64_t jobId) = 0;
    [[nodiscard]] virtual bool hasJob(const QString &refId) = 0;
    /// Refuses what the living host, where there is one, cannot run.
    [[nodiscard]] virtual Result<void> checkKnown(const NewJob &job) = 0;
    /// Records a job with that Meta column. What is refused leaves nothing behind.
    [[nodiscard]] virtual Result<JobRef> enqueue(const NewJob &job, const StringMap &meta) = 0;

    /// What somebody did to a task: for the store's record, and for its host to be told.
    virtual void recordAction(QLatin1StringView action, const QString &name) = 0;
    [[nodiscard]] virtual Timestamp now() const = 0;

protected:
    TaskTable() = default;
    Q_DISABLE_COPY_MOVE(TaskTable)
};

} // namespace stint
