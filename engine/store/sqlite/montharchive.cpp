// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/montharchive.h"

#include "engine/failpoint.h"
#include "engine/logging.h"
#include "engine/store/foldersync.h"
#include "engine/store/sqlite/idruns.h"
#include "engine/store/sqlite/jobrow.h"
#include "engine/store/sqlite/schema.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace stint {

namespace {
constexpr std::chrono::seconds idleTime{5};
constexpr std::chrono::seconds monthBusyTimeout{5};
constexpr std::size_t openLimit = 4;

/// Copies rows from the queue unless this month already has a newer one. Parameters: first id, last id, generation.
QByteArray upsert(const QByteArray &table, const QByteArray &sibling, const QByteArray &columns, const QByteArray &states,
                  bool hasGeneration)
{
    QByteArray updates;
    for (const QByteArray &column : columns.split(',')) {
        const QByteArray name = column.trimmed();
        if (name != "\"Id\"")
            updates += (updates.isEmpty() ? "" : ", ") + name + " = excluded." + name;
    }
    return "INSERT INTO main." + table + " (" + columns + ") SELECT " + columns
        + " FROM live.BackgroundJob AS queued WHERE Id BETWEEN ?1 AND ?2 AND Generation = ?3 AND State IN (" + states + ")"
        + (hasGeneration ? " AND NOT EXISTS (SELECT 1 FROM main." + sibling + " WHERE Id = queued.Id AND Generation > ?3)" : "")
        + " ON CONFLICT (Id) DO UPDATE SET " + updates + (hasGeneration ? " WHERE excluded.Generation >= " + table + ".Generation" : "");
}
/// Sets errno.
bool renameUnlessThere(const QByteArray &from, const QByteArray &to)
{
    if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS) // a file system that does not know the flag
        return false;
    if (::access(to.constData(), F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return ::rename(from.constData(), to.constData()) == 0;
}

} // namespace

struct MonthArchive::Month {
    Month(const QString &path, const QString &queuePath)
        : db(path, "mode=rwc", monthBusyTimeout)
    {
        if (schema::columns(db, QStringLiteral("CompletedJob")).isEmpty() || schema::columns(db, QStringLiteral("FailedJob")).isEmpty())
            schema::createMonth(db, std::chrono::time_point_cast<Ticks>(std::chrono::system_clock::now()));
        db.execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000");
        db.run("ATTACH ? AS live", queuePath);

        const QStringList present = schema::columns(db, QStringLiteral("CompletedJob"));
        const QStringList queueColumns = schema::columns(db, QStringLiteral("BackgroundJob"));
        const QByteArray columns = jobrow::sharedColumns(queueColumns, present);
        hasGeneration = present.contains(QLatin1StringView("Generation"));
        insertCompleted = upsert("CompletedJob", "FailedJob", columns, "'Completed'", hasGeneration);
        insertFailed = upsert("FailedJob", "CompletedJob", columns, "'Failed', 'Cancelled'", hasGeneration);
        hasAttempts = !schema::columns(db, QStringLiteral("JobAttempt")).isEmpty() && hasGeneration;
        const QByteArray list = jobrow::selectList(present, RowDetail::Full);
        selectCompleted = "SELECT " + list + " FROM main.CompletedJob WHERE Id = ?";
        selectFailed = "SELECT " + list + " FROM main.FailedJob WHERE Id = ?";
    }

    /// Ids of those that the month cannot take go to `refused`.
    void copy(std::span<const ArchiveEntry> run, QList<std::int64_t> &refused)
    {
        try {
            if (copyAll(run))
                return;
        } catch (const SqliteError &error) {
            if (error.error().code != ErrorCode::Conflict)
                throw;
            if (run.size() == 1) {
                qCWarning(logStore).noquote() << "Job" << run.front().id << "cannot be archived:" << error.error().message;
                refused.append(run.front().id);
            }
        }
        for (std::size_t i = 0; run.size() > 1 && i < run.size(); ++i)
            copy(run.subspan(i, 1), refused);
    }

