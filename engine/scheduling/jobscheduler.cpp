// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/jobscheduler.h"

#include "engine/scheduling/dueplan.h"
#include "engine/threadname.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

using namespace std::chrono_literals;

constexpr auto storeRetryDelay = 1s;
/// Another process may commit hundreds of times a second, and what it did is not known.
constexpr auto restBetweenReads = 100ms;
/// Only so that no sum overflows: that the clock was set is told.
constexpr auto longestSleep = 24h;

bool isAstray(const ScheduledTask &task, Timestamp now)
{
    const auto schedule = Schedule::of(task);
    return task.nextRun && schedule && DuePlan::isAstray(task, *schedule, now);
}

} // namespace

JobScheduler::JobScheduler(std::shared_ptr<JobStore> store, const Clock &clock, Services services)
    : m_store(std::move(store))
    , m_clock(clock)
    , m_services(std::move(services))
{
}

JobScheduler::~JobScheduler()
{
    stop();
}

void JobScheduler::start()
{
    m_aliveSince = m_clock.now();
    m_thread = std::thread([this] { loop(); });
}

void JobScheduler::stop()
{
    {
        std::unique_lock lock(m_mutex);
        m_stopping = true;
        m_wake.notify_one();
        m_answered.wait(lock, [this] { return m_asked == 0; });
    }
    if (m_thread.joinable())
        m_thread.join();
}

void JobScheduler::onStoreChange(const StoreChange &change)
{
    if (!change.tasksChanged && change.byThisProcess)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_readWanted = true;
        m_lookWanted = true; // it may have to wait for its turn, see restBetweenReads
    }
    m_wake.notify_one();
}

void JobScheduler::onClockSet()
{
    {
        const std::lock_guard lock(m_mutex);
        m_clockSet = true;
    }
    m_wake.notify_one();
}

void JobScheduler::whenSettled(std::function<void()> settled)
{
    {
        const std::lock_guard lock(m_mutex);
        m_settled = std::move(settled);
        m_readWanted = true; // as of now, and without a rest
        m_readNotBefore = {};
        m_lookWanted = true;
    }
    m_wake.notify_one();
}

void JobScheduler::loop()
{
    nameThread("stint-schedules");
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        if (std::exchange(m_clockSet, false))
            noticeClock();
        if (mayRead()) {
            read(lock);
            continue;
        }
        m_lookWanted = false;
        askForDue(lock);
        tellSettled(lock);
        m_wake.wait_until(lock, nextMoment(), [this] { return hasWork(); });
    }
}

/// Nobody looked after the tasks in the time that the clock has passed over.
void JobScheduler::noticeClock()
{
    m_aliveSince = m_clock.now();
    for (auto &[id, entry] : m_tasks)
        entry.isAstray = isAstray(entry.task, m_aliveSince);
}

void JobScheduler::read(std::unique_lock<std::mutex> &lock)
{
    m_readWanted = false;
    lock.unlock();
    const auto tasks = m_store->scheduledTasks();
    lock.lock();
    m_readNotBefore = Moment::clock::now() + (tasks ? Moment::duration(restBetweenReads) : Moment::duration(storeRetryDelay));
    if (!tasks) {
        m_readWanted = true;
        if (m_lastProblem != tasks.error().message) {
            m_lastProblem = tasks.error().message;
            m_services.problem(u"the schedules cannot be read: "_s + m_lastProblem);
        }
        return;
    }
    m_lastProblem.clear();
    const Timestamp now = m_clock.now();
    std::map<std::int64_t, Entry> known;
    known.swap(m_tasks);
    for (const ScheduledTask &task : *tasks) {
        Entry &entry = m_tasks[task.id];
        if (const auto before = known.find(task.id); before != known.end())
            entry = std::move(before->second);
        entry.isStale = entry.isAsked;
        if (entry.isAsked)
            continue;
        entry.task = task;
        entry.isAstray = isAstray(task, now);
    }
}

bool JobScheduler::isDue(const Entry &entry, Timestamp now) const
{
    const ScheduledTask &task = entry.task;
    if (task.runRequested)
        return true;
    if (!task.enabled)
        return false;
    // A task without a next run has just been adopted, or its problem says why it has none.
    return task.nextRun ? *task.nextRun <= now || entry.isAstray : task.problem.isEmpty();
}

