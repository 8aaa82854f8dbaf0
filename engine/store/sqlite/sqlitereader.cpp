// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitereader.h"

#include "engine/store/rowvalues.h"
#include "engine/store/sqlite/filtersql.h"
#include "engine/store/sqlite/joblog.h"
#include "engine/store/sqlite/jobrow.h"
#include "engine/store/sqlite/montharchive.h"
#include "engine/store/sqlite/pagerows.h"
#include "engine/store/sqlite/schema.h"
#include "engine/store/sqlite/summarypage.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace stint {

namespace {

/// Idle connections that are kept.
constexpr std::size_t idleLimit = 8;

} // namespace

SqliteReader::SqliteReader(QString folder, OpenMode mode, std::shared_ptr<const Clock> clock)
    : m_folder(std::move(folder))
    , m_mode(mode)
    , m_clock(std::move(clock))
{
}

SqliteReader::~SqliteReader() = default;

bool SqliteReader::isOurs(ReadConnection &file)
{
    return file.hasTable("StintStore") && file.hasColumn("BackgroundJob", QLatin1StringView("Readiness"));
}

void SqliteReader::estimateProgress(ReadConnection &file, Job &job, Timestamp now)
{
    if (!rowvalues::wantsEstimate(job) || !file.hasTable("RunDuration"))
        return;
    // The last run on the same worker, or else on any.
    auto row = file.db().statement("SELECT DurationMs FROM RunDuration WHERE Name = ? ORDER BY Worker = ? DESC LIMIT 1");
    row.bindAll(job.name(), job.worker.isNull() ? QStringLiteral("") : job.worker);
    if (row.step() && row.integer(0) > 0)
        job.estimatedProgress = rowvalues::estimatedProgress(job, row.real(0), now);
}

QString SqliteReader::monthPath(YearMonth month) const
{
    return m_folder + u'/' + MonthArchive::fileName(month);
}

std::unique_ptr<ReadConnection> SqliteReader::acquire(const QString &path) const
{
    std::unique_ptr<ReadConnection> connection;
    TableNotes notes;
    {
        const std::lock_guard lock(m_mutex);
        notes = m_notes.value(path);
        const auto idle = std::find_if(m_idle.rbegin(), m_idle.rend(), [&](const auto &entry) { return entry.first == path; });
        if (idle != m_idle.rend()) {
            connection = std::move(idle->second);
            m_idle.erase(std::next(idle).base());
        }
    }
    if (connection && connection->isReusable())
        return connection;
    return std::make_unique<ReadConnection>(path, m_mode, std::move(notes));
}

void SqliteReader::giveBack(const QString &path, std::unique_ptr<ReadConnection> connection) const
{
    // A month stays a plain file once its writer has left it.
    const bool isMonth = path != queuePath();
    const bool kept = connection->isReusable() && !(isMonth && QFile::exists(path + QStringLiteral("-wal")));
    const std::lock_guard lock(m_mutex);
    if (!kept) {
        m_notes.insert(path, connection->notes());
        return;
    }
    if (m_idle.size() == idleLimit)
        m_idle.erase(m_idle.begin());
    m_idle.emplace_back(path, std::move(connection));
}

bool SqliteReader::isBlank() const
{
    return snapshot(queuePath(), [](ReadConnection &file) { return file.db().integer("SELECT count(*) FROM sqlite_schema") == 0; });
}

void SqliteReader::readInfo(StoreInfo &info) const
{
    snapshot(queuePath(), [&info](ReadConnection &file) {
        if (!file.hasTable("BackgroundJob") || !file.hasTable("JobSummary"))
            throw SqliteError(Error{ErrorCode::Foreign, file.db().path() + QStringLiteral(": is a database, but not of jobs")});
        info.ours = isOurs(file);
        info.createdBy = schema::storeValue(file.db(), "createdBy");
        return 0;
    });
}

JobPage SqliteReader::list(const JobQuery &query, const std::stop_token &stop) const
{
    JobPage page;
    switch (query.pane) {
    case Pane::Queue:
        page.jobs = snapshot(
            queuePath(),
            [&](ReadConnection &file) {
                FilterSql filter(FilterSql::Table::Jobs, query.filter);
                if (isOurs(file))
                    filter.add("State IN ('Queued', 'Started', 'Executed')");
                filter.addBounds(query);
                QList<Job> jobs = pagerows::read(file, "BackgroundJob", filter, query);
                for (Job &job : jobs)
                    estimateProgress(file, job, m_clock->now());
                return jobs;
            },
            stop);
        break;
    case Pane::All:
        page.jobs = snapshot(
            queuePath(), [&](ReadConnection &file) { return summarypage::read(file, query, m_monthBounds); }, stop);
        break;
    case Pane::Completed:
    case Pane::Failed: page = archivedPage(query, stop); break;
    }
    page.more = pagerows::cut(page.jobs, query, query.limit);
    return page;
}

