// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/claiming.h"

#include "engine/refid.h"
#include "engine/store/sqlite/dependents.h"
#include "engine/store/sqlite/idruns.h"
#include "engine/store/sqlite/jobrow.h"

namespace stint::claiming {

namespace {

/// How many waiting jobs one claim looks at, so that no transaction grows with the queue.
constexpr int promotionLimit = 1000;
/// The same for jobs that it sets aside or moves to another worker.
constexpr int setAsideLimit = 1000;
/// How many names that nobody knows it tells of.
constexpr int namesLimit = 1000;

struct DueJob {
    std::int64_t id = 0;
    bool begun = false; ///< only its callback is left
    std::optional<std::int64_t> dependsOn;
    std::optional<Timestamp> runAfter;
    std::optional<Timestamp> dueDate;
};

std::vector<DueJob> dueJobs(SqliteWriter &writer, Timestamp now)
{
    std::vector<DueJob> found;
    for (const char *const sql : {"SELECT Id, DependsOn, RunAfter, DueDate, State = 'Executed' FROM BackgroundJob "
                                  "WHERE Readiness = 0 AND DueDate IS NULL LIMIT ?",
                                  "SELECT Id, DependsOn, RunAfter, DueDate, State = 'Executed' FROM BackgroundJob "
                                  "WHERE Readiness = 0 AND DueDate <= ?2 ORDER BY DueDate LIMIT ?1"}) {
        auto rows = writer.db().statement(sql);
        rows.bind(promotionLimit);
        if (rows.parameterCount() == 2)
            rows.bind(now);
        while (rows.step())
            found.push_back({rows.integer(0), rows.integer(4) != 0, rows.optionalInteger(1), rows.date(2), rows.date(3)});
    }
    return found;
}

JobError unknownParent(std::int64_t id)
{
    return {QString(joberror::notFound), QStringLiteral("there is no job %1 to depend on").arg(id), {}, {}, {}};
}

/// What to do with a job whose date has come, or that another program has put into the queue.
void promote(SqliteWriter &writer, const DueJob &job, Timestamp now)
{
    SqliteConnection &db = writer.db();
    if (job.dependsOn && !job.begun) {
        const auto parent = dependents::stateOfParent(db, *job.dependsOn);
        if (!parent || parent == JobState::Failed || parent == JobState::Cancelled) {
            dependents::cancelRow(writer, job.id, parent ? joberror::parentFailed() : unknownParent(*job.dependsOn));
            dependents::cancel(writer, job.id);
            return;
        }
        if (parent != JobState::Completed) {
            db.run("UPDATE BackgroundJob SET Readiness = 2 WHERE Id = ?", job.id);
            return;
        }
    }
    if (job.runAfter > now && !job.dueDate)
        db.run("UPDATE BackgroundJob SET DueDate = RunAfter WHERE Id = ?", job.id);
    else
        db.run("UPDATE BackgroundJob SET Readiness = 1, DueDate = coalesce(DueDate, RunAfter, CreatedDate) WHERE Id = ?", job.id);
}

/// One claim under way.
class Claim final
{
public:
    Claim(SqliteWriter &writer, const ClaimRequest &request, Backlog &backlog)
        : m_writer(writer)
        , m_request(request)
        , m_backlog(backlog)
        , m_now(writer.now())
        , m_requestId(makeRefId())
    {
    }

    ClaimResult run()
    {
        const auto due = dueJobs(m_writer, m_now);
        for (const DueJob &job : due)
            promote(m_writer, job, m_now);
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
        takeUp(m_request.commands,
               "UPDATE BackgroundJob SET Readiness = 1 WHERE Id IN "
               "(SELECT Id FROM BackgroundJob WHERE Readiness = 3 AND Command = ? LIMIT ?)");
        takeUp(m_request.apis,
               "UPDATE BackgroundJob SET Readiness = 1 WHERE Id IN "
               "(SELECT Id FROM BackgroundJob WHERE Readiness = 3 AND Command IS NULL AND (Request = ?1 OR ?1 = '*') LIMIT ?2)");
        if (left == promotionLimit) // nothing, then, that a transaction that is lost would take back
            m_backlog.unknownMayBeKnown = false;
        else
            m_result.again = true;
    }

