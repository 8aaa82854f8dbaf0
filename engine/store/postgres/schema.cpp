// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/schema.h"

namespace stint::postgres::schema {

namespace {

/// The 35 columns that BackgroundJob, CompletedJob and FailedJob share, after Id. Source: storage format 6.
constexpr const char *jobColumns = R"(
    "ParentId" BIGINT NULL, "RefId" TEXT NULL, "Worker" TEXT NULL, "Tag" TEXT NULL, "BatchId" TEXT NULL, "Callback" TEXT NULL,
    "DependsOn" BIGINT NULL, "RunAfter" timestamp NULL, "CreatedDate" timestamp NOT NULL, "CreatedBy" TEXT NULL,
    "RequestId" TEXT NULL, "RequestType" TEXT NULL, "Command" TEXT NULL, "Request" TEXT NULL, "RequestBody" TEXT NULL,
    "UserId" TEXT NULL, "Response" TEXT NULL, "ResponseBody" TEXT NULL, "State" VARCHAR(255) NOT NULL,
    "StartedDate" timestamp NULL, "CompletedDate" timestamp NULL, "NotifiedDate" timestamp NULL, "RetryLimit" INTEGER NULL,
    "Attempts" INTEGER NOT NULL, "DurationMs" INTEGER NOT NULL, "TimeoutSecs" INTEGER NULL, "Progress" DOUBLE PRECISION NULL,
    "Status" TEXT NULL, "Logs" TEXT NULL, "LastActivityDate" timestamp NULL, "ReplyTo" TEXT NULL, "ErrorCode" TEXT NULL,
    "Error" TEXT NULL, "Args" TEXT NULL, "Meta" TEXT NULL,
    "Generation" BIGINT NOT NULL DEFAULT 0, "Priority" INTEGER NOT NULL DEFAULT 0, "UniqueKey" TEXT NULL, "Backoff" TEXT NULL,
    "CancelRequested" timestamp NULL, "Interruptions" INTEGER NOT NULL DEFAULT 0, "CallbackAttempts" INTEGER NOT NULL DEFAULT 0)";

constexpr const char *queueTable = R"(,
    "Readiness" INTEGER NOT NULL DEFAULT 0, "DueDate" timestamp NULL, "Owner" TEXT NULL, "EnqueuedBy" BIGINT NULL,
    "EnqueuedByGeneration" BIGINT NULL);
CREATE UNIQUE INDEX uidx_backgroundjob_refid ON "BackgroundJob" ("RefId");
CREATE INDEX idx_backgroundjob_dependson ON "BackgroundJob" ("DependsOn") WHERE "DependsOn" IS NOT NULL;
CREATE INDEX idx_backgroundjob_createddate ON "BackgroundJob" ("CreatedDate");
CREATE INDEX idx_backgroundjob_completeddate_requestid_runafter
    ON "BackgroundJob" ("CompletedDate", "RequestId", "RunAfter") WHERE "CompletedDate" IS NULL AND "RequestId" IS NULL;
CREATE INDEX idx_backgroundjob_ready ON "BackgroundJob" ("Worker", "Priority" DESC, "DueDate", "Id") WHERE "Readiness" = 1;
CREATE INDEX idx_backgroundjob_due ON "BackgroundJob" ("DueDate") WHERE "Readiness" = 0;
CREATE INDEX idx_backgroundjob_unknown ON "BackgroundJob" ("Command", "Request") WHERE "Readiness" = 3;
CREATE INDEX idx_backgroundjob_active ON "BackgroundJob" ("State") WHERE "State" <> 'Queued';
CREATE UNIQUE INDEX uidx_backgroundjob_uniquekey ON "BackgroundJob" ("UniqueKey") WHERE "UniqueKey" IS NOT NULL;
)";

constexpr const char *otherTables = R"(
CREATE TABLE "JobSummary" ("Id" BIGINT PRIMARY KEY, "ParentId" BIGINT NULL, "RefId" TEXT NULL, "Worker" TEXT NULL, "Tag" TEXT NULL,
    "BatchId" TEXT NULL, "CreatedDate" timestamp NOT NULL, "CreatedBy" TEXT NULL, "RequestType" TEXT NULL, "Command" TEXT NULL,
    "Request" TEXT NULL, "Response" TEXT NULL, "UserId" TEXT NULL, "Callback" TEXT NULL, "StartedDate" timestamp NULL,
    "CompletedDate" timestamp NULL, "State" VARCHAR(255) NOT NULL, "DurationMs" INTEGER NOT NULL, "Attempts" INTEGER NOT NULL,
    "ErrorCode" TEXT NULL, "ErrorMessage" TEXT NULL);
