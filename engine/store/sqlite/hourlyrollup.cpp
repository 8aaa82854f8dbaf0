// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/hourlyrollup.h"

namespace stint {

namespace {

QString orEmpty(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

void insert(SqliteConnection &db, const JobStat &stat)
{
    db.run("INSERT INTO HourlyStat (Hour, Name, IsApi, Worker, Completed, Failed, Cancelled, Durations) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
           "ON CONFLICT (Hour, Name, IsApi, Worker) DO UPDATE SET Completed = excluded.Completed, Failed = excluded.Failed, "
           "Cancelled = excluded.Cancelled, Durations = excluded.Durations",
           *stat.hour, stat.name, stat.isApi ? 1 : 0, orEmpty(stat.worker), stat.completed, stat.failed, stat.cancelled,
           stat.durations.toText());
}

} // namespace

void HourlyRollup::write(SqliteConnection &db)
{
    if (m_ended.empty())
        return;
    StatsSum sum({.byHour = true, .byName = true, .byWorker = true});
    for (const EndedJob &job : m_ended)
        sum.add(job);
    m_ended.clear();
    for (JobStat stat : sum.stats()) {
        {
            auto row = db.statement("SELECT Completed, Failed, Cancelled, Durations FROM HourlyStat "
                                    "WHERE Hour = ? AND Name = ? AND IsApi = ? AND Worker = ?");
            row.bindAll(*stat.hour, stat.name, stat.isApi ? 1 : 0, orEmpty(stat.worker));
            if (row.step())
                addTo(stat,
                      {.completed = row.integer(0),
                       .failed = row.integer(1),
                       .cancelled = row.integer(2),
                       .durations = DurationHistogram::parse(row.view(3))});
        }
        insert(db, stat);
    }
}

void HourlyRollup::read(SqliteConnection &db, const StatsQuery &query, StatsSum &sum)
{
    auto rows = db.statement("SELECT Hour, Name, IsApi, Worker, Completed, Failed, Cancelled, Durations FROM HourlyStat "
                             "WHERE Hour >= ?1 AND (?2 IS NULL OR Hour < ?2)");
    rows.bindAll(query.from.value_or(Timestamp{}), query.until);
    while (rows.step()) {
        sum.add(JobStat{.hour = rows.date(0).value_or(Timestamp{}),
                        .name = rows.text(1),
                        .isApi = rows.integer(2) != 0,
                        .worker = rows.text(3),
                        .completed = rows.integer(4),
                        .failed = rows.integer(5),
                        .cancelled = rows.integer(6),
                        .durations = DurationHistogram::parse(rows.view(7))});
    }
}

void HourlyRollup::replace(SqliteConnection &db, Timestamp until, const QList<JobStat> &stats)
{
    db.run("DELETE FROM HourlyStat WHERE Hour < ?", until);
    for (const JobStat &stat : stats)
        insert(db, stat);
}

} // namespace stint