    SqliteConnection db;
    std::chrono::steady_clock::time_point lastUse;
    bool hasGeneration = false; ///< false in a month that another program made
    bool hasAttempts = false;
    QByteArray insertCompleted;
    QByteArray insertFailed;
    QByteArray selectCompleted;
    QByteArray selectFailed;

private:
    /// False where one of them is no longer what it was, or the month has a newer one: the others must be copied once more.
    bool copyAll(std::span<const ArchiveEntry> run)
    {
        const ArchiveEntry &first = run.front();
        const std::int64_t last = run.back().id;
        const bool completed = first.state == JobState::Completed;
        const auto copied = db.run((completed ? insertCompleted : insertFailed).constData(), first.id, last, first.generation);
        if (copied != static_cast<std::int64_t>(run.size()))
            return false;
        db.run(completed ? "DELETE FROM main.FailedJob WHERE Id BETWEEN ? AND ?" : "DELETE FROM main.CompletedJob WHERE Id BETWEEN ? AND ?",
               first.id, last);
        if (first.hasAttempts)
            db.run("INSERT OR REPLACE INTO main.JobAttempt SELECT * FROM live.JobAttempt WHERE JobId BETWEEN ? AND ?", first.id, last);
        if (first.manyLines && hasAttempts)
            db.run("INSERT OR REPLACE INTO main.JobLogLine SELECT * FROM live.JobLogLine WHERE JobId BETWEEN ? AND ?", first.id, last);
        return true;
    }
};

MonthArchive::MonthArchive(QString folder)
    : m_folder(std::move(folder))
{
}
MonthArchive::~MonthArchive() = default;

QString MonthArchive::fileName(YearMonth month)
{
    return QStringLiteral("jobs_") + month.toText() + QStringLiteral(".db");
}

std::optional<YearMonth> MonthArchive::monthOf(QStringView fileName)
{
    if (!fileName.startsWith(u"jobs_") || !fileName.endsWith(u".db"))
        return {};
    return YearMonth::parse(fileName.sliced(5).chopped(3));
}

QString MonthArchive::path(YearMonth month) const
{
    return m_folder + u'/' + fileName(month);
}

MonthArchive::Month &MonthArchive::open(YearMonth month)
{
    auto &open = m_open[month];
    if (open && open->db.hasMoved())
        open.reset();
    if (!open) {
        try {
            open = std::make_unique<Month>(path(month), m_folder + QStringLiteral("/jobs.db"));
        } catch (const SqliteError &) {
            m_open.erase(month);
            throw;
        }
    }
    open->lastUse = std::chrono::steady_clock::now();
    Month &opened = *open;
    if (m_open.size() > openLimit) {
        std::erase_if(m_open, [&](const auto &other) {
            return other.second.get() != &opened && other.second->lastUse + std::chrono::seconds{1} < opened.lastUse;
        });
    }
    return opened;
}

QList<std::int64_t> MonthArchive::archive(YearMonth month, std::span<ArchiveEntry> entries)
{
    std::sort(entries.begin(), entries.end(), [](const ArchiveEntry &one, const ArchiveEntry &other) { return one.id < other.id; });
    QList<std::int64_t> refused;
    for (int tries = 0;; ++tries) {
        Month &file = open(month);
        SqliteConnection &db = file.db;
        refused.clear();
        SqliteTransaction transaction(db, SqliteTransaction::Kind::Read); // a write lock on jobs.db is not wanted
        for (ArchiveEntry &entry : entries)
            entry.hasAttempts = entry.hasAttempts && file.hasAttempts;
        forEachIdRun(entries, isMovedAlike, [&](std::span<ArchiveEntry> run) { file.copy(run, refused); });
        passFailpoint("m1.before-commit");
        transaction.commit();
        passFailpoint("m1.committed");
        // A commit into a file that was deleted meanwhile succeeds silently.
        if (!db.hasMoved())
            return refused;
        m_open.erase(month);
        if (tries == 3)
            throw SqliteError(Error{ErrorCode::Io, path(month) + QStringLiteral(": keeps being removed")});
    }
}

void MonthArchive::removeStale(YearMonth month, std::int64_t id, std::int64_t generation)
{
    if (!QFile::exists(path(month)))
        return;
    Month &file = open(month);
    SqliteTransaction transaction(file.db, SqliteTransaction::Kind::Read);
    if (file.hasGeneration) {
        const auto removed = file.db.run("DELETE FROM main.FailedJob WHERE Id = ? AND Generation <= ?", id, generation)
            + file.db.run("DELETE FROM main.CompletedJob WHERE Id = ? AND Generation <= ?", id, generation);
        if (removed > 0 && file.hasAttempts)
            file.db.run("DELETE FROM main.JobLogLine WHERE JobId = ?", id);
    } else {
        // Without generations the copy is older for certain only while the job is in the queue.
        file.db.run("DELETE FROM main.FailedJob WHERE Id = ?1 AND ?1 IN (SELECT Id FROM live.BackgroundJob)", id);
        file.db.run("DELETE FROM main.CompletedJob WHERE Id = ?1 AND ?1 IN (SELECT Id FROM live.BackgroundJob)", id);
    }
    transaction.commit();
    passFailpoint("r2.committed");
}

void MonthArchive::removeCopy(YearMonth month, std::int64_t id, bool completed)
{
    open(month).db.run(completed ? "DELETE FROM main.CompletedJob WHERE Id = ?" : "DELETE FROM main.FailedJob WHERE Id = ?", id);
}

std::optional<Job> MonthArchive::read(YearMonth month, std::int64_t id)
{
    if (!QFile::exists(path(month)))
        return {};
    Month &file = open(month);
    for (const QByteArray &select : {file.selectFailed, file.selectCompleted}) {
        auto row = file.db.statement(select.constData());
        row.bind(id);
        if (row.step())
            return rowreading::readJob(row);
    }
    return {};
}

void MonthArchive::moveAway(YearMonth month, const QString &target)
{
    SqliteConnection &db = open(month).db;
    {
        SqliteTransaction transaction(db, SqliteTransaction::Kind::Read);
        db.execute("CREATE TABLE IF NOT EXISTS main.JobSummary AS SELECT * FROM live.JobSummary WHERE 0; DELETE FROM main.JobSummary");
        db.run("INSERT INTO main.JobSummary SELECT * FROM live.JobSummary WHERE CreatedDate >= ? AND CreatedDate < ?", month.begin(),
               month.next().begin());
        transaction.commit();
    }
    if (db.integer("PRAGMA main.wal_checkpoint(TRUNCATE)") != 0)
        throw SqliteError(Error{ErrorCode::Busy, path(month) + QStringLiteral(": is being read")});
    m_open.erase(month);
    passFailpoint("prune.before-move");
    if (!renameUnlessThere(QFile::encodeName(path(month)), QFile::encodeName(target)))
        throw SqliteError(
            Error{ErrorCode::Io,
                  QStringLiteral("%1: cannot be moved to %2: %3").arg(path(month), target, QString::fromLocal8Bit(std::strerror(errno)))});
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(path(month) + suffix); // empty, kept by a reader
    // Its summaries go next: the file must not come back without them.
    for (const QString &folder : {QFileInfo(target).absolutePath(), m_folder}) {
        if (const auto synced = foldersync::sync(folder); !synced)
            throw SqliteError(synced.error());
    }
}

void MonthArchive::closeIdle()
{
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(m_open, [now](const auto &open) { return open.second->lastUse + idleTime <= now; });
}

std::optional<std::chrono::steady_clock::time_point> MonthArchive::closesAt() const
{
    std::optional<std::chrono::steady_clock::time_point> earliest;
    for (const auto &[month, open] : m_open) {
        if (!earliest || open->lastUse + idleTime < *earliest)
            earliest = open->lastUse + idleTime;
    }
    return earliest;
}

} // namespace stint
