// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/hosting.h"

#include "engine/store/hostcommands.h"
#include "engine/store/postgres/joblog.h"

namespace stint::postgres::hosting {

namespace {

/// The first key is Stint's, the second the store's, of which a database may have one in each schema.
constexpr const char *tryLock = R"(SELECT pg_try_advisory_lock(1398034003, '"BackgroundJob"'::regclass::oid::bigint::int)::int)";
constexpr const char *unlock = R"(SELECT pg_advisory_unlock(1398034003, '"BackgroundJob"'::regclass::oid::bigint::int))";
/// Of a row `h` of Host: whether its connection holds the lock.
const QByteArray hasLock = R"(EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted AND l.pid = h."Backend"
    AND l.classid = 1398034003 AND l.objid = '"BackgroundJob"'::regclass::oid
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())))";

QString keyOf(const QString &worker)
{
    return worker.isNull() ? QStringLiteral("") : worker;
}

[[noreturn]] void refuse(PostgresConnection &db)
{
    static const QByteArray sql = R"(SELECT h."Name" FROM "Host" h WHERE )" + hasLock;
    auto row = db.query(sql.constData());
    throw PostgresError(
        Error{ErrorCode::Conflict, QStringLiteral("the store has a host already: %1").arg(row.next() ? row.text(0) : QString())});
}

} // namespace

void take(PostgresConnection &db, const HostInfo &host)
{
    if (db.integer(tryLock) == 0)
        refuse(db);
    db.run(R"(DELETE FROM "Host" WHERE "Id" NOT IN (SELECT "Id" FROM "Host" ORDER BY "StartedDate" DESC LIMIT 10))");
    db.run(R"(UPDATE "Host" SET "Backend" = 0 WHERE "Backend" = pg_backend_pid())");
    db.run(R"(INSERT INTO "Host" ("Id", "Name", "Pid", "Backend", "Concurrency", "StartedDate", "HeartbeatDate", "Commands")
              VALUES ($1, $2, $3, pg_backend_pid(), $4, $5, $5, $6)
              ON CONFLICT ("Id") DO UPDATE SET "Backend" = excluded."Backend", "HeartbeatDate" = excluded."HeartbeatDate",
              "Commands" = excluded."Commands", "Concurrency" = excluded."Concurrency")",
           host.id, host.name, host.pid, host.concurrency, host.startedDate, toColumn(host.commands));
}

void takeAgain(PostgresConnection &db, const QString &hostId)
{
    if (db.integer(tryLock) == 0)
        refuse(db);
    db.run(R"(UPDATE "Host" SET "Backend" = pg_backend_pid() WHERE "Id" = $1)", hostId);
}

void leave(PostgresConnection &db)
{
    (void)db.integer(unlock);
}

QString livingHost(PostgresConnection &db)
{
    static const QByteArray sql = R"(SELECT h."Id" FROM "Host" h WHERE )" + hasLock;
    auto row = db.query(sql.constData());
    return row.next() ? row.text(0) : QStringLiteral("");
}

QList<HostInfo> hosts(PostgresConnection &db)
{
    static const QByteArray sql = R"(SELECT h."Id", h."Name", h."Pid", h."Concurrency", h."StartedDate"::text, h."HeartbeatDate"::text,
        h."Commands", )"
        + hasLock + R"( FROM "Host" h ORDER BY h."StartedDate" DESC LIMIT 20)";
    QList<HostInfo> hosts;
    auto rows = db.query(sql.constData());
    while (rows.next()) {
        hosts.append({.id = rows.text(0),
                      .name = rows.text(1),
                      .pid = rows.integer(2),
                      .alive = rows.integer(7) != 0,
                      .concurrency = rows.number(3),
                      .startedDate = rows.date(4).value_or(Timestamp{}),
                      .heartbeatDate = rows.date(5).value_or(Timestamp{}),
                      .commands = parseHostCommands(rows.bytes(6))});
    }
    return hosts;
}

void beat(PostgresConnection &db, const QString &hostId, Timestamp now, const QList<WorkerDelta> &workers,
          const QList<RunDuration> &durations)
{
    db.run(R"(UPDATE "Host" SET "HeartbeatDate" = $1 WHERE "Id" = $2)", now, hostId);
    for (const WorkerDelta &worker : workers)
        db.run(R"(INSERT INTO "Worker" AS w ("Name", "Received", "Completed", "Retries", "Failed", "Cancelled", "LastActivityDate")
                  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ("Name") DO UPDATE SET "Received" = w."Received" + excluded."Received",
                  "Completed" = w."Completed" + excluded."Completed", "Retries" = w."Retries" + excluded."Retries",
                  "Failed" = w."Failed" + excluded."Failed", "Cancelled" = w."Cancelled" + excluded."Cancelled",
                  "LastActivityDate" = excluded."LastActivityDate")",
               keyOf(worker.name), worker.received, worker.completed, worker.retries, worker.failed, worker.cancelled, worker.lastActivity);
    for (const RunDuration &duration : durations)
        db.run(R"(INSERT INTO "RunDuration" ("Name", "Worker", "DurationMs") VALUES ($1, $2, $3)
                  ON CONFLICT ("Name", "Worker") DO UPDATE SET "DurationMs" = excluded."DurationMs")",
               duration.name, keyOf(duration.worker), duration.milliseconds);
    joblog::prune(db);
}

} // namespace stint::postgres::hosting
