// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/looking.h"

#include "engine/store/postgres/archiving.h"
#include "engine/store/postgres/hosting.h"
#include "engine/store/postgres/jobfilter.h"
#include "engine/store/postgres/jobrow.h"
#include "engine/store/postgres/schema.h"
#include "engine/store/rowvalues.h"
#include "engine/store/waitreasons.h"

#include <algorithm>

namespace stint::postgres::looking {

namespace {

void estimate(PostgresConnection &db, Job &job, Timestamp now)
{
    if (!rowvalues::wantsEstimate(job))
        return;
    // The last run on the same worker, or else on any.
    auto row = db.query(R"(SELECT "DurationMs" FROM "RunDuration" WHERE "Name" = $1 ORDER BY "Worker" = $2 DESC LIMIT 1)", job.name(),
                        job.worker.isNull() ? QStringLiteral("") : job.worker);
    if (row.next() && row.integer(0) > 0)
        job.estimatedProgress = rowvalues::estimatedProgress(job, row.real(0), now);
}

QByteArray pageSql(const JobQuery &query)
{
    switch (query.pane) {
    case Pane::Queue: return "SELECT " + jobrow::queueList(query.detail) + R"( FROM "BackgroundJob")";
    case Pane::All: break;
    case Pane::Completed: return "SELECT " + jobrow::archiveList(query.detail) + R"( FROM "CompletedJob")";
    case Pane::Failed: return "SELECT " + jobrow::archiveList(query.detail) + R"( FROM "FailedJob")";
    }
    return jobrow::selectSummaries;
}

/// The rest of what is known about the job of a summary.
void readRows(PostgresConnection &db, JobResult &result, Timestamp now)
{
    static const QByteArray liveSql = "SELECT " + jobrow::queueList(RowDetail::Full) + R"( FROM "BackgroundJob" WHERE "Id" = $1)";
    static const QByteArray attemptSql
        = QByteArray("SELECT ") + jobrow::attemptList + R"( FROM "JobAttempt" WHERE "JobId" = $1 ORDER BY "Generation")";
    auto live = db.query(liveSql.constData(), result.summary.id);
    if (live.next()) {
        result.queued = rowreading::readJob(live);
        estimate(db, *result.queued, now);
    } else if (auto ended = archiving::read(db, result.summary.id, result.summary.createdDate)) {
        (ended->state == JobState::Completed ? result.completed : result.failed) = std::move(ended);
    }
    auto attempts = db.query(attemptSql.constData(), result.summary.id);
    while (attempts.next())
        result.attempts.append(rowreading::readAttempt(attempts));
}

template <typename Key>
std::optional<JobResult> findBy(PostgresConnection &db, const char *sql, const Key &key, Timestamp now)
{
    JobResult result;
    {
        auto row = db.query(sql, key);
        if (!row.next())
            return {};
        result.summary = rowreading::readSummary(row);
    }
    readRows(db, result, now);
    return result;
}

QList<LogLine> readLines(PostgresRows rows)
{
    QList<LogLine> lines;
    while (rows.next())
        lines.append(rowreading::readLogLine(rows));
    return lines;
}

} // namespace

JobPage list(PostgresConnection &db, const JobQuery &query, Timestamp now)
{
    JobPage page;
    const FilterSql filter(query.pane == Pane::All ? FilterSql::Table::Summary : FilterSql::Table::Jobs, query);
    {
        auto rows = db.queryWith(db.keep(pageSql(query) + filter.clause(query, query.limit + 1)), filter.parameters());
        while (rows.next()) {
            Job &job = page.jobs.emplaceBack();
            if (query.pane == Pane::All)
                rowreading::readJobOfSummary(rows, job);
            else
                rowreading::readJob(rows, job);
        }
    }
    page.more = page.jobs.size() > query.limit;
    if (page.more)
        page.jobs.removeLast();
    if (query.isFromBelow())
        std::reverse(page.jobs.begin(), page.jobs.end());
    for (Job &job : page.jobs)
        estimate(db, job, now);
    return page;
}

std::optional<JobResult> find(PostgresConnection &db, std::int64_t id, Timestamp now)
{
    static const QByteArray sql = QByteArray(jobrow::selectSummaries) + R"( WHERE s."Id" = $1)";
    return findBy(db, sql.constData(), id, now);
}

std::optional<JobResult> find(PostgresConnection &db, const QString &refId, Timestamp now)
{
    static const QByteArray sql = QByteArray(jobrow::selectSummaries) + R"( WHERE s."RefId" = $1)";
    return findBy(db, sql.constData(), refId, now);
}

QList<LogLine> logs(PostgresConnection &db, std::int64_t jobId, std::int64_t afterId, int limit)
{
    static const QByteArray sql
        = QByteArray("SELECT ") + jobrow::logLineList + R"( FROM "JobLogLine" WHERE "JobId" = $1 AND "Id" > $2 ORDER BY "Id" LIMIT $3)";
    if (db.integer(R"(SELECT 1 FROM "JobLogLine" WHERE "JobId" = $1 LIMIT 1)", jobId) != 0)
        return readLines(db.query(sql.constData(), jobId, afterId, limit));
    const auto result = find(db, jobId, {});
    return result && result->job() ? rowvalues::splitLogs(*result->job(), afterId, limit) : QList<LogLine>{};
}

QList<LogLine> recentLog(PostgresConnection &db, std::optional<std::int64_t> afterId, int limit)
{
    static const QByteArray select = QByteArray("SELECT ") + jobrow::logLineList + R"( FROM "JobLogLine")";
    static const QByteArray next = select + R"( WHERE "Id" > $1 ORDER BY "Id" LIMIT $2)";
    static const QByteArray newest = select + R"( ORDER BY "Id" DESC LIMIT $1)";
    if (afterId)
        return readLines(db.query(next.constData(), *afterId, limit));
    QList<LogLine> lines = readLines(db.query(newest.constData(), limit));
    std::reverse(lines.begin(), lines.end());
    return lines;
}

QList<WaitReason> waitingFor(PostgresConnection &db, const Job &job, Timestamp now)
{
    if (job.state != JobState::Queued)
        return {};
    WaitFacts facts{.isHosted = true};
    if (job.dependsOn) {
        if (const auto parent = find(db, *job.dependsOn, now))
            facts.parent = parent->summary;
    }
    facts.workerPaused
        = db.integer(R"(SELECT 1 FROM "Worker" WHERE "Name" = $1 AND "Paused")", job.worker.isNull() ? QStringLiteral("") : job.worker)
        != 0;
    if (!job.worker.isNull()) {
        auto busy = db.query(
            R"(SELECT "Id" FROM "BackgroundJob" WHERE "State" <> 'Queued' AND "State" = 'Started' AND "Worker" = $1 LIMIT 1)", job.worker);
        if (busy.next())
            facts.workerRuns = busy.integer(0);
    }
    for (const HostInfo &host : hosting::hosts(db)) {
        if (host.alive)
            facts.host = host;
    }
    return waitReasons(job, facts, now);
}

QList<JobSummary> related(PostgresConnection &db, const JobSummary &job, int limit)
{
    QList<JobSummary> found;
    const auto add = [&](const QByteArray &condition, const auto &key) {
        auto rows = db.query(db.keep(jobrow::selectSummaries + condition + R"( ORDER BY s."Id" DESC LIMIT $2)"), key, limit);
        while (rows.next()) {
            JobSummary other = rowreading::readSummary(rows);
            const bool known = other.id == job.id
                || std::any_of(found.cbegin(), found.cend(), [&](const JobSummary &summary) { return summary.id == other.id; });
            if (!known)
                found.append(std::move(other));
        }
    };
    if (job.parentId)
        add(R"( WHERE s."Id" = $1)", *job.parentId);
    add(R"( WHERE s."Id" IN (SELECT "Id" FROM "BackgroundJob" WHERE "DependsOn" = $1))", job.id);
    // Children and batches have no index: the newest part of the table is looked through.
    add(R"( WHERE s."ParentId" = $1 AND s."Id" > (SELECT max("Id") FROM "JobSummary") - 20000)", job.id);
    if (!job.batchId.isEmpty())
        add(R"( WHERE s."BatchId" = $1 AND s."Id" > (SELECT max("Id") FROM "JobSummary") - 20000)", job.batchId);
    return found;
}

QList<ScheduledTask> scheduledTasks(PostgresConnection &db)
{
    // An older version's database that is only looked at has not got them.
    const bool withExtras = schema::storeVersion(db) >= schema::taskExtrasVersion;
    QList<ScheduledTask> tasks;
    auto rows = db.query(db.keep(jobrow::selectTasks(withExtras) + R"( ORDER BY t."Id")"));
    while (rows.next())
        tasks.append(rowreading::readTask(rows));
    return tasks;
}

QList<TaskOccurrence> occurrences(PostgresConnection &db, std::int64_t taskId, int limit)
{
    QList<TaskOccurrence> found;
    if (schema::storeVersion(db) < schema::taskExtrasVersion)
        return found;
    auto rows = db.query(R"(SELECT "Moment"::text, "Outcome", "RecordedDate"::text, "JobId" FROM "TaskOccurrence" WHERE "TaskId" = $1
                            ORDER BY "Moment" DESC LIMIT $2)",
                         taskId, limit);
    while (rows.next())
        found.append(rowreading::readOccurrence(rows));
    return found;
}

} // namespace stint::postgres::looking
