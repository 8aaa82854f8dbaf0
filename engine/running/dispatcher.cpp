// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/dispatcher.h"

#include "engine/running/jobevents.h"
#include "engine/threadname.h"

#include <algorithm>

namespace stint {

namespace {

using namespace std::chrono_literals;

constexpr int outstandingLimit = EnteredJobs::capacity / 2;
constexpr auto storeRetryDelay = 1s;
constexpr auto notRespondingTime = 5s;
/// Only so that no sum overflows: that the clock was set is told.
constexpr auto longestSleep = 24h;

} // namespace

Dispatcher::Dispatcher(std::shared_ptr<JobStore> store, const CommandRegistry &registry, const HostOptions &options, const Clock &clock,
                       QString hostId, std::unique_ptr<EnteredJobs> entered, Events events)
    : m_store(std::move(store))
    , m_clock(clock)
    , m_hostId(std::move(hostId))
    , m_entered(std::move(entered))
    , m_events(std::move(events))
    , m_lanes(options)
    , m_claims(m_hostId, registry)
    , m_heartbeat(m_hostId, clock)
{
    m_runner = std::make_unique<JobRunner>(*m_store, registry, options, clock, *m_entered, services());
}

Dispatcher::~Dispatcher()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Dispatcher::start()
{
    m_thread = std::thread([this] { loop(); });
}

JobRunner::Services Dispatcher::services()
{
    return {.runOnPool = [this](std::function<void()> work) { m_pool.run(std::move(work)); },
            .runLater = [this](std::chrono::milliseconds delay, std::function<void()> work) { runLater(delay, std::move(work)); },
            .started = [this](const Attempt &attempt) { m_events.started(startEvent(attempt.job)); },
            .logged = m_events.logged,
            .problem = m_events.problem,
            .callbackBegins = [this](const std::shared_ptr<Attempt> &attempt) { onCallbackBegins(attempt); },
            .returned = [this](const Attempt &attempt) { onReturned(attempt); },
            .givenBack = [this](int count) { onGivenBack(count); },
            .finalised = [this](const Attempt &attempt, const AttemptEnd &end) { onFinalised(attempt, end); }};
}

void Dispatcher::onStoreChange(const StoreChange &change)
{
    if (!change.problem.isEmpty())
        m_events.problem(change.problem);
    std::unique_lock lock(m_mutex);
    if (change.jobsMayBeDue || !change.byThisProcess)
        m_claims.want();
    m_cancelsWanted = m_cancelsWanted || change.cancelRequested || !change.byThisProcess;
    // At once, for to wake the loop takes as long as the claim; but a cancel, which is the loop's, is not put off by it.
    if (!m_cancelsWanted && mayClaim())
        postClaim(lock);
    if (m_claims.isWanted() || m_cancelsWanted)
        m_wake.notify_one();
}

void Dispatcher::drainWhenIdle()
{
    {
        const std::lock_guard lock(m_mutex);
        m_drain.want();
        m_claims.want();
    }
    m_wake.notify_one();
}

void Dispatcher::runLater(std::chrono::milliseconds delay, std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_later.add(delay, std::move(work));
    }
    m_wake.notify_one();
}

void Dispatcher::runTransient(const QString &worker, Transient run)
{
    const std::lock_guard lock(m_mutex);
    m_lanes.add(worker, {nullptr, m_active.add(std::move(run)), std::chrono::steady_clock::now()});
    startWaiting(worker);
}

void Dispatcher::loop()
{
    nameThread("stint-dispatch");
    std::unique_lock lock(m_mutex);
    while (!m_ended) {
        const Moment now = std::chrono::steady_clock::now();
        m_claims.lookAtClock(m_clock);
        makeDelayedCalls(now, lock);
        expireTimeouts(now, lock);
        releaseOverdue(now, lock);
        if (m_heartbeat.next() <= now)
            beat(now, lock);
        if (m_cancelsWanted && !m_claims.isUnderWay()) // what is being claimed may be among them
            requestCancels(lock);
        if (mayClaim()) {
            postClaim(lock);
            continue;
        }
        checkDrained(lock);
        if (mayClaim())
            continue;
        m_active.fallAsleep(std::chrono::steady_clock::now(), nextMoment());
        m_wake.wait_until(lock, m_active.wake(), [this] {
            return m_ended || (m_cancelsWanted && !m_claims.isUnderWay()) || mayClaim() || mayBeDrained()
                || nextMoment() <= std::max(std::chrono::steady_clock::now(), m_active.wake() - 1ms); // come, or sooner than thought
        });
        m_active.wakeUp(std::chrono::steady_clock::now());
    }
    makeDelayedCalls(std::chrono::steady_clock::now(), lock); // commands that ended last are to be destroyed
}

