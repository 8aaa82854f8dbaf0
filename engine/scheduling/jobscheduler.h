// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/jobhost.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace stint {

/// Has the scheduled tasks of a host's store run when they are due. What becomes of an occurrence is the store's to
/// decide and to record; this knows when to ask it. Sleeps until the next one is due; nothing ticks. Any thread.
class JobScheduler final
{
public:
    /// What it needs of its host.
    struct Services {
        /// Begins a run that is not stored; `finished` may be called on any thread.
        std::function<void(NewJob job, std::function<void(const Job &)> finished)> runTransient;
        std::function<void(const QString &)> problem;
    };

    JobScheduler(std::shared_ptr<JobStore> store, const Clock &clock, Services services);
    ~JobScheduler();
    Q_DISABLE_COPY_MOVE(JobScheduler)

    void start();
    /// Ends once the store has answered what it was asked. May come twice, or first.
    void stop();

    void onStoreChange(const StoreChange &change);
    void onClockSet();
    /// Calls `settled` once, on a thread of its own, as soon as no task is due.
    void whenSettled(std::function<void()> settled);

private:
    using Moment = std::chrono::steady_clock::time_point;

    /// A task as it was last read.
    struct Entry {
        ScheduledTask task;
        bool isAsked = false;  ///< the store has not answered yet
        bool isStale = false;  ///< it was changed meanwhile: the answer may be older
        bool isAstray = false; ///< its next run cannot be right
        int transientRuns = 0; ///< of it that go on
        Moment notBefore;      ///< the store failed a moment ago
    };

    void loop();
    void noticeClock();
    // With the lock held; those that are given it let go of it while they call others.
    void read(std::unique_lock<std::mutex> &lock);
    void askForDue(std::unique_lock<std::mutex> &lock);
    void tellSettled(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] bool isDue(const Entry &entry, Timestamp now) const;
    [[nodiscard]] Moment nextMoment() const;
    [[nodiscard]] bool mayRead() const { return m_readWanted && m_readNotBefore <= Moment::clock::now(); }
    [[nodiscard]] bool hasWork() const { return m_stopping || m_lookWanted || m_clockSet || mayRead(); }

    void takeAnswer(std::int64_t taskId, const Result<TaskRun> &answer);
    void onAnswer(std::int64_t taskId, const Result<TaskRun> &answer);
    void onTransientEnded(std::int64_t taskId, const Job &job);

    const std::shared_ptr<JobStore> m_store;
    const Clock &m_clock;
    const Services m_services;

    std::mutex m_mutex;
    std::condition_variable m_wake;     ///< for the loop
    std::condition_variable m_answered; ///< for stop()
    std::map<std::int64_t, Entry> m_tasks;
    Timestamp m_aliveSince;
    Moment m_readNotBefore;
    int m_asked = 0;
    bool m_readWanted = true;
    bool m_lookWanted = false;
    bool m_clockSet = false;
    bool m_stopping = false;
    QString m_lastProblem; ///< of reading the tasks, told once
    std::function<void()> m_settled;
    std::thread m_thread;
};

} // namespace stint
