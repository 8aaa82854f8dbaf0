// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/dispatcher.h"

#include "engine/logging.h"

#include <algorithm>
#include <vector>

namespace stint {

namespace {

using namespace std::chrono_literals;

/// Claimed ahead is what these milliseconds can run, so that short jobs share commits and long ones are not hoarded.
constexpr double prefetchMs = 20;
constexpr int prefetchLimit = 1000;
constexpr int outstandingLimit = EnteredJobs::capacity / 2;
/// A claimed job that has found no place for this long goes back to the queue.
constexpr auto overdueTime = 200ms;
constexpr auto busyBeat = 1s;
constexpr auto idleBeat = 15s;
constexpr auto storeRetryDelay = 1s;
constexpr auto notRespondingTime = 5s;
/// No wait is longer, so that a jump of the clock is noticed.
constexpr auto longestSleep = 60s;

JobState stateAfter(AttemptEnd::Kind kind)
{
    switch (kind) {
    case AttemptEnd::Kind::Execute:
        return JobState::Executed;
    case AttemptEnd::Kind::Complete:
        return JobState::Completed;
    case AttemptEnd::Kind::Fail:
        return JobState::Failed;
    case AttemptEnd::Kind::Cancel:
        return JobState::Cancelled;
    default:
        return JobState::Queued;
    }
}

JobEvent eventOf(const Job &job, JobState state)
{
    return {.id = job.id, .name = job.name(), .worker = job.worker, .attempt = job.attempts, .state = state};
}

} // namespace

int Dispatcher::Lane::prefetch() const
{
    if (averageMs < 0 || averageMs > prefetchMs)
        return 0;
    return std::min(prefetchLimit, static_cast<int>(width * prefetchMs / std::max(averageMs, 0.005)));
}

int Dispatcher::Lane::room() const
{
    return std::max(0, width + prefetch() - running - static_cast<int>(waiting.size()));
}

Dispatcher::Dispatcher(std::shared_ptr<JobStore> store, const CommandRegistry &registry, const HostOptions &options, const Clock &clock,
                       QString hostId, std::unique_ptr<EnteredJobs> entered, Events events)
    : m_store(std::move(store))
    , m_registry(registry)
    , m_options(options)
    , m_clock(clock)
    , m_hostId(std::move(hostId))
    , m_entered(std::move(entered))
    , m_events(std::move(events))
    , m_nextBeat(std::chrono::steady_clock::now() + idleBeat)
{
    m_request.hostId = m_hostId;
    for (const CommandInfo &command : registry.describe()) {
        (command.isApi ? m_request.apis : m_request.commands).insert(command.name);
        const CommandEntry *const entry = registry.find(command.name, command.isApi);
        if (!command.isApi && !entry->options.worker.isEmpty())
            m_request.fixedWorkers.insert(command.name, entry->options.worker);
    }
    m_lanes[QString()].width = options.concurrency > 0 ? options.concurrency : 4 * static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
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
            .started = [this](const Attempt &attempt) { m_events.started(eventOf(attempt.job, JobState::Started)); },
            .logged = m_events.logged,
            .problem = m_events.problem,
            .callbackBegins = [this](const std::shared_ptr<Attempt> &attempt) {
                const std::lock_guard lock(m_mutex);
                const auto running = m_running.find(attempt->job.id);
                if (running == m_running.end())
                    return;
                m_timeouts.erase(running->second.timeout);
                running->second.timeout = m_timeouts.emplace(std::chrono::steady_clock::now() + timeoutOf(attempt->job), attempt->job.id);
                running->second.attempt = attempt;
                if (m_stopping)
                    attempt->requestStop(StopReason::HostStop);
            },
            .returned = [this](const Attempt &attempt) { onReturned(attempt); },
            .finalised = [this](const Attempt &attempt, const AttemptEnd &end) { onFinalised(attempt, end); }};
}

