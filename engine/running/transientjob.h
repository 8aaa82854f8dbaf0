// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobhost.h"
#include "engine/running/attempt.h"
#include "engine/running/commandrun.h"
#include "engine/running/jobcompleter.h"

#include <mutex>

namespace stint {

/// A run that is not stored: what the caller holds to follow it. Any thread.
class TransientJob final : public TransientRun, public std::enable_shared_from_this<TransientJob>
{
public:
    using Finished = std::function<void(const Job &)>;
    using Ended = std::function<void(const Dispose &dispose)>;

    TransientJob(const NewJob &job, std::shared_ptr<JobStore> store, const Clock &clock, const HostOptions &options, Finished finished);

    /// Runs the command, on a thread of the pool; it is retried by nobody. `ended` is called last.
    void run(const CommandEntry *entry, const JobCompleter &completer, Ended ended = {});

    Job job() const override;
    void cancel() override { requestStop(StopReason::Cancel); }
    void requestStop(StopReason reason) { m_attempt.requestStop(reason); }
    [[nodiscard]] std::chrono::seconds timeout(const CommandEntry *entry, const JobCompleter &completer) const
    {
        return completer.timeout(m_attempt.job, entry);
    }

private:
    class Context;
    void finish(const AttemptEnd &end, const Dispose &dispose = {});
    void change(const std::function<void(Job &)> &edit);

    Attempt m_attempt;
    std::shared_ptr<JobStore> m_store;
    const Clock &m_clock;
    const HostOptions &m_options;
    Finished m_finished;
    Ended m_ended;
    mutable std::mutex m_mutex;
    Job m_job; ///< as it is now
};

} // namespace stint