CREATE UNIQUE INDEX uidx_jobsummary_refid ON "JobSummary" ("RefId");
CREATE INDEX idx_jobsummary_createddate ON "JobSummary" ("CreatedDate");
CREATE TABLE "ScheduledTask" ("Id" bigserial PRIMARY KEY, "Name" TEXT NULL, "Interval" BIGINT NULL, "CronExpression" TEXT NULL,
    "RequestType" TEXT NULL, "Command" TEXT NULL, "Request" TEXT NULL, "RequestBody" TEXT NULL, "Options" TEXT NULL,
    "LastRun" timestamp NULL, "LastJobId" BIGINT NULL);
CREATE UNIQUE INDEX uidx_scheduledtask_name ON "ScheduledTask" ("Name");
CREATE TABLE "JobAttempt" ("JobId" BIGINT NOT NULL, "Generation" BIGINT NOT NULL, "Attempt" INTEGER NOT NULL,
    "Outcome" VARCHAR(255) NOT NULL, "StartedDate" timestamp NULL, "EndedDate" timestamp NULL, "Error" TEXT NULL, "Logs" TEXT NULL,
    "RequestBody" TEXT NULL, "Discarded" TEXT NULL, PRIMARY KEY ("JobId", "Generation"));
CREATE TABLE "JobLogLine" ("Id" bigserial PRIMARY KEY, "JobId" BIGINT NOT NULL, "Attempt" INTEGER NOT NULL,
    "Level" VARCHAR(255) NOT NULL, "LoggedDate" timestamp NOT NULL, "Message" TEXT NULL, "Kept" boolean NOT NULL DEFAULT false);
CREATE INDEX idx_joblogline_jobid ON "JobLogLine" ("JobId", "Id");
CREATE INDEX idx_joblogline_prunable ON "JobLogLine" ("Id") WHERE NOT "Kept";
CREATE TABLE "JobProcess" ("JobId" BIGINT NOT NULL, "GroupId" BIGINT NOT NULL, "StartTime" BIGINT NOT NULL, PRIMARY KEY ("JobId", "GroupId"));
CREATE TABLE "Host" ("Id" TEXT PRIMARY KEY, "Name" TEXT NOT NULL, "Pid" BIGINT NOT NULL, "Backend" INTEGER NOT NULL,
    "Concurrency" INTEGER NOT NULL, "StartedDate" timestamp NOT NULL, "HeartbeatDate" timestamp NOT NULL, "Commands" TEXT NOT NULL);
CREATE TABLE "Worker" ("Name" TEXT PRIMARY KEY, "Paused" boolean NOT NULL DEFAULT false, "Received" BIGINT NOT NULL DEFAULT 0,
    "Completed" BIGINT NOT NULL DEFAULT 0, "Retries" BIGINT NOT NULL DEFAULT 0, "Failed" BIGINT NOT NULL DEFAULT 0,
    "Cancelled" BIGINT NOT NULL DEFAULT 0, "LastActivityDate" timestamp NULL);
CREATE TABLE "RunDuration" ("Name" TEXT NOT NULL, "Worker" TEXT NOT NULL, "DurationMs" BIGINT NOT NULL, PRIMARY KEY ("Name", "Worker"));
CREATE TABLE "AdminAction" ("Id" bigserial PRIMARY KEY, "ActionDate" timestamp NOT NULL, "Actor" TEXT NOT NULL,
    "Action" VARCHAR(255) NOT NULL, "Detail" TEXT NOT NULL);
CREATE TABLE "HourlyStat" ("Hour" timestamp NOT NULL, "Name" TEXT NOT NULL, "IsApi" boolean NOT NULL, "Worker" TEXT NOT NULL,
    "Completed" BIGINT NOT NULL DEFAULT 0, "Failed" BIGINT NOT NULL DEFAULT 0, "Cancelled" BIGINT NOT NULL DEFAULT 0,
    "Durations" TEXT NOT NULL DEFAULT '', PRIMARY KEY ("Hour", "Name", "IsApi", "Worker"));
CREATE TABLE "StintStore" ("Key" TEXT PRIMARY KEY, "Value" TEXT NOT NULL);
)";

/// Version 2. The key of the occurrences is what forbids a second run.
constexpr const char *secondStep = R"(
ALTER TABLE "ScheduledTask" ADD COLUMN IF NOT EXISTS "Zone" TEXT NULL, ADD COLUMN IF NOT EXISTS "MissedRuns" TEXT NULL,
    ADD COLUMN IF NOT EXISTS "NoOverlap" INTEGER NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS "Enabled" INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN IF NOT EXISTS "NextRun" timestamp NULL, ADD COLUMN IF NOT EXISTS "RunRequested" timestamp NULL,
    ADD COLUMN IF NOT EXISTS "Problem" TEXT NULL;
