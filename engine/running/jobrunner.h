// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/running/attempt.h"
#include "engine/running/attemptcontext.h"
#include "engine/running/commandrun.h"
#include "engine/running/enteredjobs.h"
#include "engine/running/jobcompleter.h"

#include <functional>
#include <memory>

namespace stint {

/// Runs one attempt: its command, then its callback if it has one, and hands each end to the store.
/// run() is called on a thread of the pool; everything else may come from any thread.
class JobRunner final
{
public:
    /// What the dispatcher does for a runner.
    struct Services {
        std::function<void(std::function<void()>)> runOnPool;
        std::function<void(std::chrono::milliseconds, std::function<void()>)> runLater; ///< on the dispatcher's thread
        std::function<void(const Attempt &attempt)> started;
        std::function<void(const LogLine &line)> logged;
        std::function<void(const QString &message)> problem;
        /// The callback of a job begins: a run of its own, to be stopped and timed on its own.
        std::function<void(const std::shared_ptr<Attempt> &callbackAttempt)> callbackBegins;
        /// The command has returned: its place is free.
        std::function<void(const Attempt &attempt)> returned;
        /// That many attempts are back in the queue.
        std::function<void(int count)> givenBack;
        /// Its end is on disk, or the row is no longer this attempt's.
        std::function<void(const Attempt &attempt, const AttemptEnd &end)> finalised;
    };

    JobRunner(JobStore &store, const CommandRegistry &registry, const HostOptions &options, const Clock &clock, EnteredJobs &entered,
              Services services);

    void run(const std::shared_ptr<Attempt> &attempt);
    /// Attempts that were claimed but not entered go back to the queue. On any thread, without a lock.
    void giveBack(const std::vector<std::shared_ptr<Attempt>> &attempts);

    /// How long an attempt of a job, or its callback, may take.
    [[nodiscard]] std::chrono::seconds timeoutOf(const Job &job) const
    {
        return m_completer.timeout(job, m_registry.find(job.name(), job.isApi()));
    }

private:
    void release(const QList<JobRef> &jobs, const QList<std::int64_t> &generations);
    void runCallback(const std::shared_ptr<Attempt> &attempt, int place);
    void beginCallback(const std::shared_ptr<Attempt> &executed, const AttemptEnd &end, int place, const Dispose &dispose);
    void record(const std::shared_ptr<Attempt> &attempt, const AttemptEnd &end, int place, bool returned, const Dispose &dispose = {});
    void disposeLater(const Dispose &dispose);
    [[nodiscard]] std::shared_ptr<AttemptContext> makeContext(const std::shared_ptr<Attempt> &attempt, std::optional<UserContext> user,
                                                              std::optional<Job> notifiedJob) const;

    JobStore &m_store;
    const CommandRegistry &m_registry;
    const HostOptions &m_options;
    const Clock &m_clock;
    EnteredJobs &m_entered;
    JobCompleter m_completer;
    Services m_services;
};

} // namespace stint
