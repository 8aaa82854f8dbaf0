// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/workertally.h"

#include <algorithm>

namespace stint {

WorkerDelta &WorkerTally::delta(const QString &worker, Timestamp now)
{
    WorkerDelta &counters = m_deltas[worker];
    counters.name = worker;
    counters.lastActivity = std::max(counters.lastActivity, now);
    return counters;
}

void WorkerTally::countBegin(const QString &worker, Timestamp now)
{
    const std::lock_guard lock(m_mutex);
    ++delta(worker, now).received;
}

void WorkerTally::countEnd(const Job &job, const AttemptEnd &end, Timestamp now)
{
    const std::lock_guard lock(m_mutex);
    WorkerDelta &counters = delta(job.worker, now);
    switch (end.kind) {
    case AttemptEnd::Kind::Complete:
        ++counters.completed;
        m_durations[{job.name(), job.worker}] = end.durationMs;
        break;
    case AttemptEnd::Kind::Fail: ++counters.failed; break;
    case AttemptEnd::Kind::Cancel: ++counters.cancelled; break;
    case AttemptEnd::Kind::Retry: ++counters.retries; break;
    case AttemptEnd::Kind::Execute:
    case AttemptEnd::Kind::Interrupt:
    case AttemptEnd::Kind::Refund: break;
    }
}

WorkerTally::Report WorkerTally::take()
{
    const std::lock_guard lock(m_mutex);
    Report report;
    for (auto &[name, counters] : m_deltas)
        report.workers.append(std::move(counters));
    for (const auto &[key, milliseconds] : m_durations)
        report.durations.append({key.first, key.second, milliseconds});
    m_deltas.clear();
    m_durations.clear();
    return report;
}

void WorkerTally::putBack(const Report &report)
{
    const std::lock_guard lock(m_mutex);
    for (const WorkerDelta &kept : report.workers) {
        WorkerDelta &counters = delta(kept.name, kept.lastActivity);
        counters.received += kept.received;
        counters.completed += kept.completed;
        counters.retries += kept.retries;
        counters.failed += kept.failed;
        counters.cancelled += kept.cancelled;
    }
    for (const RunDuration &kept : report.durations)
        m_durations.emplace(std::pair(kept.name, kept.worker), kept.milliseconds); // a newer one is truer
}

} // namespace stint
