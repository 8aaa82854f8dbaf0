// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/running/jobrunner.h"
#include "engine/running/runnerpool.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace stint {

/// Gives a host's places to jobs: claims what there is room for, keeps each named worker serial, watches time-outs and
/// cancel requests, and hands attempts to the pool. Sleeps until something is due; nothing ticks. Any thread.
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

    Dispatcher(std::shared_ptr<JobStore> store, const CommandRegistry &registry, const HostOptions &options, const Clock &clock, QString hostId,
               std::unique_ptr<EnteredJobs> entered, Events events);
    /// stop() must have returned true.
    ~Dispatcher();
    Q_DISABLE_COPY_MOVE(Dispatcher)

    void start();
    /// Asks running commands to stop and waits for them; what was claimed but not entered goes back. False if
    /// commands still run at the deadline. May come again.
    [[nodiscard]] bool stop(std::chrono::milliseconds deadline);
    void drainWhenIdle();
    void onStoreChange(const StoreChange &change);

    /// A run that is not stored.
    struct Transient {
        std::function<void(std::function<void()> ended)> work; ///< calls `ended` once, on any thread
        std::function<void(StopReason)> requestStop;
        std::chrono::milliseconds timeout;
    };
    /// Runs it in the lane of a worker, or in the pool, in turn with its stored jobs.
    void runTransient(const QString &worker, Transient run);
    /// Calls `work` on the dispatcher's thread after a while.
    void runLater(std::chrono::milliseconds delay, std::function<void()> work);

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct Task {
        std::shared_ptr<Attempt> attempt; ///< null: transient
        std::int64_t transient = 0; ///< its key in m_transients
        Moment claimed;
    };
    using Timeouts = std::multimap<Moment, std::int64_t>; ///< by id, or by key of a transient run
    struct RunningTransient {
        Transient run;
        std::optional<Timeouts::iterator> timeout; ///< nothing: it waits for its turn
    };
    /// A named worker, or the pool of those without.
    struct Lane {
        std::deque<Task> waiting;
        int running = 0;
        int width = 1;
        double averageMs = -1; ///< of the last runs; unknown: negative

        [[nodiscard]] int prefetch() const;
        [[nodiscard]] int room() const;
        [[nodiscard]] bool isIdle() const { return waiting.empty() && running == 0; }
    };
    struct Running {
        std::shared_ptr<Attempt> attempt;
        Timeouts::iterator timeout;
        Moment began;
    };

    void loop();
    [[nodiscard]] Moment nextMoment() const;
    [[nodiscard]] bool mayClaim() const;
    [[nodiscard]] bool mayBeDrained() const;
    [[nodiscard]] std::shared_ptr<Attempt> claimedAttempt(std::int64_t id) const;
    // With the lock held; those that are given it let go of it while they call the store.
    void postClaim(std::unique_lock<std::mutex> &lock);
    void onClaimed(Result<ClaimResult> claimed);
    void requestCancels(std::unique_lock<std::mutex> &lock);
    void expireTimeouts(Moment now, std::unique_lock<std::mutex> &lock);
    using StopRequests = std::vector<std::function<void(StopReason)>>;
    [[nodiscard]] static std::function<void(StopReason)> stopRequest(const std::shared_ptr<Attempt> &attempt);
    static void requestStop(const StopRequests &requests, StopReason reason, std::unique_lock<std::mutex> &lock);
    void releaseOverdue(Moment now, std::unique_lock<std::mutex> &lock);
    void beat(Moment now, std::unique_lock<std::mutex> &lock);
    void checkDrained(std::unique_lock<std::mutex> &lock);

    void release(const QList<JobRef> &jobs, const QList<std::int64_t> &generations);
    Lane &lane(const QString &worker);
    void startWaiting(const QString &worker, Lane &lane);
    void begin(const Task &task, const QString &worker);
    void beginTransient(std::int64_t key, const QString &worker);
    void onReturned(const Attempt &attempt);
    void onFinalised(const Attempt &attempt, const AttemptEnd &end);
    void placeIsFree(const QString &worker, double ranMs);
    [[nodiscard]] JobRunner::Services services();
    WorkerDelta &delta(const QString &worker);
    [[nodiscard]] std::chrono::seconds timeoutOf(const Job &job) const;

    std::shared_ptr<JobStore> m_store;
    const CommandRegistry &m_registry;
    const HostOptions &m_options;
    const Clock &m_clock;
    const QString m_hostId;
    std::unique_ptr<EnteredJobs> m_entered;
    Events m_events;
    ClaimRequest m_request; ///< what does not change from claim to claim

    std::mutex m_mutex;
    std::condition_variable m_wake;   ///< for the loop
    std::condition_variable m_settled; ///< for stop()
    std::map<QString, Lane> m_lanes;  ///< the pool has a null name
    std::unordered_map<std::int64_t, Running> m_running; ///< entered
    std::map<std::int64_t, RunningTransient> m_transients; ///< running or waiting; their keys are negative
    std::int64_t m_lastTransient = 0;
    Timeouts m_timeouts;
    std::multimap<Moment, std::function<void()>> m_later;
    std::map<QString, WorkerDelta> m_deltas;
    std::map<std::pair<QString, QString>, int> m_durations; ///< of the last runs, by name and worker
    int m_outstanding = 0; ///< claimed and not yet finalised
    bool m_claimWanted = true;
    bool m_claiming = false;
    bool m_more = false; ///< the store had more than there was room for
    bool m_cancelsWanted = false;
    bool m_draining = false;
    bool m_retriesPending = false; ///< the drain has to wait for a job's next attempt
    bool m_drainChecked = false; ///< the last claim was made for the drain and found nothing
    bool m_stopping = false;
    bool m_ended = false;
    QStringList m_unknown;
    std::optional<Timestamp> m_nextDue; ///< by the clock on the wall: it may be set, and goes on while the machine sleeps
    Moment m_nextBeat;

    std::unique_ptr<JobRunner> m_runner;
    RunnerPool m_pool; ///< ends before the runner does
    std::thread m_thread;
};

} // namespace stint
