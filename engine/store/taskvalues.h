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

} // namespace taskvalues

} // namespace stint
