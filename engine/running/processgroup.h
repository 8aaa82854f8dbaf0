// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstats.h"

namespace stint {

/// When a process started, as ProcessGroup::startTime has it; 0 where there is none of that number.
[[nodiscard]] std::int64_t processStartTime(std::int64_t pid);
/// Whether the group still is the one that was recorded and has a member that is not a zombie.
[[nodiscard]] bool isRunning(const ProcessGroup &group);
/// Kills the group if it still is the one that was recorded. Blocks until its members have gone, at most 2 s.
void killProcessGroup(const ProcessGroup &group);

} // namespace stint
