// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/workerlanes.h"

#include <algorithm>

namespace stint {

namespace {

using namespace std::chrono_literals;

/// Claimed ahead is what these milliseconds can run, so that short jobs share commits and long ones are not hoarded.
constexpr double prefetchMs = 20;
constexpr int prefetchLimit = 1000;
/// A claimed job that has found no place for this long goes back to the queue.
constexpr auto overdueTime = 200ms;

} // namespace

int WorkerLanes::Lane::prefetch() const
{
    if (averageMs < 0 || averageMs > prefetchMs)
        return 0;
    return std::min(prefetchLimit, static_cast<int>(width * prefetchMs / std::max(averageMs, 0.005)));
}

int WorkerLanes::Lane::room() const
{
    return std::max(0, width + prefetch() - running - static_cast<int>(waiting.size()));
}

WorkerLanes::WorkerLanes(const HostOptions &options)
    : m_options(options)
{
    m_lanes[QString()].width = options.effectiveConcurrency();
}

WorkerLanes::Lane &WorkerLanes::lane(const QString &worker)
{
    const auto found = m_lanes.find(worker);
    if (found != m_lanes.end())
        return found->second;
    Lane &made = m_lanes[worker];
    made.width = std::max(1, m_options.workerWidth.value(worker, 1));
    return made;
}

void WorkerLanes::add(const QString &worker, Task task)
{
    lane(worker).waiting.push_back(std::move(task));
}

std::optional<WorkerLanes::Task> WorkerLanes::begin(const QString &worker, bool stopping)
{
    Lane &taker = lane(worker);
    if (taker.waiting.empty() || taker.running >= taker.width || (stopping && taker.waiting.front().attempt))
        return {};
    Task task = std::move(taker.waiting.front());
    taker.waiting.pop_front();
    ++taker.running;
    return task;
}

void WorkerLanes::leave(const QString &worker, double ranMs)
{
    Lane &freed = lane(worker);
    --freed.running;
    if (ranMs >= 0)
        freed.averageMs = freed.averageMs < 0 ? ranMs : 0.8 * freed.averageMs + 0.2 * ranMs;
}

bool WorkerLanes::removeIdle()
{
    return std::erase_if(m_lanes, [](const auto &entry) { return !entry.first.isNull() && entry.second.isIdle(); }) > 0;
}

void WorkerLanes::offer(ClaimRequest &request, int freeInAll) const
{
    const int share = std::max(1, freeInAll / static_cast<int>(m_lanes.size()));
    for (const auto &[worker, lane] : m_lanes) {
        if (worker.isNull())
            request.poolCapacity = std::min(lane.room(), share);
        else
            request.laneCapacity.insert(worker, std::min(lane.room(), share));
    }
    request.newLanes = std::max(0, m_options.laneLimit - static_cast<int>(m_lanes.size()) + 1);
}

bool WorkerLanes::wantsMore(const QString &worker) const
{
    const auto found = m_lanes.find(worker);
    return found != m_lanes.end() && found->second.room() > found->second.prefetch() / 2;
}

std::vector<std::shared_ptr<Attempt>> WorkerLanes::takeOverdue(Moment now, bool all)
{
    std::vector<std::shared_ptr<Attempt>> taken;
    for (auto &[worker, lane] : m_lanes) {
        const bool overdue = !lane.waiting.empty() && lane.waiting.front().attempt && lane.waiting.front().claimed + overdueTime <= now;
        if (!overdue && !all)
            continue;
        std::erase_if(lane.waiting, [&](const Task &task) {
            if (task.attempt)
                taken.push_back(task.attempt);
            return task.attempt != nullptr;
        });
        lane.averageMs = std::max<double>(lane.averageMs, overdueTime.count());
    }
    return taken;
}

WorkerLanes::Moment WorkerLanes::nextOverdue() const
{
    Moment next = Moment::max();
    for (const auto &[worker, lane] : m_lanes) {
        if (!lane.waiting.empty() && lane.waiting.front().attempt)
            next = std::min(next, lane.waiting.front().claimed + overdueTime);
    }
    return next;
}

std::shared_ptr<Attempt> WorkerLanes::find(std::int64_t jobId) const
{
    for (const auto &[worker, lane] : m_lanes) {
        for (const Task &task : lane.waiting) {
            if (task.attempt && task.attempt->job.id == jobId)
                return task.attempt;
        }
    }
    return {};
}

} // namespace stint
