// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jsoncolumn.h"

namespace stint {

/// What the columns of a scheduled task hold, whatever database it is in; null where a value is the default.
namespace taskvalues {

/// How many occurrences of a task are kept.
inline constexpr int occurrencesKept = 200;

[[nodiscard]] inline std::optional<std::int64_t> interval(const ScheduledTask &task)
{
    return task.interval ? std::optional(task.interval->count()) : std::nullopt;
}
[[nodiscard]] inline QByteArray options(const ScheduledTask &task)
{
    return task.options ? jsoncolumn::toColumn(*task.options) : QByteArray();
}
[[nodiscard]] inline QString missedRuns(const ScheduledTask &task)
{
    return task.missedRuns == MissedRuns::once() ? QString() : task.missedRuns.toText();
}

/// Hands the values of all columns but the id to `use`, in the order Name, Interval, CronExpression, RequestType, Command,
/// Request, RequestBody, Options, LastRun, LastJobId, Zone, MissedRuns, NoOverlap, Enabled, NextRun, RunRequested, Problem.
template <typename Use>
decltype(auto) withAll(const ScheduledTask &task, Use &&use)
{
    return use(task.name, interval(task), task.cronExpression, task.requestType, task.command, task.request, task.requestBody,
               options(task), task.lastRun, task.lastJobId, task.zone, missedRuns(task), task.noOverlap ? 1 : 0, task.enabled ? 1 : 0,
               task.nextRun, task.runRequested, task.problem);
}

} // namespace taskvalues

} // namespace stint
