// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/activeruns.h"

#include <algorithm>

namespace stint {

namespace {
/// Later than this no thread wakes up that the system just has not come to.
constexpr std::chrono::seconds standstill{1};
/// While something runs, so that no stop of the process stays unknown for longer.
constexpr std::chrono::seconds longestSleep{5};
} // namespace

ActiveRuns::Timeouts::iterator ActiveRuns::startClock(std::int64_t id, std::chrono::milliseconds timeout)
{
    return m_timeouts.emplace(std::chrono::steady_clock::now() + timeout, id);
}

bool ActiveRuns::begin(const std::shared_ptr<Attempt> &attempt, std::chrono::milliseconds timeout)
{
    const std::int64_t id = attempt->job.id;
    const Moment now = std::chrono::steady_clock::now();
    m_running.emplace(id, Running{attempt, startClock(id, timeout), now});
    return now + std::min<std::chrono::milliseconds>(timeout, longestSleep) < m_wake;
}

bool ActiveRuns::goOnAs(const std::shared_ptr<Attempt> &attempt, std::chrono::milliseconds timeout)
{
    const auto running = m_running.find(attempt->job.id);
    if (running == m_running.end())
        return false;
    m_timeouts.erase(running->second.timeout);
    running->second.timeout = startClock(attempt->job.id, timeout);
    running->second.attempt = attempt;
    return true;
}

double ActiveRuns::end(std::int64_t jobId)
{
    const auto running = m_running.find(jobId);
    const std::chrono::duration<double, std::milli> ran = std::chrono::steady_clock::now() - running->second.began;
    m_timeouts.erase(running->second.timeout);
    m_running.erase(running);
    return ran.count();
}

std::shared_ptr<Attempt> ActiveRuns::find(std::int64_t jobId) const
{
    const auto running = m_running.find(jobId);
    return running == m_running.end() ? nullptr : running->second.attempt;
}

std::int64_t ActiveRuns::add(Transient run)
{
    m_transients.emplace(--m_lastTransient, RunningTransient{std::move(run), {}});
    return m_lastTransient;
}

const ActiveRuns::Transient &ActiveRuns::beginTransient(std::int64_t key)
{
    RunningTransient &begun = m_transients.at(key);
    begun.timeout = startClock(key, begun.run.timeout);
    return begun.run;
}

void ActiveRuns::endTransient(std::int64_t key)
{
    const auto ended = m_transients.find(key);
    m_timeouts.erase(*ended->second.timeout);
    m_transients.erase(ended);
}

std::vector<ActiveRuns::Late> ActiveRuns::takeLate(Moment now)
{
    std::vector<Late> late;
    while (!m_timeouts.empty() && m_timeouts.begin()->first <= now) {
        const std::int64_t id = m_timeouts.begin()->second;
        m_timeouts.erase(m_timeouts.begin());
        const auto never = m_timeouts.emplace(Moment::max(), id);
        if (const auto transient = m_transients.find(id); transient != m_transients.end()) {
            transient->second.timeout = never;
            late.push_back({transient->second.run.requestStop, nullptr});
        } else {
            Running &running = m_running.at(id);
            running.timeout = never;
            late.push_back({stopRequest(running.attempt), running.attempt});
        }
    }
    return late;
}

ActiveRuns::Moment ActiveRuns::nextLate() const
{
    return m_timeouts.empty() ? Moment::max() : std::min(m_timeouts.begin()->first, std::chrono::steady_clock::now() + longestSleep);
}

void ActiveRuns::fallAsleep(Moment now, Moment wake)
{
    m_asleepSince = now;
    m_wake = std::max(now, wake);
}

void ActiveRuns::wakeUp(Moment now)
{
    if (now - m_wake < standstill)
        return;
    const auto time = now - m_asleepSince;
    for (auto &[id, running] : m_running)
        postpone(running.timeout, time);
    for (auto &[key, transient] : m_transients) {
        if (transient.timeout)
            postpone(*transient.timeout, time);
    }
}

void ActiveRuns::postpone(Timeouts::iterator &timeout, Moment::duration time)
{
    if (timeout->first == Moment::max())
        return;
    auto node = m_timeouts.extract(timeout);
    node.key() += time;
    timeout = m_timeouts.insert(std::move(node));
}

std::vector<ActiveRuns::StopRequest> ActiveRuns::stopRequests() const
{
    std::vector<StopRequest> requests;
    for (const auto &[id, running] : m_running)
        requests.push_back(stopRequest(running.attempt));
    for (const auto &[key, transient] : m_transients)
        requests.push_back(transient.run.requestStop);
    return requests;
}

ActiveRuns::StopRequest ActiveRuns::stopRequest(const std::shared_ptr<Attempt> &attempt)
{
    return [attempt](StopReason reason) { attempt->requestStop(reason); };
}

} // namespace stint
