// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/claiming.h"

#include "engine/refid.h"
#include "engine/store/postgres/dependents.h"
#include "engine/store/postgres/jobrow.h"
#include "engine/store/rowvalues.h"

#include <algorithm>

namespace stint::postgres::claiming {

namespace {

/// How many waiting jobs one claim looks at, so that no transaction grows with the queue.
constexpr int promotionLimit = 1000;
/// The same for jobs that it sets aside or moves to another worker.
constexpr int setAsideLimit = 1000;

QByteArray arrayOf(const QList<std::int64_t> &ids)
{
    return '{' + rowvalues::joinIds(ids) + '}';
}

struct DueJob {
    std::int64_t id = 0;
    std::optional<std::int64_t> dependsOn;
};

std::vector<DueJob> dueJobs(PostgresWriter &writer)
{
    std::vector<DueJob> found;
    auto rows = writer.db().query(R"(SELECT "Id", CASE WHEN "State" = 'Executed' THEN NULL ELSE "DependsOn" END FROM "BackgroundJob"
                                     WHERE "Readiness" = 0 AND ("DueDate" <= $1 OR "DueDate" IS NULL)
                                     ORDER BY "DueDate" LIMIT $2 FOR UPDATE SKIP LOCKED)",
                                  writer.now(), promotionLimit);
    while (rows.next())
        found.push_back({rows.integer(0), rows.optionalInteger(1)});
    return found;
}

/// What to do with a job whose date has come.
void promote(PostgresWriter &writer, const DueJob &job)
{
    const auto parent = job.dependsOn ? dependents::stateOfParent(writer.db(), *job.dependsOn) : JobState::Completed;
    if (!parent || parent == JobState::Failed || parent == JobState::Cancelled) {
        dependents::cancelRow(writer, job.id, joberror::parentFailed());
        dependents::cancel(writer, job.id);
        return;
    }
    writer.db().run(R"(UPDATE "BackgroundJob" SET "Readiness" = $2, "DueDate" = coalesce("DueDate", "RunAfter", "CreatedDate")
                       WHERE "Id" = $1)",
                    job.id, parent == JobState::Completed ? 1 : 2);
}

/// One claim under way.
class Claim final
{
public:
    Claim(PostgresWriter &writer, const ClaimRequest &request, Backlog &backlog)
        : m_writer(writer)
        , m_request(request)
        , m_backlog(backlog)
        , m_requestId(makeRefId())
    {
    }

    ClaimResult run()
    {
        const auto due = dueJobs(m_writer);
        for (const DueJob &job : due)
            promote(m_writer, job);
        m_result.again = due.size() >= promotionLimit;
        if (m_backlog.unknownMayBeKnown)
            takeUpUnknown();
        readPausedWorkers();
        if (!m_paused.contains(QString()))
            take(QString(), m_request.poolCapacity);
        takeFromLanes();
        readNextDue();
        if (m_request.draining)
            readWhatIsLeft();
        return std::move(m_result);
    }

private:
    void takeUpUnknown()
    {
        int left = promotionLimit;
        const auto takeUp = [&](const QSet<QString> &names, const char *sql) {
            for (const QString &name : names)
                left -= static_cast<int>(m_writer.db().run(sql, name, left));
        };
        takeUp(m_request.commands, R"(UPDATE "BackgroundJob" SET "Readiness" = 1 WHERE "Id" IN
                                      (SELECT "Id" FROM "BackgroundJob" WHERE "Readiness" = 3 AND "Command" = $1 LIMIT $2))");
        takeUp(m_request.apis, R"(UPDATE "BackgroundJob" SET "Readiness" = 1 WHERE "Id" IN
                                  (SELECT "Id" FROM "BackgroundJob" WHERE "Readiness" = 3 AND "Command" IS NULL
                                   AND ("Request" = $1 OR $1 = '*') LIMIT $2))");
        if (left == promotionLimit) // nothing, then, that a transaction that is lost would take back
            m_backlog.unknownMayBeKnown = false;
        else
            m_result.again = true;
    }

    void readPausedWorkers()
    {
        auto rows = m_writer.db().query(R"(SELECT "Name" FROM "Worker" WHERE "Paused")");
        while (rows.next())
            m_paused.insert(admission::orNull(rows.text(0)));
    }

