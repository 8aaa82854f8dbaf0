// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/jobstats.h"

namespace stint {

/// What a store knows that may keep a queued job from running.
struct WaitFacts {
    std::optional<JobSummary> parent; ///< of a job that depends on another, where that is known
    bool workerPaused = false;
    std::optional<std::int64_t> workerRuns; ///< the job that its named worker runs
    bool isHosted = false;                  ///< the store's jobs are run by hosts of ours
    std::optional<HostInfo> host;           ///< the living one
};

/// Why a queued job does not run now, the most certain reason first.
[[nodiscard]] QList<WaitReason> waitReasons(const Job &job, const WaitFacts &facts, Timestamp now);

} // namespace stint