void Dispatcher::onStoreChange(const StoreChange &change)
{
    if (!change.problem.isEmpty())
        m_events.problem(change.problem);
    {
        const std::lock_guard lock(m_mutex);
        m_claimWanted = m_claimWanted || change.jobsMayBeDue || !change.byThisProcess;
        m_cancelsWanted = m_cancelsWanted || change.cancelRequested || !change.byThisProcess;
        if (!m_claimWanted && !m_cancelsWanted)
            return;
    }
    m_wake.notify_one();
}

void Dispatcher::drainWhenIdle()
{
    {
        const std::lock_guard lock(m_mutex);
        m_draining = true;
        m_claimWanted = true;
    }
    m_wake.notify_one();
}

void Dispatcher::runLater(std::chrono::milliseconds delay, std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_later.emplace(std::chrono::steady_clock::now() + delay, std::move(work));
    }
    m_wake.notify_one();
}

void Dispatcher::runTransient(const QString &worker, Transient run)
{
    const std::lock_guard lock(m_mutex);
    m_transients.emplace(--m_lastTransient, RunningTransient{std::move(run), {}});
    Lane &taker = lane(worker);
    taker.waiting.push_back({nullptr, m_lastTransient, std::chrono::steady_clock::now()});
    startWaiting(worker, taker);
}

void Dispatcher::loop()
{
    std::unique_lock lock(m_mutex);
    while (!m_ended) {
        const Moment now = std::chrono::steady_clock::now();
        if (m_nextDue && *m_nextDue <= m_clock.now()) {
            m_claimWanted = true;
            m_nextDue.reset();
        }
        while (!m_later.empty() && m_later.begin()->first <= now) {
            const auto work = std::move(m_later.begin()->second);
            m_later.erase(m_later.begin());
            lock.unlock();
            work();
            lock.lock();
        }
        expireTimeouts(now, lock);
        releaseOverdue(now, lock);
        if (m_nextBeat <= now)
            beat(now, lock);
        if (m_cancelsWanted && !m_claiming) // what is being claimed may be among them
            requestCancels(lock);
        if (mayClaim()) {
            postClaim(lock);
            continue;
        }
        checkDrained(lock);
        if (mayClaim())
            continue;
        m_wake.wait_until(lock, nextMoment(), [this] {
            return m_ended || (m_cancelsWanted && !m_claiming) || mayClaim() || mayBeDrained() || nextMoment() <= std::chrono::steady_clock::now();
        });
    }
}

bool Dispatcher::mayClaim() const
{
    return m_claimWanted && !m_claiming && !m_stopping && m_outstanding < outstandingLimit;
}

bool Dispatcher::mayBeDrained() const
{
    return m_draining && !m_stopping && !m_claiming && !m_claimWanted && !m_retriesPending && m_outstanding == 0 && m_transients.empty();
}

Dispatcher::Moment Dispatcher::nextMoment() const
{
    const Moment now = std::chrono::steady_clock::now();
    Moment next = std::min(m_nextBeat, now + longestSleep);
    if (m_nextDue)
        next = std::min(next, now + std::clamp<Moment::duration>(*m_nextDue - m_clock.now(), 1ms, longestSleep));
    if (!m_timeouts.empty())
        next = std::min(next, m_timeouts.begin()->first);
    if (!m_later.empty())
        next = std::min(next, m_later.begin()->first);
    for (const auto &[worker, lane] : m_lanes) {
        if (!lane.waiting.empty() && lane.waiting.front().attempt)
            next = std::min(next, lane.waiting.front().claimed + overdueTime);
    }
    return next;
}