    void takeFromLanes()
    {
        for (auto lane = m_request.laneCapacity.cbegin(); lane != m_request.laneCapacity.cend(); ++lane) {
            if (!m_paused.contains(lane.key()))
                take(lane.key(), lane.value());
        }
        int newLanes = m_request.newLanes;
        // Skips from one worker's ready jobs to the next by the index, however many there are of each.
        for (QString worker = workerAfter(QStringLiteral("")); !worker.isNull(); worker = workerAfter(worker)) {
            if (m_paused.contains(worker) || m_request.laneCapacity.contains(worker))
                continue;
            if (newLanes <= 0) {
                m_result.more = true;
                return;
            }
            newLanes -= take(worker, m_request.newLaneCapacity) > 0 ? 1 : 0;
        }
    }

    QString workerAfter(const QString &worker)
    {
        auto row = m_writer.db().query(
            R"(SELECT "Worker" FROM "BackgroundJob" WHERE "Readiness" = 1 AND "Worker" > $1 ORDER BY "Worker" LIMIT 1)", worker);
        return row.next() ? row.text(0) : QString();
    }

    /// Takes up to `capacity` ready jobs of one worker; those that nobody knows are set aside on the way.
    int take(const QString &worker, int capacity)
    {
        int total = 0;
        for (;;) {
            QList<std::int64_t> taken;
            int setAside = 0;
            for (const Candidate &candidate : readyJobs(worker, capacity - total + 1)) {
                if (!isKnown(candidate)) {
                    setUnknown(candidate);
                    ++setAside;
                } else if (const QString fixed = fixedWorker(candidate); !fixed.isNull() && fixed != worker) {
                    moveToWorker(candidate, fixed);
                    ++setAside;
                } else if (total + taken.size() < capacity) {
                    taken.append(candidate.id);
                } else {
                    m_result.more = true;
                }
            }
            start(taken);
            total += static_cast<int>(taken.size());
            if (setAside == 0 || m_result.more)
                return total;
            m_setAside += setAside;
            if (m_setAside >= setAsideLimit) {
                m_result.again = true;
                return total;
            }
        }
    }

    struct Candidate {
        std::int64_t id = 0;
        bool isApi = false;
        QString name;
    };

