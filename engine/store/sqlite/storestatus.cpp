// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/storestatus.h"

#include "engine/store/hostcommands.h"
#include "engine/store/hostlock.h"
#include "engine/store/rowvalues.h"
#include "engine/store/sqlite/joblog.h"
#include "engine/store/sqlite/jobrow.h"
#include "engine/store/waitreasons.h"

#include <QFile>

namespace stint {

namespace {

QList<LogLine> readLines(ReadConnection &file, const char *condition, std::int64_t first, std::int64_t second, int limit)
{
    QList<LogLine> lines;
    auto rows = file.db().statement(file.keep(QByteArray("SELECT ") + jobrow::logLineList + " FROM JobLogLine WHERE " + condition));
    rows.bindAll(first, second, limit);
    while (rows.step())
        lines.append(rowreading::readLogLine(rows));
    return lines;
}

std::int64_t countUpTo(ReadConnection &file, const char *from, std::int64_t limit)
{
    return file.db().integer(file.keep(QByteArray("SELECT count(*) FROM (SELECT 1 FROM ") + from + " LIMIT "
                                       + QByteArray::number(static_cast<qlonglong>(limit)) + ')'));
}

} // namespace

QList<LogLine> StoreStatus::logs(std::int64_t jobId, std::int64_t afterId, int limit) const
{
    const auto live = m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &file) -> std::optional<QList<LogLine>> {
        if (!file.hasTable("JobLogLine"))
            return std::nullopt;
        // The lines of a job stay as long as its row, so of one that has ended too, until both are in its month.
        auto queued = file.db().statement("SELECT 1 FROM BackgroundJob WHERE Id = ?1 AND (State IN ('Queued', 'Started', 'Executed') "
                                          "OR EXISTS (SELECT 1 FROM JobLogLine WHERE JobId = ?1))");
        queued.bind(jobId);
        if (!queued.step() && !joblog::isComplete(file.db(), jobId))
            return std::nullopt;
        return readLines(file, "JobId = ? AND Id > ? ORDER BY Id LIMIT ?", jobId, afterId, limit);
    });
    return live ? *live : archivedLog(jobId, afterId, limit);
}

QList<LogLine> StoreStatus::archivedLog(std::int64_t jobId, std::int64_t afterId, int limit) const
{
    const auto result = m_reader.find(jobId);
    if (!result || !result->job())
        return {};
    const QString path = m_reader.monthPath(YearMonth::of(result->summary.createdDate));
    if (QFile::exists(path)) {
        const auto lines = m_reader.snapshot(path, [&](ReadConnection &file) {
            return file.hasTable("JobLogLine") ? readLines(file, "JobId = ? AND Id > ? ORDER BY Id LIMIT ?", jobId, afterId, limit)
                                               : QList<LogLine>{};
        });
        if (!lines.isEmpty())
            return lines;
    }
    return rowvalues::splitLogs(*result->job(), afterId, limit);
}

QList<LogLine> StoreStatus::recentLog(std::optional<std::int64_t> afterId, int limit) const
{
    return m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &file) {
        if (!file.hasTable("JobLogLine"))
            return QList<LogLine>{};
        if (afterId)
            return readLines(file, "Id > ? AND Id > ? ORDER BY Id LIMIT ?", *afterId, 0, limit);
        QList<LogLine> newest = readLines(file, "Id > ? AND Id > ? ORDER BY Id DESC LIMIT ?", 0, 0, limit);
        std::reverse(newest.begin(), newest.end());
        return newest;
    });
}

QList<WaitReason> StoreStatus::waitingFor(const Job &job) const
{
    if (job.state != JobState::Queued)
        return {};
    WaitFacts facts = m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &file) {
        WaitFacts found{.isHosted = SqliteReader::isOurs(file)};
        if (job.dependsOn) {
            auto row = file.db().statement(file.keep(jobrow::selectSummaries(found.isHosted) + " WHERE s.Id = ?"));
            row.bind(*job.dependsOn);
            if (row.step())
                found.parent = rowreading::readSummary(row);
        }
        if (file.hasTable("Worker")) {
            auto paused = file.db().statement("SELECT 1 FROM Worker WHERE Name = ? AND Paused = 1");
            paused.bind(job.worker.isNull() ? QStringLiteral("") : job.worker);
            found.workerPaused = paused.step();
        }
        if (!job.worker.isNull()) {
            auto busy
                = file.db().statement("SELECT Id FROM BackgroundJob WHERE State <> 'Queued' AND State = 'Started' AND Worker = ? LIMIT 1");
            busy.bind(job.worker);
            if (busy.step())
                found.workerRuns = busy.integer(0);
        }
        return found;
    });
    for (const HostInfo &host : hosts()) {
        if (host.alive)
            facts.host = host;
    }
    return waitReasons(job, facts, m_clock->now());
}

QList<JobSummary> StoreStatus::related(const JobSummary &job, int limit) const
{
    return m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &file) {
        QList<JobSummary> found;
        const auto add = [&](const QByteArray &condition, const auto &key) {
            auto rows = file.db().statement(file.keep(jobrow::selectSummaries(SqliteReader::isOurs(file)) + " WHERE " + condition
                                                      + " ORDER BY s.Id DESC LIMIT " + QByteArray::number(limit)));
            rows.bind(key);
            while (rows.step()) {
                JobSummary other = rowreading::readSummary(rows);
                const bool known = other.id == job.id
                    || std::any_of(found.cbegin(), found.cend(), [&](const JobSummary &summary) { return summary.id == other.id; });
                if (!known)
                    found.append(std::move(other));
            }
        };
        if (job.parentId)
            add("s.Id = ?", *job.parentId);
        add("s.Id IN (SELECT Id FROM BackgroundJob WHERE DependsOn = ?)", job.id);
        // Children and batches have no index: the newest part of the table is looked through.
        add("s.ParentId = ? AND s.Id > (SELECT max(Id) FROM JobSummary) - 20000", job.id);
        if (!job.batchId.isEmpty())
            add("s.BatchId = ? AND s.Id > (SELECT max(Id) FROM JobSummary) - 20000", job.batchId);
        return found;
    });
}