void Dispatcher::makeDelayedCalls(Moment now, std::unique_lock<std::mutex> &lock)
{
    while (const auto call = m_later.takeDue(now)) {
        lock.unlock();
        call();
        lock.lock();
    }
}

bool Dispatcher::mayClaim() const
{
    return m_claims.isWanted() && !m_claims.isUnderWay() && !m_stopping && m_outstanding < outstandingLimit;
}

bool Dispatcher::mayBeDrained() const
{
    return m_drain.isWanted() && !m_stopping && !m_claims.isUnderWay() && !m_claims.isWanted() && !m_drain.hasToWait() && m_outstanding == 0
        && !m_active.hasTransients();
}

Dispatcher::Moment Dispatcher::nextMoment() const
{
    const Moment now = std::chrono::steady_clock::now();
    Moment next = std::min({m_heartbeat.next(), now + longestSleep, m_active.nextLate(), m_later.next(), m_lanes.nextOverdue()});
    if (const auto due = m_claims.nextDue())
        next = std::min(next, now + std::clamp<Moment::duration>(*due - m_clock.now(), 1ms, longestSleep));
    return next;
}

void Dispatcher::postClaim(std::unique_lock<std::mutex> &lock)
{
    m_drain.claimBegins();
    ClaimRequest request = m_claims.begin();
    request.draining = m_drain.isWanted();
    m_lanes.offer(request, outstandingLimit - m_outstanding);
    lock.unlock(); // a store that cannot write answers at once
    m_store->claim(std::move(request), [this](Result<ClaimResult> claimed) { onClaimed(std::move(claimed)); });
    lock.lock();
}

void Dispatcher::onClaimed(Result<ClaimResult> claimed)
{
    if (!claimed) {
        m_events.problem(claimed.error().message);
        runLater(storeRetryDelay, [this] { // until then no claim is made, whatever asks for one
            const std::lock_guard lock(m_mutex);
            m_claims.tryAgain();
            m_settled.notify_all();
        });
        return;
    }
    reportUnknown(claimed->unknown);
    const Moment now = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(m_mutex);
        m_claims.end(*claimed);
        m_drain.claimEnded(*claimed, m_outstanding == 0);
        if (m_drain.isWanted())
            m_unknown = claimed->unknown;
        m_outstanding += static_cast<int>(claimed->jobs.size());
        for (Job &job : claimed->jobs) {
            const QString worker = job.worker;
            m_lanes.add(worker, {std::make_shared<Attempt>(std::move(job)), 0, now});
            startWaiting(worker);
        }
        if (m_lanes.removeIdle())
            m_claims.wantIfThereIsMore(); // their places are other workers'
    }
    notifyAll();
}

void Dispatcher::reportUnknown(const QStringList &names)
{
    for (const QString &name : names) {
        const std::lock_guard lock(m_mutex);
        if (!m_unknown.contains(name)) {
            m_unknown.append(name);
            m_events.problem(QStringLiteral("no host knows %1: its jobs stay queued").arg(name));
        }
    }
}

void Dispatcher::startWaiting(const QString &worker)
{
    while (const auto task = m_lanes.begin(worker, m_stopping))
        begin(*task, worker);
}

void Dispatcher::begin(const WorkerLanes::Task &task, const QString &worker)
{
    if (!task.attempt)
        return beginTransient(task.transient, worker);
    const bool isSooner = m_active.begin(task.attempt, m_runner->timeoutOf(task.attempt->job));
    if (m_heartbeat.countBegin(worker) || isSooner)
        m_wake.notify_one();
    m_pool.run([this, attempt = task.attempt] { m_runner->run(attempt); });
}

void Dispatcher::beginTransient(std::int64_t key, const QString &worker)
{
    const auto &work = m_active.beginTransient(key).work;
    m_wake.notify_one();
    m_pool.run([this, work, key, worker] {
        work([this, key, worker](const Dispose &dispose) {
            const std::lock_guard lock(m_mutex);
            if (dispose)
                m_later.add({}, dispose);
            m_active.endTransient(key);
            placeIsFree(worker, -1);
            notifyAll();
        });
    });
}

void Dispatcher::onCallbackBegins(const std::shared_ptr<Attempt> &attempt)
{
    const std::lock_guard lock(m_mutex);
    if (m_active.goOnAs(attempt, m_runner->timeoutOf(attempt->job)) && m_stopping)
        attempt->requestStop(StopReason::HostStop);
}

void Dispatcher::onReturned(const Attempt &attempt)
{
    const std::lock_guard lock(m_mutex);
    placeIsFree(attempt.job.worker, m_active.end(attempt.job.id));
}

