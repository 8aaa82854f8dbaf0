// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/hosting.h"

#include "engine/store/hostcommands.h"
#include "engine/store/sqlite/joblog.h"
#include "engine/store/sqlite/schema.h"
#include "engine/store/storeusers.h"

namespace stint::hosting {

namespace {

QString queuePath(const QString &folder)
{
    return folder + QStringLiteral("/jobs.db");
}

/// A key column has no NULL: the unnamed pool is an empty text there.
QString keyOf(const QString &worker)
{
    return worker.isNull() ? QStringLiteral("") : worker;
}

} // namespace

Result<std::unique_ptr<HostLock>> takeStore(const QString &folder, const HostInfo &host)
{
    auto lock = HostLock::take(folder, host);
    if (!lock)
        return lock;
    const auto users = storeusers::foreignUsers(queuePath(folder));
    if (!users)
        return users.error();
    if (!users->isEmpty())
        return Error{ErrorCode::Conflict,
                     QStringLiteral("%1: process %2 (%3) has jobs.db open; two engines on one store would run jobs twice")
                         .arg(folder)
                         .arg(users->constFirst().pid)
                         .arg(users->constFirst().name)};
    return lock;
}

void adopt(const QString &folder, const QString &creator, Timestamp now)
{
    SqliteConnection db(queuePath(folder), "mode=rw");
    const QString backup = folder + QStringLiteral("/jobs.db.before-stint-%1").arg(toIsoText(now).left(19).remove(u':'));
    db.run("VACUUM INTO ?", backup);
    db.useWal();
    schema::adoptQueue(db, creator, now);
}

void begin(SqliteWriter &writer, const HostInfo &host)
{
    writer.beginHosting();
    writer.resume();
    writer.db().run("DELETE FROM Host WHERE Id NOT IN (SELECT Id FROM Host ORDER BY StartedDate DESC LIMIT 10)");
    writer.db().run(
        "INSERT OR REPLACE INTO Host (Id, Name, Pid, Concurrency, StartedDate, HeartbeatDate, Commands) VALUES (?, ?, ?, ?, ?, ?, ?)",
        host.id, host.name, host.pid, host.concurrency, host.startedDate, host.startedDate, toColumn(host.commands));
}

void beat(SqliteWriter &writer, const QString &hostId, const QList<WorkerDelta> &workers, const QList<RunDuration> &durations)
{
    SqliteConnection &db = writer.db();
    db.run("UPDATE Host SET HeartbeatDate = ? WHERE Id = ?", writer.now(), hostId);
    for (const WorkerDelta &worker : workers)
        db.run("INSERT INTO Worker (Name, Received, Completed, Retries, Failed, Cancelled, LastActivityDate) VALUES (?, ?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (Name) DO UPDATE SET Received = Received + excluded.Received, Completed = Completed + excluded.Completed, "
               "Retries = Retries + excluded.Retries, Failed = Failed + excluded.Failed, Cancelled = Cancelled + excluded.Cancelled, "
               "LastActivityDate = excluded.LastActivityDate",
               keyOf(worker.name), worker.received, worker.completed, worker.retries, worker.failed, worker.cancelled, worker.lastActivity);
    for (const RunDuration &duration : durations)
        db.run("INSERT INTO RunDuration (Name, Worker, DurationMs) VALUES (?, ?, ?) "
               "ON CONFLICT (Name, Worker) DO UPDATE SET DurationMs = excluded.DurationMs",
               duration.name, keyOf(duration.worker), duration.milliseconds);
    joblog::prune(db);
    writer.takeUpStrays();
}

void recordProgress(SqliteWriter &writer, const QList<ProgressUpdate> &updates)
{
    for (const ProgressUpdate &update : updates)
        writer.db().run("UPDATE BackgroundJob SET Progress = coalesce(?, Progress), Status = coalesce(?, Status), LastActivityDate = ? "
                        "WHERE Id = ? AND Generation = ? AND State = 'Started'",
                        update.progress, update.status, writer.now(), update.jobId, update.generation);
}

} // namespace stint::hosting
