// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/store/jobstore.h"

namespace stint {

/// All that the details show of one job, read at once.
struct JobDetails {
    std::int64_t id = 0;
    std::optional<JobResult> job; ///< nothing: the store has no such job
    QList<WaitReason> waitingFor;
    QList<JobSummary> related;
    std::optional<Error> error;

    [[nodiscard]] static JobDetails read(const JobStore &store, std::int64_t id);
};

} // namespace stint
