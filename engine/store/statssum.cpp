// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/statssum.h"

namespace stint {

namespace {

QString orEmpty(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

void count(JobStat &stat, JobState state, int durationMs)
{
    switch (state) {
    case JobState::Completed:
        ++stat.completed;
        stat.durations.add(durationMs);
        break;
    case JobState::Cancelled: ++stat.cancelled; break;
    default: ++stat.failed;
    }
}

} // namespace

void addTo(JobStat &sum, const JobStat &part)
{
    sum.completed += part.completed;
    sum.failed += part.failed;
    sum.cancelled += part.cancelled;
    sum.durations.add(part.durations);
}

JobStat *StatsSum::at(Timestamp moment, const QString &name, bool isApi, const QString &worker)
{
    if ((m_query.from && moment < *m_query.from) || (m_query.until && moment >= *m_query.until))
        return nullptr;
    const auto hour = m_query.byHour ? std::optional(hourOf(moment)) : std::nullopt;
    const Key key{hour, m_query.byName ? name : QString(), m_query.byName && isApi, m_query.byWorker ? orEmpty(worker) : QString()};
    const auto [found, isNew] = m_stats.try_emplace(key);
    if (isNew)
        found->second = {.hour = hour, .name = std::get<1>(key), .isApi = std::get<2>(key), .worker = std::get<3>(key)};
    return &found->second;
}

void StatsSum::add(const EndedJob &job)
{
    if (JobStat *const stat = at(job.ended, job.name, job.isApi, job.worker))
        count(*stat, job.state, job.durationMs);
}

void StatsSum::add(const JobStat &stat)
{
    if (JobStat *const sum = at(*stat.hour, stat.name, stat.isApi, stat.worker))
        addTo(*sum, stat);
}

QList<JobStat> StatsSum::stats() const
{
    QList<JobStat> all;
    for (const auto &[key, stat] : m_stats)
        all.append(stat);
    return all;
}

} // namespace stint