    std::vector<Candidate> readyJobs(const QString &worker, int limit)
    {
        std::vector<Candidate> found;
        auto rows = worker.isNull() ? m_writer.db().query(R"(SELECT "Id", "RequestType", coalesce("Command", "Request") FROM "BackgroundJob"
                                     WHERE "Readiness" = 1 AND "Worker" IS NULL ORDER BY "Priority" DESC, "DueDate", "Id" LIMIT $1
                                     FOR UPDATE SKIP LOCKED)",
                                                          limit)
                                    : m_writer.db().query(R"(SELECT "Id", "RequestType", coalesce("Command", "Request") FROM "BackgroundJob"
                                     WHERE "Readiness" = 1 AND "Worker" = $2 ORDER BY "Priority" DESC, "DueDate", "Id" LIMIT $1
                                     FOR UPDATE SKIP LOCKED)",
                                                          limit, worker);
        while (rows.next())
            found.push_back({rows.integer(0), rows.text(1) == requesttype::api, rows.text(2)});
        return found;
    }

    [[nodiscard]] bool isKnown(const Candidate &candidate) const
    {
        if (!candidate.isApi)
            return m_request.commands.contains(candidate.name);
        return m_request.apis.contains(candidate.name) || m_request.apis.contains(anyApi);
    }

    void setUnknown(const Candidate &candidate)
    {
        m_writer.db().run(R"(UPDATE "BackgroundJob" SET "Readiness" = 3 WHERE "Id" = $1)", candidate.id);
        if (!m_result.unknown.contains(candidate.name))
            m_result.unknown.append(candidate.name);
    }

    [[nodiscard]] QString fixedWorker(const Candidate &candidate) const
    {
        return candidate.isApi ? QString() : m_request.fixedWorkers.value(candidate.name);
    }

    void moveToWorker(const Candidate &candidate, const QString &worker)
    {
        m_writer.db().run(R"(UPDATE "BackgroundJob" SET "Worker" = $2 WHERE "Id" = $1)", candidate.id, worker);
        m_writer.db().run(R"(UPDATE "JobSummary" SET "Worker" = $2 WHERE "Id" = $1)", candidate.id, worker);
        m_result.again = true; // that worker may have had its turn
    }

    /// All at once; the answer comes in any order.
    void start(const QList<std::int64_t> &ids)
    {
        if (ids.isEmpty())
            return;
        static const QByteArray sql
            = R"(UPDATE "BackgroundJob" SET "State" = CASE "State" WHEN 'Executed' THEN "State" ELSE 'Started' END, "Readiness" = 4,
                 "Generation" = "Generation" + 1, "Owner" = $1, "RequestId" = $2, "LastActivityDate" = $3,
                 "StartedDate" = CASE "State" WHEN 'Executed' THEN "StartedDate" ELSE $3 END WHERE "Id" = ANY ($4::bigint[]) RETURNING )"
            + jobrow::queueList(RowDetail::Full);
        auto rows = m_writer.db().query(sql.constData(), m_request.hostId, m_requestId, m_writer.now(), arrayOf(ids));
        const auto first = static_cast<std::ptrdiff_t>(m_result.jobs.size());
        while (rows.next())
            m_result.jobs.push_back(rowreading::readJob(rows));
        std::sort(m_result.jobs.begin() + first, m_result.jobs.end(),
                  [&](const Job &a, const Job &b) { return ids.indexOf(a.id) < ids.indexOf(b.id); });
    }

    void readNextDue()
    {
        auto row = m_writer.db().query(R"(SELECT min("DueDate")::text FROM "BackgroundJob" WHERE "Readiness" = 0)");
        if (row.next())
            m_result.nextDue = row.date(0);
    }

    void readWhatIsLeft()
    {
        auto retry = m_writer.db().query(R"(SELECT min("DueDate")::text FROM "BackgroundJob" WHERE "Readiness" = 0 AND "Generation" > 0
                                            AND ("RunAfter" IS NULL OR "RunAfter" <= $1))",
                                         m_writer.now());
        if (retry.next())
            m_result.nextRetry = retry.date(0);
        m_result.unknown.clear();
        auto names = m_writer.db().query(
            R"(SELECT DISTINCT coalesce("Command", "Request") FROM "BackgroundJob" WHERE "Readiness" = 3 LIMIT 1000)");
        while (names.next())
            m_result.unknown.append(names.text(0));
    }

    PostgresWriter &m_writer;
    const ClaimRequest &m_request;
    Backlog &m_backlog;
    QString m_requestId;
    QSet<QString> m_paused; ///< a null name: the unnamed pool
    int m_setAside = 0;
    ClaimResult m_result;
};

/// A job that was asked to stop before it was entered does not go back: it would run after all.
bool cancelIfRequested(PostgresWriter &writer, const JobRef &job, std::int64_t generation)
{
    {
        auto row = writer.db().query(R"(SELECT "CancelRequested" IS NOT NULL FROM "BackgroundJob" WHERE "Id" = $1 AND "Generation" = $2
                                        AND "State" = 'Started' FOR UPDATE)",
                                     job.id, generation);
        if (!row.next() || row.integer(0) == 0)
            return false;
    }
    dependents::cancelRow(writer, job.id, joberror::jobWasCancelled());
    dependents::cancel(writer, job.id);
    return true;
}

} // namespace

ClaimResult claim(PostgresWriter &writer, const ClaimRequest &request, Backlog &backlog)
{
    return Claim(writer, request, backlog).run();
}

void release(PostgresWriter &writer, const QList<JobRef> &jobs, const QList<std::int64_t> &generations)
{
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        if (cancelIfRequested(writer, jobs.at(i), generations.at(i)))
            continue;
        writer.db().run(R"(UPDATE "BackgroundJob" SET "State" = CASE "State" WHEN 'Executed' THEN "State" ELSE 'Queued' END,
                           "Readiness" = 1, "Generation" = "Generation" + 1, "Owner" = NULL, "RequestId" = NULL,
                           "StartedDate" = CASE "State" WHEN 'Executed' THEN "StartedDate" ELSE NULL END
                           WHERE "Id" = $1 AND "Generation" = $2 AND "State" IN ('Started', 'Executed'))",
                        jobs.at(i).id, generations.at(i));
    }
    writer.noteJobsMayBeDue();
}

} // namespace stint::postgres::claiming