void Dispatcher::postClaim(std::unique_lock<std::mutex> &lock)
{
    m_claimWanted = false;
    m_claiming = true;
    m_drainChecked = false;
    ClaimRequest request = m_request;
    request.draining = m_draining;
    // What may be outstanding is shared out, so that many quick lanes together do not claim without bound.
    const int share = std::max(1, (outstandingLimit - m_outstanding) / static_cast<int>(m_lanes.size()));
    request.poolCapacity = std::min(m_lanes[QString()].room(), share);
    for (const auto &[worker, lane] : m_lanes) {
        if (!worker.isNull())
            request.laneCapacity.insert(worker, std::min(lane.room(), share));
    }
    request.newLanes = std::max(0, m_options.laneLimit - static_cast<int>(m_lanes.size()) + 1);
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
            m_claiming = false;
            m_claimWanted = true;
            m_settled.notify_all();
        });
        return;
    }
    for (const QString &name : std::as_const(claimed->unknown)) {
        const std::lock_guard lock(m_mutex);
        if (!m_unknown.contains(name)) {
            m_unknown.append(name);
            m_events.problem(QStringLiteral("no host knows %1: its jobs stay queued").arg(name));
        }
    }
    const Moment now = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(m_mutex);
        m_claiming = false;
        m_more = claimed->more;
        m_retriesPending = claimed->nextRetry.has_value();
        m_claimWanted = m_claimWanted || claimed->again;
        m_drainChecked = m_draining && claimed->jobs.empty() && !claimed->again && !claimed->nextRetry && m_outstanding == 0;
        m_nextDue = claimed->nextDue;
        if (m_draining)
            m_unknown = claimed->unknown;
        m_outstanding += static_cast<int>(claimed->jobs.size());
        for (Job &job : claimed->jobs) {
            const QString worker = job.worker;
            lane(worker).waiting.push_back({std::make_shared<Attempt>(std::move(job)), 0, now});
        }
        for (auto at = m_lanes.begin(); at != m_lanes.end();) {
            startWaiting(at->first, at->second);
            if (at->second.isIdle() && !at->first.isNull()) {
                at = m_lanes.erase(at);
                m_claimWanted = m_claimWanted || m_more; // its place is another worker's
            } else {
                ++at;
            }
        }
    }
    m_wake.notify_one();
    m_settled.notify_all();
}

Dispatcher::Lane &Dispatcher::lane(const QString &worker)
{
    const auto found = m_lanes.find(worker);
    if (found != m_lanes.end())
        return found->second;
    Lane &made = m_lanes[worker];
    made.width = std::max(1, m_options.workerWidth.value(worker, 1));
    return made;
}

void Dispatcher::startWaiting(const QString &worker, Lane &lane)
{
    while (!lane.waiting.empty() && lane.running < lane.width && !(m_stopping && lane.waiting.front().attempt)) {
        const Task task = std::move(lane.waiting.front());
        lane.waiting.pop_front();
        ++lane.running;
        begin(task, worker);
    }
}

void Dispatcher::begin(const Task &task, const QString &worker)
{
    if (!task.attempt)
        return beginTransient(task.transient, worker);
    const Job &job = task.attempt->job;
    const Moment now = std::chrono::steady_clock::now();
    m_running.emplace(job.id, Running{task.attempt, m_timeouts.emplace(now + timeoutOf(job), job.id), now});
    ++delta(worker).received;
    m_pool.run([this, attempt = task.attempt] { m_runner->run(attempt); });
}

void Dispatcher::beginTransient(std::int64_t key, const QString &worker)
{
    RunningTransient &begun = m_transients.at(key);
    begun.timeout = m_timeouts.emplace(std::chrono::steady_clock::now() + begun.run.timeout, key);
    m_wake.notify_one();
    m_pool.run([this, work = begun.run.work, key, worker] {
        work([this, key, worker] {
            const std::lock_guard lock(m_mutex);
            const auto ended = m_transients.find(key);
            m_timeouts.erase(*ended->second.timeout);
            m_transients.erase(ended);
            placeIsFree(worker, -1);
            m_settled.notify_all();
            m_wake.notify_one();
        });
    });
}

std::chrono::seconds Dispatcher::timeoutOf(const Job &job) const
{
    return m_runner->completer().timeout(job, m_registry.find(job.name(), job.isApi()));
}

