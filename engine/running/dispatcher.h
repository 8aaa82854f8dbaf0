// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/running/activeruns.h"
#include "engine/running/claimplan.h"
#include "engine/running/delayedcalls.h"
#include "engine/running/draincheck.h"
#include "engine/running/heartbeat.h"
#include "engine/running/jobrunner.h"
#include "engine/running/runnerpool.h"
#include "engine/running/workerlanes.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace stint {

/// Gives a host's places to jobs: claims what there is room for, keeps each named worker serial, watches time-outs and
/// cancel requests, and hands attempts to the pool. Claims on the thread that tells of a change, else on its own, which
/// sleeps until something is due; nothing ticks. Any thread.
class Dispatcher final
{
public:
    /// What a host hears of, on any thread.
    struct Events {
        std::function<void(const JobEvent &)> started;
        std::function<void(const JobEvent &)> ended;
        std::function<void(const LogLine &)> logged;
        std::function<void(const QString &)> problem;
        std::function<void(const QStringList &unknown)> drained;
    };

    Dispatcher(std::shared_ptr<JobStore> store, const CommandRegistry &registry, const HostOptions &options, const Clock &clock,
               QString hostId, std::unique_ptr<EnteredJobs> entered, Events events);
    /// stop() must have returned true.
    ~Dispatcher();
    Q_DISABLE_COPY_MOVE(Dispatcher)

    void start();
    /// Asks running commands to stop and waits for them; what was claimed but not entered goes back. False if
    /// commands still run at the deadline. May come again.
    [[nodiscard]] bool stop(std::chrono::milliseconds deadline);
    void drainWhenIdle();
    void onStoreChange(const StoreChange &change);
    void onArrival() { onStoreChange({.byThisProcess = true, .jobsMayBeDue = true}); }
    void onClockSet() { onStoreChange({.byThisProcess = true, .jobsMayBeDue = true}); }

    using Transient = ActiveRuns::Transient;
    /// Runs it in the lane of a worker, or in the pool, in turn with its stored jobs.
    void runTransient(const QString &worker, Transient run);
    /// Calls `work` on the dispatcher's thread after a while.
    void runLater(std::chrono::milliseconds delay, std::function<void()> work);

private:
    using Moment = std::chrono::steady_clock::time_point;

    void loop();
    [[nodiscard]] Moment nextMoment() const;
    [[nodiscard]] bool mayClaim() const;
    [[nodiscard]] bool mayBeDrained() const;
    [[nodiscard]] std::shared_ptr<Attempt> claimedAttempt(std::int64_t id) const;
    // With the lock held; those that are given it let go of it while they call others.
    void makeDelayedCalls(Moment now, std::unique_lock<std::mutex> &lock);
    void postClaim(std::unique_lock<std::mutex> &lock);
    void onClaimed(Result<ClaimResult> claimed);
    void reportUnknown(const QStringList &names);
    void requestCancels(std::unique_lock<std::mutex> &lock);
    void expireTimeouts(Moment now, std::unique_lock<std::mutex> &lock);
    static void requestStop(const std::vector<ActiveRuns::StopRequest> &requests, StopReason reason, std::unique_lock<std::mutex> &lock);
    void releaseOverdue(Moment now, std::unique_lock<std::mutex> &lock);
    void beat(Moment now, std::unique_lock<std::mutex> &lock);
    void checkDrained(std::unique_lock<std::mutex> &lock);

    void notifyAll() ///< the loop, and who waits in stop()
    {
        m_settled.notify_all();
        m_wake.notify_one();
    }
    void startWaiting(const QString &worker);
    void begin(const WorkerLanes::Task &task, const QString &worker);
    void beginTransient(std::int64_t key, const QString &worker);
    void onCallbackBegins(const std::shared_ptr<Attempt> &attempt);
    void onReturned(const Attempt &attempt);
    void onGivenBack(int count);
    void onFinalised(const Attempt &attempt, const AttemptEnd &end);
    void placeIsFree(const QString &worker, double ranMs);
    [[nodiscard]] JobRunner::Services services();

    std::shared_ptr<JobStore> m_store;
    const Clock &m_clock;
    const QString m_hostId;
    std::unique_ptr<EnteredJobs> m_entered;
    Events m_events;

    std::mutex m_mutex;
    std::condition_variable m_wake;    ///< for the loop
    std::condition_variable m_settled; ///< for stop()
    WorkerLanes m_lanes;
    ActiveRuns m_active;
    DelayedCalls m_later;
    ClaimPlan m_claims;
    DrainCheck m_drain;
    Heartbeat m_heartbeat;
    int m_outstanding = 0; ///< claimed and not yet finalised
    bool m_cancelsWanted = false;
    bool m_stopping = false;
    bool m_ended = false;
    QStringList m_unknown;

    std::unique_ptr<JobRunner> m_runner;
    RunnerPool m_pool; ///< ends before the runner does
    std::thread m_thread;
};

} // namespace stint
