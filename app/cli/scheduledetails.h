// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/output.h"
#include "engine/jobjson.h"
#include "engine/store/jobstore.h"

namespace stint::cli {

/// All that is known about a scheduled task.
struct ScheduleDetails {
    ScheduledTask task;
    QList<Timestamp> nextRuns;         ///< as its schedule has them; none while it is paused
    QList<TaskOccurrence> occurrences; ///< newest first

    /// With the next `count` runs and as many of the last.
    [[nodiscard]] static Result<ScheduleDetails> of(const JobStore &store, const QString &name, int count, Timestamp now);
};

/// The task as `schedule list --json` has it: its columns, and `enabled`, `nextRun` and `lastJobState` in any case.
[[nodiscard]] QByteArray toJson(const ScheduledTask &task, Timestamp now, const jobjson::Format &format);
/// The same with `description`, `nextRuns` and `occurrences`.
[[nodiscard]] QByteArray toJson(const ScheduleDetails &details, Timestamp now, const jobjson::Format &format);
void print(Output &output, const ScheduleDetails &details, const jobjson::Format &format);

} // namespace stint::cli