void Dispatcher::onReturned(const Attempt &attempt)
{
    const std::lock_guard lock(m_mutex);
    const auto running = m_running.find(attempt.job.id);
    const std::chrono::duration<double, std::milli> ran = std::chrono::steady_clock::now() - running->second.began;
    m_timeouts.erase(running->second.timeout);
    m_running.erase(running);
    placeIsFree(attempt.job.worker, ran.count());
}

void Dispatcher::placeIsFree(const QString &worker, double ranMs)
{
    Lane &freed = lane(worker);
    --freed.running;
    if (ranMs >= 0)
        freed.averageMs = freed.averageMs < 0 ? ranMs : 0.8 * freed.averageMs + 0.2 * ranMs;
    startWaiting(worker, freed);
    // Asking for more once half of what was claimed ahead is gone keeps the claims few and large.
    if (m_more && freed.room() > freed.prefetch() / 2) {
        m_claimWanted = true;
        m_wake.notify_one();
    }
}

void Dispatcher::onFinalised(const Attempt &attempt, const AttemptEnd &end)
{
    JobEvent event = eventOf(attempt.job, stateAfter(end.kind));
    event.durationMs = end.durationMs;
    if (end.error) {
        event.errorCode = end.error->errorCode;
        event.message = end.error->message;
    }
    m_events.ended(event);
    const std::lock_guard lock(m_mutex);
    --m_outstanding;
    WorkerDelta &counters = delta(attempt.job.worker);
    counters.completed += end.kind == AttemptEnd::Kind::Complete ? 1 : 0;
    if (end.kind == AttemptEnd::Kind::Complete)
        m_durations[{attempt.job.name(), attempt.job.worker}] = end.durationMs;
    counters.failed += end.kind == AttemptEnd::Kind::Fail ? 1 : 0;
    counters.cancelled += end.kind == AttemptEnd::Kind::Cancel ? 1 : 0;
    counters.retries += end.kind == AttemptEnd::Kind::Retry ? 1 : 0;
    if (m_outstanding == 0 || m_outstanding == outstandingLimit - 1 || m_stopping) {
        m_settled.notify_all();
        m_wake.notify_one();
    }
}

WorkerDelta &Dispatcher::delta(const QString &worker)
{
    if (m_deltas.empty()) {
        m_nextBeat = std::min(m_nextBeat, std::chrono::steady_clock::now() + busyBeat);
        m_wake.notify_one();
    }
    WorkerDelta &counters = m_deltas[worker];
    counters.name = worker;
    counters.lastActivity = m_clock.now();
    return counters;
}

void Dispatcher::beat(Moment now, std::unique_lock<std::mutex> &lock)
{
    m_nextBeat = now + idleBeat;
    QList<WorkerDelta> workers;
    for (auto &[name, counters] : m_deltas)
        workers.append(std::move(counters));
    m_deltas.clear();
    QList<RunDuration> durations;
    for (const auto &[key, milliseconds] : m_durations)
        durations.append({key.first, key.second, milliseconds});
    m_durations.clear();
    lock.unlock();
    m_store->heartbeat(m_hostId, std::move(workers), std::move(durations), {});
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
    if (!ids) {
        m_later.emplace(std::chrono::steady_clock::now() + storeRetryDelay, [this] { onStoreChange({.byThisProcess = true, .cancelRequested = true}); });
        return;
    }
    StopRequests cancelled;
    for (const std::int64_t id : *ids) {
        if (const auto attempt = claimedAttempt(id))
            cancelled.push_back(stopRequest(attempt));
    }
    requestStop(cancelled, StopReason::Cancel, lock);
}

/// A stop callback is code of the command: it may end the attempt there and then.
void Dispatcher::requestStop(const StopRequests &requests, StopReason reason, std::unique_lock<std::mutex> &lock)
{
    lock.unlock();
    for (const auto &request : requests)
        request(reason);
    lock.lock();
}

std::function<void(StopReason)> Dispatcher::stopRequest(const std::shared_ptr<Attempt> &attempt)
{
    return [attempt](StopReason reason) { attempt->requestStop(reason); };
}