/// The page and one row more. Copies that are left out make it no shorter: it is read on behind them.
JobPage SqliteReader::archivedPage(const JobQuery &query, const std::stop_token &stop) const
{
    ArchivedRows read = archivedRows(query, stop);
    JobPage page{.jobs = std::move(read.jobs), .problems = std::move(read.problems)};
    JobQuery rest = query;
    while (read.readOnFrom && page.jobs.size() <= query.limit) {
        (query.isFromBelow() ? rest.afterId : rest.beforeId) = read.readOnFrom;
        read = archivedRows(rest, stop);
        page.jobs += read.jobs;
    }
    return page;
}

SqliteReader::ArchivedRows SqliteReader::archivedRows(const JobQuery &query, const std::stop_token &stop) const
{
    ArchivedRows read;
    const char *const table = query.pane == Pane::Completed ? "CompletedJob" : "FailedJob";
    FilterSql filter(FilterSql::Table::Jobs, query.filter);
    filter.addBounds(query);
    // The queue first: a job that moves meanwhile is then seen in one of the two places, or in both.
    std::unique_ptr<ReadConnection> queue;
    const QList<Job> leaving = snapshot(
        queuePath(), queue,
        [&](ReadConnection &file) {
            if (!isOurs(file))
                return QList<Job>{};
            FilterSql finished = filter;
            finished.add(pagerows::leavingFor(query.pane));
            QList<Job> rows = pagerows::read(file, "BackgroundJob", finished, query);
            if (query.month)
                rows.removeIf([&](const Job &job) { return YearMonth::of(job.createdDate) != *query.month; });
            return rows;
        },
        stop);
    if (!query.filter.isEmpty())
        giveBack(queuePath(), std::move(queue)); // the search may take long, and a program that ends would have to wait
    QList<Job> &jobs = read.jobs;
    bool enough = false;
    const QList<YearMonth> wanted = query.month ? QList<YearMonth>{*query.month} : months();
    for (const YearMonth month : wanted) {
        if (stop.stop_requested())
            throw SqliteError(Error{ErrorCode::Cancelled, QStringLiteral("the search was cancelled")});
        try {
            QList<Job> found = snapshot(
                monthPath(month),
                [&](ReadConnection &file) {
                    // Ids rise with time, but for a few at the turn of a month: a month whose ids all lie below a full page ends the
                    // search.
                    if (enough && !query.isFromBelow() && file.hasTable(table)
                        && file.db().integer(file.keep(QByteArray("SELECT max(Id) FROM ") + table)) < jobs.constLast().id)
                        return QList<Job>{};
                    return pagerows::read(file, table, filter, query);
                },
                stop);
            if (jobs.isEmpty())
                jobs = std::move(found);
            else
                jobs += std::move(found);
        } catch (const SqliteError &error) {
            if (error.error().code == ErrorCode::Cancelled)
                throw;
            if (error.error().code != ErrorCode::NotFound)
                read.problems.append(error.error().message);
        }
        if (jobs.size() > query.limit && !query.isFromBelow()) {
            pagerows::cut(jobs, query, query.limit + 1);
            enough = true;
        }
    }
    jobs += leaving;
    pagerows::cut(jobs, query, query.limit + 1);
    if (!jobs.isEmpty()) {
        const bool isFull = jobs.size() > query.limit;
        const std::int64_t last = query.isFromBelow() ? jobs.constFirst().id : jobs.constLast().id;
        if (snapshot(queuePath(), queue, [&](ReadConnection &file) { return leaveOutRequeued(file, jobs); }, {}) > 0 && isFull)
            read.readOnFrom = last;
    }
    if (queue)
        giveBack(queuePath(), std::move(queue));
    return read;
}

/// A copy in the archive whose job was requeued is old: the queue says what is true. Returns how many there were.
qsizetype SqliteReader::leaveOutRequeued(ReadConnection &queue, QList<Job> &jobs)
{
    if (!isOurs(queue))
        return 0;
    const auto [lowest, highest] = std::minmax_element(jobs.cbegin(), jobs.cend(), [](const Job &a, const Job &b) { return a.id < b.id; });
    auto any = queue.db().statement("SELECT 1 FROM BackgroundJob WHERE Id BETWEEN ? AND ? LIMIT 1");
    any.bindAll(lowest->id, highest->id);
    if (!any.step())
        return 0;
    return jobs.removeIf([&](const Job &job) {
        auto row = queue.db().statement("SELECT 1 FROM BackgroundJob WHERE Id = ? AND Generation > ?");
        row.bindAll(job.id, job.generation);
        return row.step();
    });
}

