// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstate.h"
#include "engine/jobstats.h"
#include "engine/store/sqlite/sqliteconnection.h"

#include <map>
#include <tuple>
#include <vector>

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

/// The table HourlyStat: what ended in each hour, by command or API and worker, so that all-time answers need not look
/// at the jobs. Written in the transaction that ends the jobs. Throws SqliteError.
class HourlyRollup final
{
public:
    void add(EndedJob job) { m_ended.push_back(std::move(job)); }
    /// To forget what an operation that fails has added since.
    [[nodiscard]] std::size_t mark() const { return m_ended.size(); }
    void undoTo(std::size_t mark) { m_ended.resize(mark); }
    /// Writes what was added since the last call, in the caller's transaction.
    void write(SqliteConnection &db);

    /// Reads the table.
    static void read(SqliteConnection &db, const StatsQuery &query, StatsSum &sum);
    /// Replaces all hours before `until`.
    static void replace(SqliteConnection &db, Timestamp until, const QList<JobStat> &stats);

private:
    std::vector<EndedJob> m_ended;
};

} // namespace stint
