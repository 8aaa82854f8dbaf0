// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/schema.h"

namespace stint::schema {

namespace {

/// The 36 columns that BackgroundJob, CompletedJob and FailedJob share, after Id.
constexpr const char *jobColumns = R"(
    "ParentId" BIGINT NULL, "RefId" VARCHAR(8000) NULL, "Worker" VARCHAR(8000) NULL, "Tag" VARCHAR(8000) NULL,
    "BatchId" VARCHAR(8000) NULL, "Callback" VARCHAR(8000) NULL, "DependsOn" BIGINT NULL, "RunAfter" VARCHAR(8000) NULL,
    "CreatedDate" VARCHAR(8000) NOT NULL, "CreatedBy" VARCHAR(8000) NULL, "RequestId" VARCHAR(8000) NULL,
    "RequestType" VARCHAR(8000) NULL, "Command" VARCHAR(8000) NULL, "Request" VARCHAR(8000) NULL,
    "RequestBody" VARCHAR(1000000) NULL, "UserId" VARCHAR(8000) NULL, "Response" VARCHAR(8000) NULL,
    "ResponseBody" VARCHAR(1000000) NULL, "State" VARCHAR(255) NOT NULL, "StartedDate" VARCHAR(8000) NULL,
    "CompletedDate" VARCHAR(8000) NULL, "NotifiedDate" VARCHAR(8000) NULL, "RetryLimit" INTEGER NULL,
    "Attempts" INTEGER NOT NULL, "DurationMs" INTEGER NOT NULL, "TimeoutSecs" INTEGER NULL, "Progress" DOUBLE NULL,
    "Status" VARCHAR(8000) NULL, "Logs" VARCHAR(1000000) NULL, "LastActivityDate" VARCHAR(8000) NULL,
    "ReplyTo" VARCHAR(8000) NULL, "ErrorCode" VARCHAR(8000) NULL, "Error" VARCHAR(1000000) NULL,
    "Args" VARCHAR(1000000) NULL, "Meta" VARCHAR(1000000) NULL)";

/// What Stint adds to them. Each has a default, so that a program that does not know them can still insert.
constexpr const char *sharedExtraColumns[] = {
    R"("Generation" BIGINT NOT NULL DEFAULT 0)",
    R"("Priority" INTEGER NOT NULL DEFAULT 0)",
    R"("UniqueKey" VARCHAR(8000) NULL)",
    R"("Backoff" VARCHAR(255) NULL)",
    R"("CancelRequested" VARCHAR(8000) NULL)",
    R"("Interruptions" INTEGER NOT NULL DEFAULT 0)",
    R"("CallbackAttempts" INTEGER NOT NULL DEFAULT 0)",
};
constexpr const char *queueExtraColumns[] = {
    R"("Readiness" INTEGER NOT NULL DEFAULT 0)",
    R"("DueDate" VARCHAR(8000) NULL)",
    R"("Owner" VARCHAR(8000) NULL)",
    R"("EnqueuedBy" BIGINT NULL)",
    R"("EnqueuedByGeneration" BIGINT NULL)",
};

constexpr const char *summaryTable = R"(
CREATE TABLE IF NOT EXISTS "JobSummary" ("Id" INTEGER PRIMARY KEY, "ParentId" BIGINT NULL, "RefId" VARCHAR(8000) NULL,
    "Worker" VARCHAR(8000) NULL, "Tag" VARCHAR(8000) NULL, "BatchId" VARCHAR(8000) NULL, "CreatedDate" VARCHAR(8000) NOT NULL,
    "CreatedBy" VARCHAR(8000) NULL, "RequestType" VARCHAR(8000) NULL, "Command" VARCHAR(8000) NULL,
    "Request" VARCHAR(8000) NULL, "Response" VARCHAR(8000) NULL, "UserId" VARCHAR(8000) NULL, "Callback" VARCHAR(8000) NULL,
    "StartedDate" VARCHAR(8000) NULL, "CompletedDate" VARCHAR(8000) NULL, "State" VARCHAR(255) NOT NULL,
    "DurationMs" INTEGER NOT NULL, "Attempts" INTEGER NOT NULL, "ErrorCode" VARCHAR(8000) NULL,
    "ErrorMessage" VARCHAR(8000) NULL);
CREATE UNIQUE INDEX IF NOT EXISTS uidx_jobsummary_refid ON "JobSummary" ("RefId");
CREATE INDEX IF NOT EXISTS idx_jobsummary_createddate ON "JobSummary" ("CreatedDate");
)";