CREATE TABLE IF NOT EXISTS "TaskOccurrence" ("TaskId" BIGINT NOT NULL, "Moment" timestamp NOT NULL, "Outcome" VARCHAR(255) NOT NULL,
    "RecordedDate" timestamp NOT NULL, "JobId" BIGINT NULL, PRIMARY KEY ("TaskId", "Moment"));
)";

/// Whoever makes tables waits for whoever else does.
constexpr const char *makersLock = "SELECT pg_advisory_xact_lock(1398034004, hashtext(current_schema()))";

/// By the rows of the catalogue: to_regclass() may remember that a table was not there a moment ago.
bool hasTable(PostgresConnection &db, const QString &name)
{
    return db.integer("SELECT count(*) FROM pg_class WHERE relname = $1 AND relnamespace = current_schema()::regnamespace", name) != 0;
}

void setStoreValue(PostgresConnection &db, const char *key, const QString &value)
{
    db.run(R"(INSERT INTO "StintStore" ("Key", "Value") VALUES ($1, $2))", QString::fromLatin1(key), value);
}

} // namespace

Content contentOf(PostgresConnection &db)
{
    if (hasTable(db, QStringLiteral("StintStore")))
        return Content::Ours;
    const bool isForeign = hasTable(db, QStringLiteral("BackgroundJob")) || hasTable(db, QStringLiteral("background_job"));
    return isForeign ? Content::Foreign : Content::Nothing;
}

void create(PostgresConnection &db, const QString &creator, Timestamp now)
{
    db.execute("BEGIN");
    db.execute(makersLock);
    if (contentOf(db) == Content::Nothing) {
        db.execute(R"(CREATE TABLE "BackgroundJob" ("Id" bigserial PRIMARY KEY, )" + QByteArray(jobColumns) + queueTable);
        for (const char *const table : {"CompletedJob", "FailedJob"})
            db.execute("CREATE TABLE \"" + QByteArray(table) + "\" (\"Id\" BIGINT, " + jobColumns
                       + R"(, PRIMARY KEY ("Id", "CreatedDate")) PARTITION BY RANGE ("CreatedDate"))");
        db.execute(otherTables);
        db.execute(secondStep);
        setStoreValue(db, "schemaVersion", QString::number(version));
        setStoreValue(db, "createdBy", creator);
        setStoreValue(db, "birth", QString::fromLatin1(toStoreText(now)));
    }
    db.execute("COMMIT");
}

void upgrade(PostgresConnection &db)
{
    if (storeVersion(db) >= version)
        return;
    db.execute("BEGIN");
    db.execute(makersLock);
    db.execute(secondStep);
    db.run(R"(UPDATE "StintStore" SET "Value" = $1 WHERE "Key" = 'schemaVersion')", QString::number(version));
    db.execute("COMMIT");
}

int storeVersion(PostgresConnection &db)
{
    return storeValue(db, QStringLiteral("schemaVersion")).toInt();
}

void createMonth(PostgresConnection &db, YearMonth month)
{
    const QString suffix = QStringLiteral("_%1_%2").arg(month.year, 4, 10, QLatin1Char('0')).arg(month.month, 2, 10, QLatin1Char('0'));
    for (const QString &table : {QStringLiteral("CompletedJob"), QStringLiteral("FailedJob")}) {
        const QString name = table + suffix;
        if (hasTable(db, name))
            continue;
        db.execute(makersLock);
        if (hasTable(db, name))
            continue;
        // Attached, not made in place: that lets others go on writing to the months there are.
        db.execute(
            QStringLiteral("CREATE TABLE \"%1\" (LIKE \"%2\" INCLUDING DEFAULTS INCLUDING CONSTRAINTS); "
                           "ALTER TABLE \"%2\" ATTACH PARTITION \"%1\" FOR VALUES FROM ('%3') TO ('%4')")
                .arg(name, table, QString::fromLatin1(toStoreText(month.begin())), QString::fromLatin1(toStoreText(month.next().begin())))
                .toUtf8());
    }
}

QString storeValue(PostgresConnection &db, const QString &key)
{
    auto rows = db.query(R"(SELECT "Value" FROM "StintStore" WHERE "Key" = $1)", key);
    return rows.next() ? rows.text(0) : QString();
}

} // namespace stint::postgres::schema