    void readPausedWorkers()
    {
        auto rows = m_writer.db().statement("SELECT Name FROM Worker WHERE Paused = 1");
        while (rows.step())
            m_paused.insert(rows.text(0).isEmpty() ? QString() : rows.text(0));
    }

    void takeFromLanes()
    {
        for (auto lane = m_request.laneCapacity.cbegin(); lane != m_request.laneCapacity.cend(); ++lane) {
            if (!m_paused.contains(lane.key()))
                take(lane.key(), lane.value());
        }
        int newLanes = m_request.newLanes;
        // Skips from one worker's ready jobs to the next by the index, however many there are of each.
        QString worker = nextWorker("SELECT Worker FROM BackgroundJob WHERE Readiness = 1 AND Worker >= '' ORDER BY Worker LIMIT 1", {});
        while (!worker.isNull()) {
            if (!m_paused.contains(worker) && !m_request.laneCapacity.contains(worker)) {
                if (newLanes <= 0) {
                    m_result.more = true;
                    return;
                }
                newLanes -= take(worker, m_request.newLaneCapacity) > 0 ? 1 : 0;
            }
            worker = nextWorker("SELECT Worker FROM BackgroundJob WHERE Readiness = 1 AND Worker > ? ORDER BY Worker LIMIT 1", worker);
        }
    }

    QString nextWorker(const char *sql, const QString &after)
    {
        auto row = m_writer.db().statement(sql);
        if (!after.isNull())
            row.bind(after);
        return row.step() ? row.text(0) : QString();
    }

    /// Takes up to `capacity` ready jobs of one worker; those that nobody knows are set aside on the way.
    int take(const QString &worker, int capacity)
    {
        int taken = 0;
        for (;;) {
            int setAside = 0;
            const std::size_t before = m_result.jobs.size();
            for (Job &job : readyJobs(worker, capacity - taken + 1)) {
                if (!isKnown(job)) {
                    setUnknown(job);
                    ++setAside;
                } else if (const QString fixed = fixedWorker(job); !fixed.isNull() && fixed != worker) {
                    moveToWorker(job, fixed);
                    ++setAside;
                } else if (taken < capacity) {
                    start(std::move(job));
                    ++taken;
                } else {
                    m_result.more = true;
                    setAside = 0; // no room for what would take its place
                    break;
                }
            }
            recordStarted(std::span(m_result.jobs).subspan(before));
            if (setAside == 0)
                return taken;
            m_setAside += setAside;
            if (m_setAside >= setAsideLimit) {
                m_result.again = true;
                return taken;
            }
        }
    }

    std::vector<Job> readyJobs(const QString &worker, int limit)
    {
        static const QByteArray sql = "SELECT " + jobrow::fullList()
            + " FROM BackgroundJob WHERE Readiness = 1 AND Worker IS ? ORDER BY Priority DESC, DueDate, Id LIMIT ?";
        std::vector<Job> found;
        auto rows = m_writer.db().statement(sql.constData());
        rows.bindAll(worker, limit);
        while (rows.step())
            found.push_back(rowreading::readJob(rows));
        return found;
    }

    [[nodiscard]] bool isKnown(const Job &job) const
    {
        if (!job.isApi())
            return m_request.commands.contains(job.name());
        return m_request.apis.contains(job.name()) || m_request.apis.contains(anyApi);
    }

    void setUnknown(const Job &job)
    {
        m_writer.db().run("UPDATE BackgroundJob SET Readiness = 3 WHERE Id = ?", job.id);
        if (!m_result.unknown.contains(job.name()))
            m_result.unknown.append(job.name());
    }

    [[nodiscard]] QString fixedWorker(const Job &job) const { return job.isApi() ? QString() : m_request.fixedWorkers.value(job.name()); }

    void moveToWorker(const Job &job, const QString &worker)
    {
        m_writer.db().run("UPDATE BackgroundJob SET Worker = ? WHERE Id = ?", worker, job.id);
        m_writer.db().run("UPDATE JobSummary SET Worker = ? WHERE Id = ?", worker, job.id);
        m_result.again = true; // that worker may have had its turn
    }

