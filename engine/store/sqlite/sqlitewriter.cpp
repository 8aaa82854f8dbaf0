// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitewriter.h"

#include "engine/failpoint.h"
#include "engine/logging.h"
#include "engine/store/sqlite/idruns.h"
#include "engine/store/sqlite/joblog.h"

#include <algorithm>
#include <thread>

namespace stint {

namespace {
constexpr std::chrono::milliseconds firstRetryDelay{500};
constexpr std::chrono::milliseconds lastRetryDelay{30'000};
/// Of another process's finished job that is still in jobs.db.
constexpr std::chrono::seconds strayAge{60};
/// A process that was stopped in the turnstile must not halt the host, nor its clients for ever.
constexpr std::chrono::milliseconds hostPatience{20};
constexpr std::chrono::milliseconds clientPatience{1000};
/// Programs that do not know the turnstile find the write lock free for this long, this often, under full load.
constexpr std::chrono::milliseconds rest{1};
constexpr std::chrono::milliseconds restAfter{100};
constexpr std::chrono::milliseconds restBetween{1};
/// Logs of this many bytes were cut when they were joined, so their lines are to be kept.
constexpr int manyLinesThreshold = 900'000;
} // namespace

SqliteWriter::SqliteWriter(const QString &folder, std::unique_ptr<SqliteConnection> db, std::shared_ptr<const Clock> clock,
                           Listener listener)
    : m_db(std::move(db))
    , m_turnstile(folder)
    , m_months(folder)
    , m_clock(std::move(clock))
    , m_listener(std::move(listener))
{
}

void SqliteWriter::removeStaleLater(YearMonth month, std::int64_t id, std::int64_t generation)
{
    m_db->run("INSERT INTO StaleArchive (JobId, Month, Generation) VALUES (?, ?, ?) "
              "ON CONFLICT (JobId) DO UPDATE SET Month = excluded.Month, Generation = excluded.Generation",
              id, month.toText(), generation);
    m_requeued.push_back({month, id, generation});
}

void SqliteWriter::resume()
{
    m_refused.clear();
    resumeEndedBefore(Timestamp::max());
}

void SqliteWriter::takeUpStrays()
{
    if (m_archived.empty() && m_unarchived.empty() && m_stale.empty() && m_requeued.empty())
        resumeEndedBefore(now() - strayAge);
}

void SqliteWriter::resumeEndedBefore(Timestamp moment)
{
    {
        auto rows = m_db->statement("SELECT Id, Generation, State, CreatedDate, length(Logs) FROM BackgroundJob "
                                    "WHERE State <> 'Queued' AND State IN ('Completed', 'Failed', 'Cancelled') "
                                    "AND (?1 IS NULL OR LastActivityDate < ?1)");
        if (moment == Timestamp::max())
            rows.bind(nullptr);
        else
            rows.bind(moment);
        while (rows.step()) {
            if (m_refused.contains(rows.integer(0)))
                continue;
            m_ended.push_back({.id = rows.integer(0),
                               .generation = rows.integer(1),
                               .state = parseJobState(rows.view(2)).value_or(JobState::Failed),
                               .month = YearMonth::of(rows.date(3).value_or(Timestamp{})),
                               .hasAttempts = true,
                               .manyLines = rows.integer(4) > manyLinesThreshold});
        }
    }
    auto rows = m_db->statement("SELECT Month, JobId, Generation FROM StaleArchive");
    while (rows.step()) {
        if (const auto month = YearMonth::parse(rows.text(0)))
            m_requeued.push_back({*month, rows.integer(1), rows.integer(2)});
    }
}

Result<void> SqliteWriter::begin()
{
    m_change = StoreChange{.byThisProcess = true};
    m_committed = false;
    m_applied.clear();
    m_singly = false;
    return open();
}

Result<void> SqliteWriter::open()
{
    try {
        takeWriteLock();
        deleteArchived();
        return {};
    } catch (const SqliteError &error) {
        rollback();
        return error.error();
    }
}

void SqliteWriter::takeWriteLock()
{
    const auto now = std::chrono::steady_clock::now();
    const bool neverIdle = now - m_lastCommit < restBetween;
    if (m_isHost && neverIdle && now - m_lastRest > restAfter) {
        std::this_thread::sleep_for(rest);
        m_lastRest = now;
    }
    const auto pass = m_turnstile.enter(m_isHost ? hostPatience : clientPatience);
    m_db->run("BEGIN IMMEDIATE");
}

void SqliteWriter::deleteArchived()
{
    std::vector<std::int64_t> gone;
    forEachIdRun(std::span(m_archived), isMovedAlike, [&](std::span<const ArchiveEntry> run) {
        const auto deleted = m_db->run("DELETE FROM BackgroundJob WHERE Id BETWEEN ? AND ? AND Generation = ? "
                                       "AND State IN ('Completed', 'Failed', 'Cancelled')",
                                       run.front().id, run.back().id, run.front().generation);
        const bool all = deleted == static_cast<std::int64_t>(run.size());
        for (const ArchiveEntry &entry : run) {
            const auto left = all ? std::nullopt : generationInQueue(entry.id);
            if (left > entry.generation) // requeued meanwhile: the copy is the old one
                removeStaleLater(entry.month, entry.id, entry.generation);
            if (left)
                continue;
            gone.push_back(entry.id);
            if (entry.hasAttempts)
                m_db->run("DELETE FROM JobAttempt WHERE JobId = ?", entry.id);
        }
    });
    m_deleted = m_archived.size();
    if (!gone.empty())
        joblog::noteGone(*m_db, gone);
    for (const StaleCopy &copy : m_stale) {
        if (copy.removed)
            m_db->run("DELETE FROM StaleArchive WHERE JobId = ? AND Generation = ?", copy.id, copy.generation);
    }
}

std::optional<std::int64_t> SqliteWriter::generationInQueue(std::int64_t id)
{
    auto row = m_db->statement("SELECT Generation FROM BackgroundJob WHERE Id = ?");
    row.bind(id);
    return row.step() ? row.optionalInteger(0) : std::nullopt;
}

/// A savepoint costs a copy of each page that is changed, and operations hardly ever fail: they go without, until one does.
Result<void> SqliteWriter::apply(const std::function<void()> &operation, bool &lost)
{
    if (!m_singly) {
        try {
            operation();
            m_applied.push_back(&operation);
            return {};
        } catch (const SqliteError &) {
            if (auto again = startAgain(); !again) {
                lost = true;
                return again;
            }
        }
    }
    return applySingly(operation, lost);
}

/// All that this transaction did once more, without what failed in it.
Result<void> SqliteWriter::startAgain()
{
    rollback();
    m_singly = true;
    if (auto opened = open(); !opened)
        return opened;
    try {
        for (const auto *const operation : m_applied)
            (*operation)();
        return {};
    } catch (const SqliteError &error) {
        return error.error();
    }
}

Result<void> SqliteWriter::applySingly(const std::function<void()> &operation, bool &lost)
{
    const auto ended = m_ended.size();
    const auto counted = m_rollup.mark();
    const auto requeued = m_requeued.size();
    try {
        m_db->run("SAVEPOINT operation");
        operation();
        m_db->run("RELEASE operation");
        return {};
    } catch (const SqliteError &error) {
        m_ended.resize(ended);
        m_rollup.undoTo(counted);
        m_requeued.resize(requeued);
        lost = !m_db->inTransaction(); // SQLite itself rolls back on a full disk and the like
        if (!lost) {
            try {
                m_db->run("ROLLBACK TO operation");
                m_db->run("RELEASE operation");
            } catch (const SqliteError &) {
                lost = true;
            }
        }
        return error.error();
    }
}

Result<void> SqliteWriter::commit()
{
    try {
        m_rollup.write(*m_db);
        passFailpoint("t1.before-commit");
        m_db->run("COMMIT");
        m_lastCommit = std::chrono::steady_clock::now();
        passFailpoint("t1.committed");
        if (m_deleted > 0)
            passFailpoint("t2.committed");
    } catch (const SqliteError &error) {
        return error.error();
    }
    m_committed = true;
    m_archived.erase(m_archived.begin(), m_archived.begin() + static_cast<std::ptrdiff_t>(m_deleted));
    std::erase_if(m_stale, [](const StaleCopy &copy) { return copy.removed; });
    for (const ArchiveEntry &entry : m_ended)
        m_unarchived[entry.month].push_back(entry);
    if (!m_requeued.empty())
        passFailpoint("r1.committed");
    m_stale.insert(m_stale.end(), m_requeued.begin(), m_requeued.end());
    m_ended.clear();
    m_requeued.clear();
    m_deleted = 0;
    return {};
}

void SqliteWriter::rollback()
{
    if (m_db->inTransaction()) {
        try {
            m_db->run("ROLLBACK");
        } catch (const SqliteError &error) {
            qCWarning(logStore).noquote() << error.error().message;
        }
    }
    m_ended.clear();
    m_rollup.undoTo(0);
    m_requeued.clear();
    m_deleted = 0;
}

void SqliteWriter::afterCommit()
{
    if (m_committed)
        m_listener(m_change);
    m_committed = false;
    if (m_retryAt && *m_retryAt <= std::chrono::steady_clock::now()) {
        m_retryAt.reset();
        m_unreachable.clear();
    }
    archiveEnded();
    removeStaleCopies();
    if (m_unreachable.empty())
        m_retryDelay = {};
    m_months.closeIdle();
}

void SqliteWriter::archiveEnded()
{
    for (auto next = m_unarchived.begin(); next != m_unarchived.end();) {
        auto &[month, entries] = *next;
        if (m_unreachable.contains(month)) {
            ++next;
            continue;
        }
        try {
            const QList<std::int64_t> refused = m_months.archive(month, entries);
            m_refused.insert(refused.begin(), refused.end());
            std::copy_if(entries.begin(), entries.end(), std::back_inserter(m_archived),
                         [&](const ArchiveEntry &entry) { return !refused.contains(entry.id); });
            next = m_unarchived.erase(next);
        } catch (const SqliteError &error) {
            postpone(month, error.error());
            ++next;
        }
    }
}

void SqliteWriter::removeStaleCopies()
{
    for (StaleCopy &copy : m_stale) {
        if (copy.removed || m_unreachable.contains(copy.month))
            continue;
        try {
            m_months.removeStale(copy.month, copy.id, copy.generation);
            copy.removed = true;
        } catch (const SqliteError &error) {
            postpone(copy.month, error.error());
        }
    }
}

/// One month that cannot be written holds up no other.
void SqliteWriter::postpone(YearMonth month, const Error &error)
{
    m_unreachable.insert(month);
    if (!m_retryAt) {
        m_retryDelay = m_retryDelay.count() == 0 ? firstRetryDelay : std::min(m_retryDelay * 2, lastRetryDelay);
        m_retryAt = std::chrono::steady_clock::now() + m_retryDelay;
    }
    qCWarning(logStore).noquote() << "Finished jobs stay in jobs.db for now:" << error.message;
    m_listener(StoreChange{.byThisProcess = true, .problem = error.message});
}

std::optional<std::chrono::steady_clock::time_point> SqliteWriter::deferredUntil() const
{
    const bool removed = std::any_of(m_stale.begin(), m_stale.end(), [](const StaleCopy &copy) { return copy.removed; });
    if (!m_archived.empty() || removed)
        return std::chrono::steady_clock::time_point{};
    if (m_retryAt)
        return m_retryAt;
    return m_months.closesAt();
}

} // namespace stint
