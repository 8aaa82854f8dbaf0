// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/hourlystats.h"

namespace stint::postgres::hourlystats {

void write(PostgresConnection &db, const std::vector<EndedJob> &ended)
{
    if (ended.empty())
        return;
    StatsSum sum({.byHour = true, .byName = true, .byWorker = true});
    for (const EndedJob &job : ended)
        sum.add(job);
    for (JobStat stat : sum.stats()) {
        const QString worker = stat.worker.isNull() ? QStringLiteral("") : stat.worker;
        db.run(R"(INSERT INTO "HourlyStat" ("Hour", "Name", "IsApi", "Worker") VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING)", *stat.hour,
               stat.name, stat.isApi, worker);
        {
            auto row = db.query(R"(SELECT "Completed", "Failed", "Cancelled", "Durations" FROM "HourlyStat"
                                   WHERE "Hour" = $1 AND "Name" = $2 AND "IsApi" = $3 AND "Worker" = $4 FOR UPDATE)",
                                *stat.hour, stat.name, stat.isApi, worker);
            if (row.next())
                addTo(stat,
                      {.completed = row.integer(0),
                       .failed = row.integer(1),
                       .cancelled = row.integer(2),
                       .durations = DurationHistogram::parse(row.bytes(3))});
        }
        db.run(R"(UPDATE "HourlyStat" SET "Completed" = $5, "Failed" = $6, "Cancelled" = $7, "Durations" = $8
                  WHERE "Hour" = $1 AND "Name" = $2 AND "IsApi" = $3 AND "Worker" = $4)",
               *stat.hour, stat.name, stat.isApi, worker, stat.completed, stat.failed, stat.cancelled, stat.durations.toText());
    }
}

QList<JobStat> read(PostgresConnection &db, const StatsQuery &query)
{
    StatsSum sum(query);
    auto rows = db.query(R"(SELECT "Hour"::text, "Name", "IsApi", "Worker", "Completed", "Failed", "Cancelled", "Durations"
                            FROM "HourlyStat" WHERE "Hour" >= $1 AND ($2::timestamp IS NULL OR "Hour" < $2::timestamp))",
                         query.from.value_or(Timestamp{}), query.until);
    while (rows.next()) {
        sum.add(JobStat{.hour = rows.date(0).value_or(Timestamp{}),
                        .name = rows.text(1),
                        .isApi = rows.integer(2) != 0,
                        .worker = rows.text(3),
                        .completed = rows.integer(4),
                        .failed = rows.integer(5),
                        .cancelled = rows.integer(6),
                        .durations = DurationHistogram::parse(rows.bytes(7))});
    }
    return sum.stats();
}

} // namespace stint::postgres::hourlystats