std::shared_ptr<Attempt> Dispatcher::claimedAttempt(std::int64_t id) const
{
    if (const auto running = m_running.find(id); running != m_running.end())
        return running->second.attempt;
    for (const auto &[worker, lane] : m_lanes) {
        for (const Task &task : lane.waiting) {
            if (task.attempt && task.attempt->job.id == id)
                return task.attempt;
        }
    }
    return {};
}

void Dispatcher::expireTimeouts(Moment now, std::unique_lock<std::mutex> &lock)
{
    StopRequests late;
    while (!m_timeouts.empty() && m_timeouts.begin()->first <= now) {
        const std::int64_t id = m_timeouts.begin()->second;
        m_timeouts.erase(m_timeouts.begin());
        const auto never = m_timeouts.emplace(Moment::max(), id);
        if (const auto transient = m_transients.find(id); transient != m_transients.end()) {
            transient->second.timeout = never;
            late.push_back(transient->second.run.requestStop);
            continue;
        }
        Running &running = m_running.at(id);
        running.timeout = never;
        late.push_back(stopRequest(running.attempt));
        m_later.emplace(now + notRespondingTime, [this, attempt = std::weak_ptr(running.attempt)] {
            if (const auto ignoring = attempt.lock())
                m_store->updateProgress({{ignoring->job.id, ignoring->job.generation, std::nullopt, QStringLiteral("not responding: it ignores that its time is over")}});
        });
    }
    if (!late.empty())
        requestStop(late, StopReason::Timeout, lock);
}

/// Jobs that were claimed ahead behind one that turned out to be slow go back, for others or for later.
void Dispatcher::releaseOverdue(Moment now, std::unique_lock<std::mutex> &lock)
{
    QList<JobRef> jobs;
    QList<std::int64_t> generations;
    for (auto &[worker, lane] : m_lanes) {
        const bool overdue = !lane.waiting.empty() && lane.waiting.front().attempt && lane.waiting.front().claimed + overdueTime <= now;
        if (!overdue && !m_stopping)
            continue;
        std::erase_if(lane.waiting, [&](const Task &task) {
            if (!task.attempt)
                return false;
            jobs.append({task.attempt->job.id, task.attempt->job.refId});
            generations.append(task.attempt->job.generation);
            return true;
        });
        lane.averageMs = std::max<double>(lane.averageMs, overdueTime.count());
    }
    if (jobs.isEmpty())
        return;
    m_more = true;
    lock.unlock();
    release(jobs, generations);
    lock.lock();
}

/// Tries again while the store cannot take it: nobody else would ever run these jobs.
void Dispatcher::release(const QList<JobRef> &jobs, const QList<std::int64_t> &generations)
{
    m_store->release(jobs, generations, [this, jobs, generations](Result<void> released) {
        if (!released) {
            m_events.problem(released.error().message);
            return runLater(storeRetryDelay, [this, jobs, generations] { release(jobs, generations); });
        }
        const std::lock_guard lock(m_mutex);
        m_outstanding -= static_cast<int>(jobs.size());
        m_settled.notify_all();
        m_wake.notify_one();
    });
}

void Dispatcher::checkDrained(std::unique_lock<std::mutex> &lock)
{
    if (!mayBeDrained())
        return;
    if (!m_drainChecked) { // something may have come since the last claim
        m_claimWanted = true;
        return;
    }
    m_draining = false;
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
    m_settled.wait(lock, [this] { return !m_claiming; });
    StopRequests running;
    for (const auto &[id, entered] : m_running)
        running.push_back(stopRequest(entered.attempt));
    for (const auto &[key, transient] : m_transients)
        running.push_back(transient.run.requestStop);
    requestStop(running, StopReason::HostStop, lock);
    releaseOverdue(std::chrono::steady_clock::now(), lock);
    m_wake.notify_one();
    const bool settled = m_settled.wait_for(lock, deadline, [this] { return m_outstanding == 0 && m_transients.empty(); });
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