template <typename Key>
std::optional<JobResult> SqliteReader::findBy(const char *condition, const Key &key) const
{
    // A job on its way between two files is in neither for a moment of two snapshots: look again then.
    for (int tries = 0;; ++tries) {
        auto found = snapshot(queuePath(), [&](ReadConnection &file) -> std::optional<JobResult> {
            JobResult result;
            {
                auto row = file.db().statement(file.keep(jobrow::selectSummaries(isOurs(file)) + " WHERE s." + condition));
                row.bind(key);
                if (!row.step())
                    return {};
                result.summary = rowreading::readSummary(row);
            }
            auto live = file.db().statement(
                file.keep("SELECT " + file.selectList("BackgroundJob", RowDetail::Full) + " FROM BackgroundJob WHERE Id = ?"));
            live.bind(result.summary.id);
            if (live.step()) {
                Job job = rowreading::readJob(live);
                estimateProgress(file, job, m_clock->now());
                auto &place = !isFinished(job.state) || !isOurs(file) ? result.queued
                    : job.state == JobState::Completed                ? result.completed
                                                                      : result.failed;
                place = std::move(job);
            }
            if (file.hasTable("JobAttempt")) {
                auto rows = file.db().statement(
                    file.keep(QByteArray("SELECT ") + jobrow::attemptList + " FROM JobAttempt WHERE JobId = ? ORDER BY Generation"));
                rows.bind(result.summary.id);
                while (rows.step())
                    result.attempts.append(rowreading::readAttempt(rows));
            }
            return result;
        });
        if (!found)
            return {};
        const bool complete = readArchived(*found);
        if (complete || tries == 3)
            return found;
    }
}

/// Fills in what the job's month has. Returns false if the job's row is nowhere.
bool SqliteReader::readArchived(JobResult &result) const
{
    const YearMonth month = YearMonth::of(result.summary.createdDate);
    const bool live = result.job() != nullptr;
    for (const YearMonth candidate : {month, month.next(), month.previous()}) {
        const QString path = monthPath(candidate);
        if (!QFile::exists(path))
            continue;
        const auto read = [&](ReadConnection &file) {
            for (const char *const table : {"CompletedJob", "FailedJob"}) {
                if (live || result.job() || !file.hasTable(table))
                    continue;
                auto row = file.db().statement(
                    file.keep("SELECT " + file.selectList(table, RowDetail::Full) + " FROM " + table + " WHERE Id = ?"));
                row.bind(result.summary.id);
                if (row.step())
                    (table == QByteArrayView("CompletedJob") ? result.completed : result.failed) = rowreading::readJob(row);
            }
            if (file.hasTable("JobAttempt")) {
                auto rows = file.db().statement(
                    file.keep(QByteArray("SELECT ") + jobrow::attemptList + " FROM JobAttempt WHERE JobId = ? ORDER BY Generation"));
                rows.bind(result.summary.id);
                while (rows.step()) {
                    const JobAttempt attempt = rowreading::readAttempt(rows);
                    const bool known = std::any_of(result.attempts.cbegin(), result.attempts.cend(),
                                                   [&](const JobAttempt &other) { return other.generation == attempt.generation; });
                    if (!known)
                        result.attempts.append(attempt);
                }
            }
            return 0;
        };
        try {
            snapshot(path, read);
        } catch (const SqliteError &) {
            if (!live) // of a job in the queue a month has no more than earlier attempts
                throw;
        }
        if (result.job())
            break;
    }
    std::sort(result.attempts.begin(), result.attempts.end(),
              [](const JobAttempt &a, const JobAttempt &b) { return a.generation < b.generation; });
    return result.job() != nullptr;
}

std::optional<JobResult> SqliteReader::find(std::int64_t id) const
{
    return findBy("Id = ?", id);
}

std::optional<JobResult> SqliteReader::find(const QString &refId) const
{
    return findBy("RefId = ?", refId);
}

QList<YearMonth> SqliteReader::months() const
{
    QList<YearMonth> found;
    for (const QString &name : QDir(m_folder).entryList({QStringLiteral("jobs_*.db")}, QDir::Files)) {
        if (const auto month = MonthArchive::monthOf(name))
            found.append(*month);
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    return found;
}

QList<ScheduledTask> SqliteReader::scheduledTasks() const
{
    return snapshot(queuePath(), [](ReadConnection &file) {
        QList<ScheduledTask> tasks;
        if (!file.hasTable("ScheduledTask"))
            return tasks;
        const jobrow::TaskColumns present{.extras = file.hasColumn("ScheduledTask", QLatin1StringView("NextRun")),
                                          .summaries = file.hasTable("JobSummary") && file.hasTable("BackgroundJob")};
        auto rows = file.db().statement(file.keep(jobrow::selectTasks(present) + " ORDER BY t.Id"));
        while (rows.step())
            tasks.append(rowreading::readTask(rows));
        return tasks;
    });
}

QList<TaskOccurrence> SqliteReader::occurrences(std::int64_t taskId, int limit) const
{
    return snapshot(queuePath(), [&](ReadConnection &file) {
        QList<TaskOccurrence> found;
        if (!file.hasTable("TaskOccurrence"))
            return found;
        auto rows = file.db().statement("SELECT Moment, Outcome, RecordedDate, JobId FROM TaskOccurrence WHERE TaskId = ? "
                                        "ORDER BY Moment DESC LIMIT ?");
        rows.bindAll(taskId, limit);
        while (rows.step())
            found.append(rowreading::readOccurrence(rows));
        return found;
    });
}

} // namespace stint