constexpr const char *taskTable = R"(
CREATE TABLE IF NOT EXISTS "ScheduledTask" ("Id" INTEGER PRIMARY KEY AUTOINCREMENT, "Name" VARCHAR(8000) NULL,
    "Interval" BIGINT NULL, "CronExpression" VARCHAR(8000) NULL, "RequestType" VARCHAR(8000) NULL,
    "Command" VARCHAR(8000) NULL, "Request" VARCHAR(8000) NULL, "RequestBody" VARCHAR(8000) NULL,
    "Options" VARCHAR(1000000) NULL, "LastRun" VARCHAR(8000) NULL, "LastJobId" BIGINT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS uidx_scheduledtask_name ON "ScheduledTask" ("Name");
)";

/// Version 4: what Stint adds to ScheduledTask.
constexpr const char *taskExtraColumns[] = {
    R"("Zone" VARCHAR(255) NULL)",
    R"("MissedRuns" VARCHAR(255) NULL)",
    R"("NoOverlap" INTEGER NOT NULL DEFAULT 0)",
    R"("Enabled" INTEGER NOT NULL DEFAULT 1)",
    R"("NextRun" VARCHAR(8000) NULL)",
    R"("RunRequested" VARCHAR(8000) NULL)",
    R"("Problem" VARCHAR(1000000) NULL)",
};

/// Partial where a column is nearly always NULL: such an index costs nothing for the jobs that do not use it.
constexpr const char *queueIndexes = R"(
CREATE UNIQUE INDEX IF NOT EXISTS uidx_backgroundjob_refid ON "BackgroundJob" ("RefId");
CREATE INDEX IF NOT EXISTS idx_backgroundjob_dependson ON "BackgroundJob" ("DependsOn") WHERE "DependsOn" IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_backgroundjob_createddate ON "BackgroundJob" ("CreatedDate");
CREATE INDEX IF NOT EXISTS idx_backgroundjob_completeddate_requestid_runafter
    ON "BackgroundJob" ("CompletedDate", "RequestId", "RunAfter") WHERE "CompletedDate" IS NULL AND "RequestId" IS NULL;
)";

constexpr const char *queueExtras = R"(
CREATE INDEX IF NOT EXISTS idx_backgroundjob_ready
    ON "BackgroundJob" ("Worker", "Priority" DESC, "DueDate", "Id") WHERE "Readiness" = 1;
CREATE INDEX IF NOT EXISTS idx_backgroundjob_due ON "BackgroundJob" ("DueDate") WHERE "Readiness" = 0;
CREATE INDEX IF NOT EXISTS idx_backgroundjob_unknown ON "BackgroundJob" ("Command", "Request") WHERE "Readiness" = 3;
CREATE INDEX IF NOT EXISTS idx_backgroundjob_active ON "BackgroundJob" ("State") WHERE "State" <> 'Queued';
CREATE INDEX IF NOT EXISTS idx_backgroundjob_cancel ON "BackgroundJob" ("CancelRequested") WHERE "CancelRequested" IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS uidx_backgroundjob_uniquekey ON "BackgroundJob" ("UniqueKey")
    WHERE "UniqueKey" IS NOT NULL AND "State" IN ('Queued', 'Started', 'Executed');