JobCounts StoreStatus::counts() const
{
    return m_reader.snapshot(m_reader.queuePath(), [](ReadConnection &file) {
        JobCounts counts;
        const std::int64_t limit = JobCounts::countLimit;
        counts.running = countUpTo(file, "BackgroundJob WHERE State <> 'Queued' AND State IN ('Started', 'Executed')", limit);
        counts.queued = countUpTo(file, "BackgroundJob WHERE State = 'Queued'", limit + 1);
        counts.queuedIsExact = counts.queued <= limit;
        counts.queued = std::min(counts.queued, limit);
        counts.failedRecently = file.db().integer("SELECT count(*) FROM JobSummary WHERE State = 'Failed' "
                                                  "AND Id > (SELECT max(Id) FROM JobSummary) - 10000");
        return counts;
    });
}

QList<WorkerInfo> StoreStatus::workers() const
{
    return m_reader.snapshot(m_reader.queuePath(), [](ReadConnection &file) {
        QMap<QString, WorkerInfo> workers;
        const auto worker = [&](const QString &name) -> WorkerInfo & {
            WorkerInfo &info = workers[name];
            info.name = name;
            return info;
        };
        if (file.hasTable("Worker")) {
            auto rows
                = file.db().statement("SELECT Name, Paused, Received, Completed, Retries, Failed, Cancelled, LastActivityDate FROM Worker");
            while (rows.step()) {
                WorkerInfo &info = worker(rows.text(0));
                info.paused = rows.integer(1) != 0;
                info.received = rows.integer(2);
                info.completed = rows.integer(3);
                info.retries = rows.integer(4);
                info.failed = rows.integer(5);
                info.cancelled = rows.integer(6);
                info.lastActivity = rows.date(7);
            }
        }
        auto waiting = file.db().statement("SELECT Worker, count(*), min(CreatedDate) FROM "
                                           "(SELECT Worker, CreatedDate FROM BackgroundJob WHERE State = 'Queued' LIMIT 10000) "
                                           "GROUP BY Worker");
        while (waiting.step()) {
            WorkerInfo &info = worker(waiting.text(0));
            info.queued = waiting.integer(1);
            info.oldestQueued = waiting.date(2);
        }
        auto running = file.db().statement("SELECT Worker, Id, StartedDate FROM BackgroundJob "
                                           "WHERE State <> 'Queued' AND State IN ('Started', 'Executed') ORDER BY Id");
        while (running.step()) {
            WorkerInfo &info = worker(running.text(0));
            ++info.running;
            if (!info.runningJob) {
                info.runningJob = running.integer(1);
                info.runningSince = running.date(2);
            }
        }
        return workers.values();
    });
}

QList<HostInfo> StoreStatus::hosts() const
{
    const QString alive = HostLock::holder(m_reader.folder());
    return m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &file) {
        QList<HostInfo> hosts;
        if (!file.hasTable("Host"))
            return hosts;
        auto rows = file.db().statement("SELECT Id, Name, Pid, Concurrency, StartedDate, HeartbeatDate, Commands FROM Host "
                                        "ORDER BY StartedDate DESC LIMIT 20");
        while (rows.step()) {
            HostInfo host;
            host.id = rows.text(0);
            host.name = rows.text(1);
            host.pid = rows.integer(2);
            host.alive = !alive.isEmpty() && host.id == alive;
            host.concurrency = static_cast<int>(rows.integer(3));
            host.startedDate = rows.date(4).value_or(Timestamp{});
            host.heartbeatDate = rows.date(5).value_or(Timestamp{});
            host.commands = parseHostCommands(rows.bytes(6));
            hosts.append(host);
        }
        return hosts;
    });
}

QList<std::int64_t> StoreStatus::cancelRequests(const QString &hostId) const
{
    return m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &file) {
        QList<std::int64_t> ids;
        auto rows
            = file.db().statement("SELECT Id FROM BackgroundJob WHERE CancelRequested IS NOT NULL AND State = 'Started' AND Owner = ?");
        rows.bind(hostId);
        while (rows.step())
            ids.append(rows.integer(0));
        return ids;
    });
}

QList<OrphanedJob> StoreStatus::orphans() const
{
    return m_reader.snapshot(m_reader.queuePath(), [](ReadConnection &file) {
        QList<OrphanedJob> orphans;
        auto rows = file.db().statement(
            file.keep("SELECT " + file.selectList("BackgroundJob", RowDetail::Full)
                      + " FROM BackgroundJob WHERE State <> 'Queued' AND State IN ('Started', 'Executed') "
                        "AND (State = 'Started' OR Owner IS NOT NULL) ORDER BY Id")); // not those between two callback runs
        while (rows.step())
            orphans.append({rowreading::readJob(rows), rowreading::readOwner(rows), {}});
        for (OrphanedJob &orphan : orphans) {
            auto processes = file.db().statement("SELECT GroupId, StartTime FROM JobProcess WHERE JobId = ?");
            processes.bind(orphan.job.id);
            while (processes.step())
                orphan.processes.append({processes.integer(0), processes.integer(1)});
        }
        return orphans;
    });
}

} // namespace stint
