// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/status.h"

#include "engine/store/postgres/jobrow.h"

#include <QMap>

namespace stint::postgres::status {

JobCounts counts(PostgresConnection &db)
{
    JobCounts counts;
    const std::int64_t limit = JobCounts::countLimit;
    counts.running = db.integer(R"(SELECT count(*) FROM (SELECT 1 FROM "BackgroundJob" WHERE "State" <> 'Queued' LIMIT $1) r)", limit);
    counts.queued = db.integer(R"(SELECT count(*) FROM (SELECT 1 FROM "BackgroundJob" WHERE "State" = 'Queued' LIMIT $1) q)", limit + 1);
    counts.queuedIsExact = counts.queued <= limit;
    counts.queued = std::min(counts.queued, limit);
    counts.failedRecently = db.integer(R"(SELECT count(*) FROM "JobSummary" WHERE "State" = 'Failed'
                                          AND "Id" > (SELECT max("Id") FROM "JobSummary") - $1)",
                                       limit);
    return counts;
}

QList<YearMonth> months(PostgresConnection &db)
{
    QList<YearMonth> found;
    auto rows = db.query(R"(SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                            WHERE i.inhparent = '"CompletedJob"'::regclass ORDER BY 1 DESC)");
    while (rows.next()) {
        if (const auto month = YearMonth::parse(rows.text(0).section(u'_', 1).replace(u'_', u'-')))
            found.append(*month);
    }
    return found;
}

QList<WorkerInfo> workers(PostgresConnection &db)
{
    QMap<QString, WorkerInfo> workers;
    const auto worker = [&](const QString &name) -> WorkerInfo & {
        WorkerInfo &info = workers[name];
        info.name = name;
        return info;
    };
    auto rows = db.query(R"(SELECT "Name", "Paused", "Received", "Completed", "Retries", "Failed", "Cancelled", "LastActivityDate"::text
                            FROM "Worker")");
    while (rows.next()) {
        WorkerInfo &info = worker(rows.text(0));
        info.paused = rows.integer(1) != 0;
        info.received = rows.integer(2);
        info.completed = rows.integer(3);
        info.retries = rows.integer(4);
        info.failed = rows.integer(5);
        info.cancelled = rows.integer(6);
        info.lastActivity = rows.date(7);
    }
    auto waiting = db.query(R"(SELECT "Worker", count(*), min("CreatedDate")::text FROM
                               (SELECT "Worker", "CreatedDate" FROM "BackgroundJob" WHERE "State" = 'Queued' LIMIT 10000) q GROUP BY "Worker")");
    while (waiting.next()) {
        WorkerInfo &info = worker(waiting.text(0));
        info.queued = waiting.integer(1);
        info.oldestQueued = waiting.date(2);
    }
    auto running = db.query(R"(SELECT "Worker", "Id", "StartedDate"::text FROM "BackgroundJob" WHERE "State" <> 'Queued' ORDER BY "Id")");
    while (running.next()) {
        WorkerInfo &info = worker(running.text(0));
        ++info.running;
        if (!info.runningJob) {
            info.runningJob = running.integer(1);
            info.runningSince = running.date(2);
        }
    }
    return workers.values();
}

QList<std::int64_t> cancelRequests(PostgresConnection &db, const QString &hostId)
{
    QList<std::int64_t> ids;
    auto rows = db.query(R"(SELECT "Id" FROM "BackgroundJob" WHERE "State" <> 'Queued' AND "State" = 'Started'
                            AND "CancelRequested" IS NOT NULL AND "Owner" = $1 ORDER BY "Id")",
                         hostId);
    while (rows.next())
        ids.append(rows.integer(0));
    return ids;
}

QList<OrphanedJob> orphans(PostgresConnection &db)
{
    // Not those between two callback runs.
    static const QByteArray sql = "SELECT " + jobrow::queueList(RowDetail::Full)
        + R"( FROM "BackgroundJob" WHERE "State" <> 'Queued' AND ("State" = 'Started' OR "Owner" IS NOT NULL) ORDER BY "Id")";
    QList<OrphanedJob> orphans;
    auto rows = db.query(sql.constData());
    while (rows.next())
        orphans.append({rowreading::readJob(rows), rowreading::readOwner(rows), {}});
    for (OrphanedJob &orphan : orphans) {
        auto processes = db.query(R"(SELECT "GroupId", "StartTime" FROM "JobProcess" WHERE "JobId" = $1)", orphan.job.id);
        while (processes.next())
            orphan.processes.append({processes.integer(0), processes.integer(1)});
    }
    return orphans;
}

QList<CheckFinding> check(PostgresConnection &db)
{
    QList<CheckFinding> findings;
    const auto look = [&](const char *sql, const QString &message) {
        auto rows = db.query(sql);
        while (rows.next())
            findings.append({.jobId = rows.integer(0), .message = message.arg(rows.integer(0))});
    };
    look(R"(SELECT b."Id" FROM "BackgroundJob" b LEFT JOIN "JobSummary" s ON s."Id" = b."Id" WHERE s."Id" IS NULL ORDER BY 1)",
         QStringLiteral("job %1 is in the queue, but has no summary"));
    look(R"(SELECT s."Id" FROM "JobSummary" s LEFT JOIN "BackgroundJob" b ON b."Id" = s."Id"
            WHERE s."State" IN ('Queued', 'Started', 'Executed') AND b."Id" IS NULL ORDER BY 1)",
         QStringLiteral("job %1 is unfinished by its summary, but not in the queue"));
    look(R"(SELECT b."Id" FROM "BackgroundJob" b WHERE b."State" NOT IN ('Queued', 'Started', 'Executed') ORDER BY 1)",
         QStringLiteral("job %1 has ended, but is in the queue"));
    look(R"(SELECT b."Id" FROM "BackgroundJob" b WHERE EXISTS (SELECT 1 FROM "CompletedJob" c WHERE c."Id" = b."Id")
            OR EXISTS (SELECT 1 FROM "FailedJob" f WHERE f."Id" = b."Id") ORDER BY 1)",
         QStringLiteral("job %1 is in the queue and in the archive"));
    look(R"(SELECT s."Id" FROM "JobSummary" s LEFT JOIN "CompletedJob" c ON c."Id" = s."Id" AND c."CreatedDate" = s."CreatedDate"
            LEFT JOIN "FailedJob" f ON f."Id" = s."Id" AND f."CreatedDate" = s."CreatedDate"
            WHERE s."State" IN ('Completed', 'Failed', 'Cancelled') AND coalesce(c."State", f."State") IS DISTINCT FROM s."State" ORDER BY 1)",
         QStringLiteral("job %1 has ended by its summary, but the archive does not say so"));
    look(R"(SELECT b."Id" FROM "BackgroundJob" b LEFT JOIN "JobSummary" p ON p."Id" = b."DependsOn"
            WHERE b."Readiness" = 2 AND (p."Id" IS NULL OR p."State" IN ('Completed', 'Failed', 'Cancelled')) ORDER BY 1)",
         QStringLiteral("job %1 waits for a job that will not end any more"));
    return findings;
}

} // namespace stint::postgres::status
