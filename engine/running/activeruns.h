// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/running/attempt.h"
#include "engine/running/commandrun.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace stint {

/// What runs in a host: attempts that have entered their command, and the runs that are not stored, with the moment at
/// which the time of each is over. One thread at a time: the dispatcher's lock guards it.
class ActiveRuns final
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    using StopRequest = std::function<void(StopReason)>; ///< calls code of the command: never under a lock

    /// A run that is not stored.
    struct Transient {
        using Ended = std::function<void(const Dispose &dispose)>;
        std::function<void(Ended ended)> work; ///< calls `ended` once, on any thread
        StopRequest requestStop;
        std::chrono::milliseconds timeout;
    };
    /// A run whose time is over.
    struct Late {
        StopRequest requestStop;
        std::shared_ptr<Attempt> attempt; ///< null: not stored
    };

    /// Whether the dispatcher, if it sleeps, would wake up too late for it.
    [[nodiscard]] bool begin(const std::shared_ptr<Attempt> &attempt, std::chrono::milliseconds timeout);
    /// The same job goes on as another attempt, with time of its own. False if it does not run.
    bool goOnAs(const std::shared_ptr<Attempt> &attempt, std::chrono::milliseconds timeout);
    /// For how many milliseconds it ran.
    double end(std::int64_t jobId);
    /// A job that runs, or null.
    [[nodiscard]] std::shared_ptr<Attempt> find(std::int64_t jobId) const;

    /// Adds one that waits for its place and returns the key by which it is known from then on.
    [[nodiscard]] std::int64_t add(Transient run);
    [[nodiscard]] const Transient &beginTransient(std::int64_t key);
    void endTransient(std::int64_t key);
    [[nodiscard]] bool hasTransients() const { return !m_transients.empty(); }

    /// Each comes once.
    [[nodiscard]] std::vector<Late> takeLate(Moment now);
    /// When takeLate() next has work or wakeUp() is to look; Moment::max() if nothing runs.
    [[nodiscard]] Moment nextLate() const;
    /// Around the dispatcher's sleep, which is to end at `wake`. If the process stood still, as it was stopped or starved,
    /// what runs is given that time back.
    void fallAsleep(Moment now, Moment wake);
    void wakeUp(Moment now);
    /// When the sleep is to end, or was.
    [[nodiscard]] Moment wake() const { return m_wake; }
    [[nodiscard]] std::vector<StopRequest> stopRequests() const;
    [[nodiscard]] static StopRequest stopRequest(const std::shared_ptr<Attempt> &attempt);

private:
    using Timeouts = std::multimap<Moment, std::int64_t>; ///< by job id, or by the key of a transient run
    struct Running {
        std::shared_ptr<Attempt> attempt;
        Timeouts::iterator timeout;
        Moment began;
    };
    struct RunningTransient {
        Transient run;
        std::optional<Timeouts::iterator> timeout; ///< nothing: it waits for its place
    };

    void postpone(Timeouts::iterator &timeout, Moment::duration time);
    [[nodiscard]] Timeouts::iterator startClock(std::int64_t id, std::chrono::milliseconds timeout);

    std::unordered_map<std::int64_t, Running> m_running;
    std::map<std::int64_t, RunningTransient> m_transients; ///< their keys are negative
    std::int64_t m_lastTransient = 0;
    Timeouts m_timeouts;
    Moment m_asleepSince;
    Moment m_wake;
};

} // namespace stint
