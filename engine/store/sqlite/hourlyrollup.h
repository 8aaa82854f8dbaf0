// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqliteconnection.h"
#include "engine/store/statssum.h"

#include <vector>

namespace stint {

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