CREATE TABLE "JobLogLine" ("Id" INTEGER PRIMARY KEY AUTOINCREMENT, "JobId" BIGINT NOT NULL, "Attempt" INTEGER NOT NULL,
    "Level" VARCHAR(255) NOT NULL, "LoggedDate" VARCHAR(8000) NOT NULL, "Message" VARCHAR(1000000) NULL);
CREATE INDEX idx_joblogline_jobid ON "JobLogLine" ("JobId");
CREATE TABLE "JobProcess" ("JobId" BIGINT NOT NULL, "GroupId" BIGINT NOT NULL, "StartTime" BIGINT NOT NULL,
    PRIMARY KEY ("JobId", "GroupId")) WITHOUT ROWID;
CREATE TABLE "StaleArchive" ("JobId" BIGINT PRIMARY KEY, "Month" VARCHAR(255) NOT NULL, "Generation" BIGINT NOT NULL);
CREATE TABLE "Host" ("Id" VARCHAR(255) PRIMARY KEY, "Name" VARCHAR(8000) NOT NULL, "Pid" BIGINT NOT NULL,
    "Concurrency" INTEGER NOT NULL, "StartedDate" VARCHAR(8000) NOT NULL, "HeartbeatDate" VARCHAR(8000) NOT NULL,
    "Commands" VARCHAR(1000000) NOT NULL);
CREATE TABLE "Worker" ("Name" VARCHAR(8000) PRIMARY KEY, "Paused" INTEGER NOT NULL DEFAULT 0, "Received" BIGINT NOT NULL DEFAULT 0,
    "Completed" BIGINT NOT NULL DEFAULT 0, "Retries" BIGINT NOT NULL DEFAULT 0, "Failed" BIGINT NOT NULL DEFAULT 0,
    "Cancelled" BIGINT NOT NULL DEFAULT 0, "LastActivityDate" VARCHAR(8000) NULL);
CREATE TABLE "RunDuration" ("Name" VARCHAR(8000) NOT NULL, "Worker" VARCHAR(8000) NOT NULL, "DurationMs" BIGINT NOT NULL,
    PRIMARY KEY ("Name", "Worker")) WITHOUT ROWID;
CREATE TABLE "AdminAction" ("Id" INTEGER PRIMARY KEY AUTOINCREMENT, "ActionDate" VARCHAR(8000) NOT NULL,
    "Actor" VARCHAR(8000) NOT NULL, "Action" VARCHAR(255) NOT NULL, "Detail" VARCHAR(1000000) NOT NULL);
)";

/// Version 2. The index is of jobs that wait for their next attempt; the table of ended jobs with old log lines.
constexpr const char *secondStep = R"(
CREATE INDEX IF NOT EXISTS idx_backgroundjob_begun ON "BackgroundJob" ("DueDate") WHERE "Readiness" = 0 AND "Generation" > 0;
CREATE TABLE IF NOT EXISTS "PrunableLog" ("JobId" INTEGER PRIMARY KEY);
)";

/// Version 3: what ended in each hour.
constexpr const char *thirdStep = R"(
CREATE TABLE IF NOT EXISTS "HourlyStat" ("Hour" VARCHAR(8000) NOT NULL, "Name" VARCHAR(8000) NOT NULL, "IsApi" INTEGER NOT NULL,
    "Worker" VARCHAR(8000) NOT NULL, "Completed" BIGINT NOT NULL, "Failed" BIGINT NOT NULL, "Cancelled" BIGINT NOT NULL,
    "Durations" VARCHAR(1000000) NOT NULL, PRIMARY KEY ("Hour", "Name", "IsApi", "Worker")) WITHOUT ROWID;
)";

/// Version 4: what became of each moment of a scheduled task. Its key is what forbids a second run.
constexpr const char *fourthStep = R"(
CREATE TABLE IF NOT EXISTS "TaskOccurrence" ("TaskId" BIGINT NOT NULL, "Moment" VARCHAR(8000) NOT NULL, "Outcome" VARCHAR(255) NOT NULL,
    "RecordedDate" VARCHAR(8000) NOT NULL, "JobId" BIGINT NULL, PRIMARY KEY ("TaskId", "Moment")) WITHOUT ROWID;
)";