void Dispatcher::placeIsFree(const QString &worker, double ranMs)
{
    m_lanes.leave(worker, ranMs);
    startWaiting(worker);
    if (m_claims.thereIsMore() && m_lanes.wantsMore(worker)) {
        m_claims.want();
        m_wake.notify_one();
    }
}

void Dispatcher::onFinalised(const Attempt &attempt, const AttemptEnd &end)
{
    m_events.ended(endEvent(attempt.job, end));
    const std::lock_guard lock(m_mutex);
    --m_outstanding;
    const bool beatIsSooner = m_heartbeat.countEnd(attempt.job, end);
    if (beatIsSooner || m_outstanding == 0 || m_outstanding == outstandingLimit - 1 || m_stopping)
        notifyAll();
}

void Dispatcher::beat(Moment now, std::unique_lock<std::mutex> &lock)
{
    lock.unlock();
    m_heartbeat.send(*m_store, now);
    lock.lock();
}

void Dispatcher::requestCancels(std::unique_lock<std::mutex> &lock)
{
    m_cancelsWanted = false;
    if (m_outstanding == 0)
        return;
    lock.unlock();
    const auto ids = m_store->cancelRequests(m_hostId);
    lock.lock();
    if (!ids)
        return m_later.add(storeRetryDelay, [this] { onStoreChange({.byThisProcess = true, .cancelRequested = true}); });
    std::vector<ActiveRuns::StopRequest> cancelled;
    for (const std::int64_t id : *ids) {
        if (const auto attempt = claimedAttempt(id))
            cancelled.push_back(ActiveRuns::stopRequest(attempt));
    }
    requestStop(cancelled, StopReason::Cancel, lock);
}

/// A stop callback is code of the command: it may end the attempt there and then.
void Dispatcher::requestStop(const std::vector<ActiveRuns::StopRequest> &requests, StopReason reason, std::unique_lock<std::mutex> &lock)
{
    lock.unlock();
    for (const auto &request : requests)
        request(reason);
    lock.lock();
}

std::shared_ptr<Attempt> Dispatcher::claimedAttempt(std::int64_t id) const
{
    const auto running = m_active.find(id);
    return running ? running : m_lanes.find(id);
}

void Dispatcher::expireTimeouts(Moment now, std::unique_lock<std::mutex> &lock)
{
    std::vector<ActiveRuns::StopRequest> late;
    for (auto &[stop, attempt] : m_active.takeLate(now)) {
        late.push_back(std::move(stop));
        if (!attempt)
            continue;
        m_later.add(notRespondingTime, [this, running = std::weak_ptr(attempt)] {
            if (const auto ignoring = running.lock())
                m_store->updateProgress({{ignoring->job.id, ignoring->job.generation, std::nullopt,
                                          QStringLiteral("not responding: it ignores that its time is over")}});
        });
    }
    if (!late.empty())
        requestStop(late, StopReason::Timeout, lock);
}

/// Jobs that were claimed ahead behind one that turned out to be slow go back, for others or for later.
void Dispatcher::releaseOverdue(Moment now, std::unique_lock<std::mutex> &lock)
{
    const auto overdue = m_lanes.takeOverdue(now, m_stopping);
    if (overdue.empty())
        return;
    m_claims.expectMore();
    lock.unlock();
    m_runner->giveBack(overdue);
    lock.lock();
}

void Dispatcher::onGivenBack(int count)
{
    const std::lock_guard lock(m_mutex);
    m_outstanding -= count;
    notifyAll();
}

void Dispatcher::checkDrained(std::unique_lock<std::mutex> &lock)
{
    if (!mayBeDrained())
        return;
    if (!m_drain.isConfirmed()) { // something may have come since the last claim
        m_claims.want();
        return;
    }
    m_drain.end();
    const QStringList unknown = m_unknown;
    lock.unlock();
    m_events.drained(unknown);
    lock.lock();
}

bool Dispatcher::stop(std::chrono::milliseconds deadline)
{
    std::unique_lock lock(m_mutex);
    if (!m_thread.joinable())
        return true;
    m_stopping = true;
    m_settled.wait(lock, [this] { return !m_claims.isUnderWay(); });
    requestStop(m_active.stopRequests(), StopReason::HostStop, lock);
    releaseOverdue(std::chrono::steady_clock::now(), lock);
    m_wake.notify_one();
    const bool settled = m_settled.wait_for(lock, deadline, [this] { return m_outstanding == 0 && !m_active.hasTransients(); });
    if (!settled)
        return false;
    beat(std::chrono::steady_clock::now(), lock);
    m_ended = true;
    lock.unlock();
    m_wake.notify_all();
    m_thread.join();
    return true;
}

} // namespace stint
