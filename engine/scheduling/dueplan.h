// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/scheduledtask.h"

namespace stint {

/// What is to become of a task's occurrences up to now. A plain value; any thread.
struct DuePlan {
    /// What comes later than this counts as missed, though its host lived.
    static constexpr std::chrono::minutes punctuality{1};

    QList<Timestamp> runs;           ///< occurrences to be run, oldest first
    std::optional<Timestamp> missed; ///< the oldest of those that are dropped
    std::optional<Timestamp> nextRun;

    /// `aliveSince`: from this moment on a host has looked after the tasks without a break.
    [[nodiscard]] static DuePlan of(const ScheduledTask &task, const Schedule &schedule, Timestamp aliveSince, Timestamp now);

    /// The next run of a task that gets its schedule, or has it back after a pause. Nothing is made up for.
    [[nodiscard]] static std::optional<Timestamp> firstRun(const ScheduledTask &task, const Schedule &schedule, bool startNow,
                                                           Timestamp now);
    /// Whether its recorded next run cannot be right: there is none, or the clock was set back since.
    ///
    /// An interval then begins a new grid. The runs of a cron expression that have been are not repeated: it goes on when
    /// the clock has caught up, unless that takes more than a day, which says that the clock had been wrong.
    [[nodiscard]] static bool isAstray(const ScheduledTask &task, const Schedule &schedule, Timestamp now);
};

} // namespace stint