    void start(Job job)
    {
        if (job.state != JobState::Executed) {
            job.state = JobState::Started;
            job.startedDate = m_now;
        }
        ++job.generation;
        job.requestId = m_requestId;
        job.lastActivityDate = m_now;
        m_result.jobs.push_back(std::move(job));
    }

    void recordStarted(std::span<const Job> jobs)
    {
        const auto alike = [](const Job &, const Job &) { return true; };
        forEachIdRun(jobs, alike, [this](std::span<const Job> run) {
            m_writer.db().run("UPDATE BackgroundJob SET State = CASE State WHEN 'Executed' THEN State ELSE 'Started' END, Readiness = 4, "
                              "Generation = Generation + 1, Owner = ?1, RequestId = ?2, LastActivityDate = ?3, "
                              "StartedDate = CASE State WHEN 'Executed' THEN StartedDate ELSE ?3 END WHERE Id BETWEEN ?4 AND ?5",
                              m_request.hostId, m_requestId, m_now, run.front().id, run.back().id);
        });
    }

    void readNextDue()
    {
        auto row = m_writer.db().statement("SELECT DueDate FROM BackgroundJob WHERE Readiness = 0 AND DueDate > '' "
                                           "ORDER BY DueDate LIMIT 1");
        if (row.step())
            m_result.nextDue = row.date(0);
    }

    void readWhatIsLeft()
    {
        auto retry = m_writer.db().statement("SELECT DueDate FROM BackgroundJob WHERE Readiness = 0 AND Generation > 0 AND DueDate > '' "
                                             "AND (RunAfter IS NULL OR RunAfter <= ?) ORDER BY DueDate LIMIT 1");
        retry.bind(m_now);
        if (retry.step())
            m_result.nextRetry = retry.date(0);
        m_result.unknown.clear();
        readUnknown("SELECT Command FROM BackgroundJob WHERE Readiness = 3 AND Command > ? ORDER BY Command LIMIT 1");
        readUnknown("SELECT Request FROM BackgroundJob WHERE Readiness = 3 AND Command IS NULL AND Request > ? ORDER BY Request LIMIT 1");
    }

    /// Skips from name to name by the index, however many jobs there are of each.
    void readUnknown(const char *next)
    {
        QString name = QStringLiteral("");
        while (m_result.unknown.size() < namesLimit) {
            auto row = m_writer.db().statement(next);
            row.bind(name);
            if (!row.step())
                return;
            name = row.text(0);
            m_result.unknown.append(name);
        }
    }

    SqliteWriter &m_writer;
    const ClaimRequest &m_request;
    Backlog &m_backlog;
    Timestamp m_now;
    QString m_requestId;
    QSet<QString> m_paused; ///< a null name: the unnamed pool
    int m_setAside = 0;
    ClaimResult m_result;
};

/// A job that was asked to stop before it was entered does not go back: it would run after all.
bool cancelIfRequested(SqliteWriter &writer, const JobRef &job, std::int64_t generation)
{
    {
        auto row = writer.db().statement("SELECT 1 FROM BackgroundJob WHERE Id = ? AND Generation = ? AND State = 'Started' "
                                         "AND CancelRequested IS NOT NULL");
        row.bindAll(job.id, generation);
        if (!row.step())
            return false;
    }
    dependents::cancelRow(writer, job.id, joberror::jobWasCancelled());
    dependents::cancel(writer, job.id);
    return true;
}

} // namespace

ClaimResult claim(SqliteWriter &writer, const ClaimRequest &request, Backlog &backlog)
{
    return Claim(writer, request, backlog).run();
}

void release(SqliteWriter &writer, const QList<JobRef> &jobs, const QList<std::int64_t> &generations)
{
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        if (cancelIfRequested(writer, jobs.at(i), generations.at(i)))
            continue;
        writer.db().run("UPDATE BackgroundJob SET State = CASE State WHEN 'Executed' THEN State ELSE 'Queued' END, Readiness = 1, "
                        "Generation = Generation + 1, Owner = NULL, RequestId = NULL, "
                        "StartedDate = CASE State WHEN 'Executed' THEN StartedDate ELSE NULL END "
                        "WHERE Id = ? AND Generation = ? AND State IN ('Started', 'Executed')",
                        jobs.at(i).id, generations.at(i));
    }
    writer.noteJobsMayBeDue();
}

} // namespace stint::claiming