constexpr const char *attemptTable = R"(
CREATE TABLE IF NOT EXISTS "JobAttempt" ("JobId" BIGINT NOT NULL, "Generation" BIGINT NOT NULL, "Attempt" INTEGER NOT NULL,
    "Outcome" VARCHAR(255) NOT NULL, "StartedDate" VARCHAR(8000) NULL, "EndedDate" VARCHAR(8000) NULL,
    "Error" VARCHAR(1000000) NULL, "Logs" VARCHAR(1000000) NULL, "RequestBody" VARCHAR(1000000) NULL,
    "Discarded" VARCHAR(1000000) NULL, PRIMARY KEY ("JobId", "Generation"));
)";

constexpr const char *storeTable = R"(
CREATE TABLE IF NOT EXISTS "StintStore" ("Key" VARCHAR(255) PRIMARY KEY, "Value" VARCHAR(8000) NOT NULL);
)";

template <std::size_t N>
QByteArray joined(const char *const (&columns)[N])
{
    QByteArray list;
    for (const char *const column : columns)
        list += QByteArray(", ") + column;
    return list;
}

void setStoreValue(SqliteConnection &db, QLatin1StringView key, const QString &value)
{
    db.run("INSERT INTO StintStore (Key, Value) VALUES (?, ?) ON CONFLICT (Key) DO UPDATE SET Value = excluded.Value", key, value);
}

template <std::size_t N>
void addColumns(SqliteConnection &db, const QByteArray &table, const char *const (&columns)[N])
{
    const QStringList present = schema::columns(db, QString::fromLatin1(table));
    for (const char *const column : columns) {
        const QByteArray definition = column;
        const QByteArray name = definition.mid(1, definition.indexOf('"', 1) - 1);
        if (!present.contains(QString::fromLatin1(name)))
            db.execute("ALTER TABLE \"" + table + "\" ADD COLUMN " + definition);
    }
}

void makeTaskExtras(SqliteConnection &db)
{
    db.execute(taskTable);
    addColumns(db, "ScheduledTask", taskExtraColumns);
    db.execute(fourthStep);
}

void markAsOurs(SqliteConnection &db, const QString &creator, Timestamp now)
{
    db.execute(QByteArray(storeTable) + attemptTable + queueExtras + secondStep + thirdStep);
    makeTaskExtras(db);
    setStoreValue(db, QLatin1StringView("schemaVersion"), QString::number(version));
    setStoreValue(db, QLatin1StringView("createdBy"), creator);
    setStoreValue(db, QLatin1StringView("birth"), QString::fromLatin1(toStoreText(now)));
}

} // namespace

void createQueue(SqliteConnection &db, const QString &creator, Timestamp now)
{
    db.useWal();
    SqliteTransaction transaction(db, SqliteTransaction::Kind::Write);
    if (!columns(db, QStringLiteral("BackgroundJob")).isEmpty())
        return; // another process was first
    db.execute(R"(CREATE TABLE "BackgroundJob" ("Id" INTEGER PRIMARY KEY AUTOINCREMENT, )" + QByteArray(jobColumns)
               + joined(sharedExtraColumns) + joined(queueExtraColumns) + ");");
    db.execute(QByteArray(queueIndexes) + summaryTable);
    markAsOurs(db, creator, now);
    transaction.commit();
}

void upgradeQueue(SqliteConnection &db)
{
    if (storeValue(db, "schemaVersion").toInt() >= version)
        return;
    SqliteTransaction transaction(db, SqliteTransaction::Kind::Write);
    if (storeValue(db, "schemaVersion").toInt() >= version)
        return; // another process was first
    db.execute(QByteArray(secondStep) + thirdStep);
    makeTaskExtras(db);
    setStoreValue(db, QLatin1StringView("schemaVersion"), QString::number(version));
    transaction.commit();
}

