// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobhost.h"
#include "engine/running/attempt.h"
#include "engine/store/jobstore.h"

#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace stint {

/// The places of a host: a lane for each named worker that has jobs here, and one, of a null name, for the jobs
/// without. What was claimed waits in its lane for a place. One thread at a time: the dispatcher's lock guards it.
class WorkerLanes final
{
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// What waits for a place.
    struct Task {
        std::shared_ptr<Attempt> attempt; ///< null: a run that is not stored
        std::int64_t transient = 0;       ///< the key of such a run
        Moment claimed;
    };

    explicit WorkerLanes(const HostOptions &options);

    void add(const QString &worker, Task task);
    /// The next of a lane's tasks, if there is a place for it, which it takes; nothing but transient runs begins
    /// while the host stops.
    [[nodiscard]] std::optional<Task> begin(const QString &worker, bool stopping);
    /// A place is free again. `ranMs` tells how much to claim ahead; negative: it tells nothing.
    void leave(const QString &worker, double ranMs);
    /// Takes away named lanes in which nothing is left; whether there were any.
    bool removeIdle();

    /// Says what there is room for; `freeInAll` is shared out, so that many quick lanes do not claim without bound.
    void offer(ClaimRequest &request, int freeInAll) const;
    /// Half of what was claimed ahead is gone: asking only now keeps the claims few and large.
    [[nodiscard]] bool wantsMore(const QString &worker) const;

    /// Takes out the jobs that have waited too long behind slow ones, or all.
    [[nodiscard]] std::vector<std::shared_ptr<Attempt>> takeOverdue(Moment now, bool all);
    /// When takeOverdue() next has work; Moment::max() if nothing waits.
    [[nodiscard]] Moment nextOverdue() const;
    /// A job that waits here, or null.
    [[nodiscard]] std::shared_ptr<Attempt> find(std::int64_t jobId) const;

private:
    struct Lane {
        std::deque<Task> waiting;
        int running = 0;
        int width = 1;
        double averageMs = -1; ///< of the last runs; unknown: negative

        [[nodiscard]] int prefetch() const;
        [[nodiscard]] int room() const;
        [[nodiscard]] bool isIdle() const { return waiting.empty() && running == 0; }
    };

    [[nodiscard]] Lane &lane(const QString &worker);

    const HostOptions &m_options;
    std::map<QString, Lane> m_lanes;
};

} // namespace stint
