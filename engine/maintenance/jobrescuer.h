// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/running/enteredjobs.h"
#include "engine/store/jobstore.h"

namespace stint {

/// Puts right what a dead host left: jobs that it had claimed go back uncounted; those whose command it had entered
/// run again as a marked attempt, end as cancelled if that was asked for, or fail once they were interrupted too often;
/// processes that outlived it are ended first. Called once by a starting host, before its first claim; blocks.
class JobRescuer final
{
public:
    JobRescuer(JobStore &store, const Clock &clock, int interruptionLimit);

    /// How many jobs were put right. `left` is what a host had entered when it died; every job of another host, or
    /// without that knowledge, counts as entered.
    [[nodiscard]] Result<int> rescue(const std::optional<EnteredJobs::LeftBehind> &left);

private:
    [[nodiscard]] AttemptEnd endOf(const Job &job) const;

    JobStore &m_store;
    const Clock &m_clock;
    int m_interruptionLimit;
};

} // namespace stint