void createMonth(SqliteConnection &db, Timestamp now)
{
    db.useWal();
    SqliteTransaction transaction(db, SqliteTransaction::Kind::Write);
    for (const QByteArray table : {"CompletedJob", "FailedJob"}) {
        const QByteArray prefix = table.toLower();
        db.execute("CREATE TABLE IF NOT EXISTS \"" + table + "\" (\"Id\" INTEGER PRIMARY KEY, " + jobColumns + joined(sharedExtraColumns)
                   + ");\n"
                     "CREATE UNIQUE INDEX IF NOT EXISTS uidx_"
                   + prefix + "_refid ON \"" + table
                   + "\" (\"RefId\");\n"
                     "CREATE INDEX IF NOT EXISTS idx_"
                   + prefix + "_createddate ON \"" + table + "\" (\"CreatedDate\");");
    }
    db.execute(QByteArray(storeTable) + attemptTable
               + R"(CREATE TABLE IF NOT EXISTS "JobLogLine" ("Id" INTEGER PRIMARY KEY, "JobId" BIGINT NOT NULL,
                    "Attempt" INTEGER NOT NULL, "Level" VARCHAR(255) NOT NULL, "LoggedDate" VARCHAR(8000) NOT NULL,
                    "Message" VARCHAR(1000000) NULL);
                    CREATE INDEX IF NOT EXISTS idx_joblogline_jobid ON "JobLogLine" ("JobId");)");
    if (storeValue(db, "birth").isNull())
        setStoreValue(db, QLatin1StringView("birth"), QString::fromLatin1(toStoreText(now)));
    transaction.commit();
}

void createForeignMonth(SqliteConnection &db)
{
    for (const QByteArray table : {"CompletedJob", "FailedJob"}) {
        if (!columns(db, QString::fromLatin1(table)).isEmpty())
            continue;
        const QByteArray prefix = table.toLower();
        db.execute("CREATE TABLE \"" + table + "\" (\"Id\" INTEGER PRIMARY KEY, " + jobColumns
                   + ");\n"
                     "CREATE UNIQUE INDEX uidx_"
                   + prefix + "_refid ON \"" + table
                   + "\" (\"RefId\");\n"
                     "CREATE INDEX idx_"
                   + prefix + "_dependson ON \"" + table
                   + "\" (\"DependsOn\");\n"
                     "CREATE INDEX idx_"
                   + prefix + "_createddate ON \"" + table
                   + "\" (\"CreatedDate\");\n"
                     "CREATE INDEX idx_"
                   + prefix + "_completeddate_requestid_runafter ON \"" + table + "\" (\"CompletedDate\", \"RequestId\", \"RunAfter\");");
    }
}

void adoptQueue(SqliteConnection &db, const QString &creator, Timestamp now)
{
    SqliteTransaction transaction(db, SqliteTransaction::Kind::Write);
    addColumns(db, "BackgroundJob", sharedExtraColumns);
    addColumns(db, "BackgroundJob", queueExtraColumns);
    db.execute(
        "CREATE INDEX IF NOT EXISTS idx_backgroundjob_dependson ON \"BackgroundJob\" (\"DependsOn\") WHERE \"DependsOn\" IS NOT NULL");
    markAsOurs(db, creator, now);
    transaction.commit();
}

QStringList columns(SqliteConnection &db, const QString &table)
{
    QStringList names;
    auto query = db.statement("SELECT name FROM pragma_table_info(?)");
    query.bind(table);
    while (query.step())
        names.append(query.text(0));
    return names;
}

QString storeValue(SqliteConnection &db, const char *key)
{
    auto table = db.statement("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'StintStore'");
    if (!table.step())
        return {};
    auto query = db.statement("SELECT Value FROM StintStore WHERE Key = ?");
    query.bind(QByteArray(key));
    return query.step() ? query.text(0) : QString();
}

} // namespace stint::schema
