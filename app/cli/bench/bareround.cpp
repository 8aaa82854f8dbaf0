// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/bench/bareround.h"

#include "app/cli/bench/baredatabase.h"
#include "engine/clock.h"
#include "engine/refid.h"

#include <QDir>

#include <vector>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

QByteArray settings(const BenchPlan &plan)
{
    return plan.isNormal ? "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000"
                         : "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000";
}

QByteArray now()
{
    return toStoreText(SystemClock().now());
}

struct BareJob {
    std::int64_t id = 0;
    QByteArray refId;
    QByteArray created;
    QByteArray started;
    QByteArray completed;
};
using Batch = std::vector<BareJob>;

/// The pipeline of one program: each transaction of jobs.db deletes what is archived, ends what runs, starts what is
/// queued and enqueues the next batch; the month's transaction follows it.
class BarePipeline final
{
public:
    BarePipeline(const BenchPlan &plan, const QString &location)
        : m_plan(plan)
        , m_queue(location + u"/jobs.db"_s)
        , m_month(location + u'/' + QDir(location).entryList({u"jobs_*.db"_s}).value(0))
        , m_nextId(BareStatement(m_queue, "SELECT seq + 1 FROM sqlite_sequence WHERE name = 'BackgroundJob'").text().toLongLong())
    {
        m_queue.execute(settings(plan));
        m_month.execute(settings(BenchPlan())); // a month is always written at FULL
    }

    void run()
    {
        int left = m_plan.jobs;
        Batch queued;
        Batch running;
        Batch archived;
        while (left > 0 || !queued.empty() || !running.empty() || !archived.empty()) {
            m_queue.execute("BEGIN IMMEDIATE");
            remove(archived);
            end(running);
            start(queued);
            Batch enqueued = enqueue(std::min(left, m_plan.batch));
            left -= static_cast<int>(enqueued.size());
            m_queue.execute("COMMIT");
            archive(running);
            archived = std::exchange(running, std::exchange(queued, std::move(enqueued)));
        }
    }

private:
    Batch enqueue(int count)
    {
        Batch jobs;
        for (int i = 0; i < count; ++i) {
            BareJob job{.id = m_nextId++, .refId = makeRefId().toLatin1(), .created = now()};
            m_insertJob.run(job.id, job.refId, job.created);
            m_insertSummary.run(job.id, job.refId, job.created);
            jobs.push_back(std::move(job));
        }
        return jobs;
    }

    void start(Batch &jobs)
    {
        const QByteArray requestId = makeRefId().toLatin1();
        for (BareJob &job : jobs) {
            job.started = now();
            m_start.run(job.id, requestId, job.started);
        }
    }

    void end(Batch &jobs)
    {
        for (BareJob &job : jobs) {
            job.completed = now();
            m_end.run(job.id, job.completed);
            m_endSummary.run(job.id, job.started, job.completed);
        }
    }

    void archive(const Batch &jobs)
    {
        if (jobs.empty())
            return;
        m_month.execute("BEGIN IMMEDIATE");
        for (const BareJob &job : jobs) {
            m_archive.run(job.id, job.refId, job.created, job.started, job.completed);
            m_removeSibling.run(job.id);
        }
        m_month.execute("COMMIT");
    }

    void remove(const Batch &jobs)
    {
        for (const BareJob &job : jobs)
            m_delete.run(job.id);
    }

    const BenchPlan &m_plan;
    BareDatabase m_queue;
    BareDatabase m_month;
    std::int64_t m_nextId;
    BareStatement m_insertJob{
        m_queue,
        "INSERT INTO BackgroundJob (Id, RefId, CreatedDate, RequestType, Command, Request, RequestBody, State, Attempts, DurationMs, "
        "LastActivityDate, Readiness, DueDate) VALUES (?1, ?2, ?3, 'CMD', 'Nothing', 'NoArgs', '{}', 'Queued', 1, 0, ?3, 1, ?3)"};
    BareStatement m_insertSummary{
        m_queue,
        "INSERT INTO JobSummary (Id, RefId, CreatedDate, RequestType, Command, Request, State, DurationMs, Attempts) "
        "VALUES (?, ?, ?, 'CMD', 'Nothing', 'NoArgs', 'Queued', 0, 1)"};
    BareStatement m_start{
        m_queue,
        "UPDATE BackgroundJob SET State = 'Started', Readiness = 4, Generation = Generation + 1, RequestId = ?2, StartedDate = ?3, "
        "LastActivityDate = ?3 WHERE Id = ?1"};
    BareStatement m_end{
        m_queue,
        "UPDATE BackgroundJob SET State = 'Completed', CompletedDate = ?2, LastActivityDate = ?2, Progress = 1, ResponseBody = '{}' "
        "WHERE Id = ?1 AND Generation = 1"};
    BareStatement m_endSummary{
        m_queue,
        "UPDATE JobSummary SET State = 'Completed', StartedDate = ?2, CompletedDate = ?3, DurationMs = 0, Attempts = 1 WHERE Id = ?1"};
    BareStatement m_delete{m_queue, "DELETE FROM BackgroundJob WHERE Id = ?1 AND Generation = 1 AND State = 'Completed'"};
    BareStatement m_archive{
        m_month,
        "INSERT INTO CompletedJob (Id, RefId, CreatedDate, RequestType, Command, Request, RequestBody, State, StartedDate, CompletedDate, "
        "Attempts, DurationMs, Progress, ResponseBody, LastActivityDate, Generation) "
        "VALUES (?1, ?2, ?3, 'CMD', 'Nothing', 'NoArgs', '{}', 'Completed', ?4, ?5, 1, 0, 1, '{}', ?5, 1) "
        "ON CONFLICT (Id) DO UPDATE SET State = excluded.State, Generation = excluded.Generation "
        "WHERE excluded.Generation >= Generation"};
    BareStatement m_removeSibling{m_month, "DELETE FROM FailedJob WHERE Id = ?"};
};

} // namespace

Result<void> runBare(const BenchPlan &plan, const QString &location, BenchRound &round)
{
    try {
        BarePipeline pipeline(plan, location);
        const auto begin = std::chrono::steady_clock::now();
        pipeline.run();
        round.bareEndToEndPerSecond = plan.jobs / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return {};
    } catch (const Error &error) {
        return error;
    }
}

} // namespace stint::cli
