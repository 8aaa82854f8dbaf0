// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/tasktable.h"

namespace stint {

/// All that changes a scheduled task, the same in every store: each call is one transaction of its writer.
namespace taskledger {

[[nodiscard]] Result<ScheduledTask> save(TaskTable &table, const NewTask &task);
[[nodiscard]] Result<void> remove(TaskTable &table, const QString &name);
[[nodiscard]] Result<ScheduledTask> setPaused(TaskTable &table, const QString &name, bool paused);
[[nodiscard]] Result<TaskRun> runNow(TaskTable &table, const QString &name);
[[nodiscard]] Result<TaskRun> runDue(TaskTable &table, const DueTask &due);
[[nodiscard]] Result<void> setProblem(TaskTable &table, std::int64_t taskId, const QString &problem);

} // namespace taskledger

} // namespace stint
