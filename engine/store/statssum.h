// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstate.h"
#include "engine/jobstats.h"

#include <map>
#include <tuple>

namespace stint {

/// How a job ended, for the statistics.
struct EndedJob {
    Timestamp ended;
    QString name; ///< of its command or API
    bool isApi = false;
    QString worker; ///< null: the unnamed pool
    JobState state = JobState::Completed;
    int durationMs = 0;
};

/// Adds jobs up by what a query asks to tell apart. One thread.
class StatsSum final
{
public:
    explicit StatsSum(const StatsQuery &query)
        : m_query(query)
    {
    }

    void add(const EndedJob &job);
    void add(const JobStat &stat);
    /// By hour, then name, then worker.
    [[nodiscard]] QList<JobStat> stats() const;

private:
    using Key = std::tuple<std::optional<Timestamp>, QString, bool, QString>;
    [[nodiscard]] JobStat *at(Timestamp moment, const QString &name, bool isApi, const QString &worker);

    StatsQuery m_query;
    std::map<Key, JobStat> m_stats;
};

/// Adds the counts of a part to a sum.
void addTo(JobStat &sum, const JobStat &part);

} // namespace stint
