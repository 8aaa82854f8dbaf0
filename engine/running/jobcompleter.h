// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/command.h"
#include "engine/commandregistry.h"
#include "engine/jobhost.h"
#include "engine/running/attempt.h"
#include "engine/store/jobstore.h"

namespace stint {

/// When a command was entered: by the clock, and by one that nobody sets, for how long it ran.
struct RunStart {
    Timestamp date;
    std::chrono::steady_clock::time_point moment = std::chrono::steady_clock::now();
};

/// Decides what becomes of a job from how its command ended and why it was asked to stop. Any thread.
class JobCompleter final
{
public:
    JobCompleter(const HostOptions &options, const Clock &clock)
        : m_options(options)
        , m_clock(clock)
    {
    }

    /// The end of an attempt. `entry` is the command's; null where there is none.
    [[nodiscard]] AttemptEnd conclude(const Attempt &attempt, const CommandEntry *entry, Outcome<JsonResult> outcome,
                                      const RunStart &start) const;
    /// The end of a callback run: Complete, another try later (Refund with a date), or Fail.
    [[nodiscard]] AttemptEnd concludeCallback(const Attempt &attempt, int callbackAttempts, const Outcome<JsonResult> &outcome,
                                              Timestamp startedDate) const;
    /// Never entered because its user is unknown, or the like: failed for good.
    [[nodiscard]] AttemptEnd refuse(const Attempt &attempt, JobError error) const;

    [[nodiscard]] int retryLimit(const Job &job, const CommandEntry *entry) const;
    [[nodiscard]] std::chrono::seconds timeout(const Job &job, const CommandEntry *entry) const;

    /// What a command threw, as an outcome. To be called in a catch block.
    [[nodiscard]] static Outcome<JsonResult> caught();

private:
    [[nodiscard]] std::chrono::milliseconds backoff(const Job &job, const CommandEntry *entry, int attempt) const;
    [[nodiscard]] AttemptEnd begin(const Attempt &attempt, Timestamp startedDate, std::chrono::steady_clock::duration ran) const;
    void fail(AttemptEnd &end, const Job &job, const CommandEntry *entry, const Retry &failure) const;

    const HostOptions &m_options;
    const Clock &m_clock;
};

} // namespace stint
