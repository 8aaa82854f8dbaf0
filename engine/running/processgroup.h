// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstats.h"

namespace stint {

/// Start time of a process in clock ticks since boot, from /proc/PID/stat; 0 where there is none.
[[nodiscard]] std::int64_t processStartTime(std::int64_t pid);
/// Whether the group still has members that are not younger than a reuse of its number would make them.
[[nodiscard]] bool isRunning(const ProcessGroup &group);
/// Ends the group, if it still is the one that was recorded.
void killProcessGroup(const ProcessGroup &group);

} // namespace stint