void JobScheduler::askForDue(std::unique_lock<std::mutex> &lock)
{
    const Timestamp now = m_clock.now();
    const Moment moment = Moment::clock::now();
    std::vector<DueTask> due;
    for (auto &[id, entry] : m_tasks) {
        if (entry.isAsked || entry.notBefore > moment || !isDue(entry, now))
            continue;
        entry.isAsked = true;
        due.push_back({id, entry.task.nextRun, m_aliveSince, entry.transientRuns > 0});
    }
    m_asked += static_cast<int>(due.size());
    lock.unlock(); // a store that cannot write answers at once
    for (const DueTask &task : due)
        m_store->runDueTask(task, [this, id = task.id](const Result<TaskRun> &answer) { onAnswer(id, answer); });
    lock.lock();
}

JobScheduler::Moment JobScheduler::nextMoment() const
{
    const Moment moment = Moment::clock::now();
    const Timestamp now = m_clock.now();
    Moment next = moment + longestSleep;
    if (m_readWanted)
        next = std::min(next, m_readNotBefore);
    for (const auto &[id, entry] : m_tasks) {
        if (entry.isAsked)
            continue;
        if (isDue(entry, now))
            next = std::min(next, std::max(entry.notBefore, moment));
        else if (entry.task.enabled && entry.task.nextRun)
            next = std::min(next, moment + std::min<Ticks>(*entry.task.nextRun - now, longestSleep));
    }
    return next;
}

void JobScheduler::onAnswer(std::int64_t taskId, const Result<TaskRun> &answer)
{
    takeAnswer(taskId, answer);
    if (answer) {
        if (answer->hasNewProblem)
            m_services.problem(u"schedule \"%1\": %2"_s.arg(answer->task.name, answer->task.problem));
        for (int run = 0; run < answer->transientRuns; ++run)
            m_services.runTransient(answer->task.job(), [this, taskId](const Job &job) { onTransientEnded(taskId, job); });
    } else if (answer.error().code != ErrorCode::NotFound) {
        m_services.problem(u"a schedule is late: "_s + answer.error().message);
    }
    const std::lock_guard lock(m_mutex); // last: stop() waits for it
    --m_asked;
    m_lookWanted = true;
    m_answered.notify_all();
    m_wake.notify_one();
}

void JobScheduler::takeAnswer(std::int64_t taskId, const Result<TaskRun> &answer)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_tasks.find(taskId);
    if (found == m_tasks.end())
        return;
    Entry &entry = found->second;
    entry.isAsked = false;
    entry.isAstray = false;
    m_readWanted = m_readWanted || entry.isStale;
    if (answer && answer->task != entry.task)
        entry.task = answer->task;
    else // it failed, or by the store's clock it is not due yet
        entry.notBefore = Moment::clock::now() + storeRetryDelay;
    if (answer)
        entry.transientRuns += answer->transientRuns;
    else if (answer.error().code == ErrorCode::NotFound)
        m_tasks.erase(found);
}

void JobScheduler::onTransientEnded(std::int64_t taskId, const Job &job)
{
    const QString problem
        = job.state == JobState::Completed ? QString() : u"its last run failed: "_s + (job.error ? job.error->message : QString());
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_tasks.find(taskId);
        if (found == m_tasks.end())
            return;
        Entry &entry = found->second;
        --entry.transientRuns;
        // A host that stops asks it to end: that is nobody's fault.
        if (m_stopping || std::exchange(entry.task.problem, problem) == problem)
            return;
        if (!problem.isEmpty())
            m_services.problem(u"schedule \"%1\": %2"_s.arg(entry.task.name, problem));
    }
    m_store->setTaskProblem(taskId, problem, [](const Result<void> &) {});
}

void JobScheduler::tellSettled(std::unique_lock<std::mutex> &lock)
{
    if (!m_settled || m_asked > 0 || m_readWanted)
        return;
    const auto settled = std::exchange(m_settled, {});
    lock.unlock();
    settled();
    lock.lock();
}

} // namespace stint
