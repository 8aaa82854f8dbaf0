// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/readconnection.h"

#include "engine/store/sqlite/jobrow.h"
#include "engine/store/sqlite/schema.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <sys/stat.h>

namespace stint {

namespace {

constexpr std::chrono::seconds busyTimeout{30};

/// How the file says it is written. Source: SQLite file format, offset 18.
enum class Journal : std::uint8_t { None, Rollback, Wal };

/// Reads the header by the handle of a connection that has not looked yet: closing any other descriptor of the file would
/// drop the locks that this process's connections have on it, and the next process to leave would take its log away from
/// under them.
Journal journalOf(const SqliteConnection &db)
{
    sqlite3_file *file = nullptr;
    sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    sqlite3_int64 size = 0;
    QByteArray header(100, '\0');
    int code = file->pMethods->xFileSize(file, &size);
    if (code == SQLITE_OK && size == 0)
        return Journal::None;
    if (code == SQLITE_OK)
        code = file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        throw SqliteError::of(nullptr, code, db.path());
    if (code == SQLITE_IOERR_SHORT_READ || !header.startsWith(QByteArray("SQLite format 3\0", 16)))
        throw SqliteError(Error{ErrorCode::Foreign, db.path() + QStringLiteral(": is not an SQLite database")});
    return header.at(18) == 2 ? Journal::Wal : Journal::Rollback;
}

} // namespace

ReadConnection::Stamp ReadConnection::stampOf(const QString &path)
{
    struct stat file {
    };
    if (::stat(QFile::encodeName(path).constData(), &file) != 0)
        return {};
    return {file.st_ino, file.st_size, qint64{file.st_mtim.tv_sec} * 1'000'000'000 + file.st_mtim.tv_nsec};
}

ReadConnection::ReadConnection(const QString &path, OpenMode mode, TableNotes notes)
    : m_path(path)
    , m_stamp(stampOf(path))
    , m_notes(std::move(notes))
{
    if (!QFile::exists(path))
        throw SqliteError(Error{ErrorCode::NotFound, path + QStringLiteral(": there is no such file")});
    const bool hasWal = QFile::exists(path + QStringLiteral("-wal"));
    const bool hasShm = QFile::exists(path + QStringLiteral("-shm"));
    const auto open = [&](const char *how) { m_db = std::make_unique<SqliteConnection>(path, how, busyTimeout); };
    const bool live = mode == OpenMode::ReadOnly && hasWal && hasShm;
    open(live ? "mode=ro&readonly_shm=1" : "mode=ro&immutable=1");
    const Journal journal = journalOf(*m_db);
    if (mode != OpenMode::ReadOnly && (journal != Journal::Wal || hasWal || path.endsWith(u"/jobs.db"))) {
        m_shared = true;
        open("mode=rw");
        m_db->execute("PRAGMA query_only = 1");
    } else if (journal != Journal::Wal) {
        if (QFileInfo(path + QStringLiteral("-journal")).size() > 0 && !hasWal)
            openCopy(); // a crash left work to be undone, which would change the file
        else
            open("mode=ro");
    } else if (live) {
        m_live = true;
        sqlite3_db_config(m_db->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    } else if (hasWal) {
        openCopy();
    } else {
        m_immutable = true;
    }
    m_db->execute("PRAGMA trusted_schema = 0");
}

void ReadConnection::openCopy()
{
    m_copy = std::make_unique<QTemporaryDir>();
    const QString target = m_copy->filePath(QStringLiteral("copy.db"));
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-journal")}) {
        if (QFile::exists(m_path + suffix) && !QFile::copy(m_path + suffix, target + suffix))
            throw SqliteError(Error{ErrorCode::Io, QStringLiteral("%1%2: cannot be copied to read it").arg(m_path, suffix)});
        QFile::setPermissions(target + suffix, QFile::ReadOwner | QFile::WriteOwner);
    }
    m_db = std::make_unique<SqliteConnection>(target, "mode=rw", busyTimeout);
}

bool ReadConnection::isReusable() const
{
    if (m_shared)
        return stampOf(m_path).inode == m_stamp.inode;
    // A connection that another process's clean end would have to wait for is not kept.
    return m_immutable && wasUndisturbed();
}

bool ReadConnection::wasUndisturbed() const
{
    const bool hasWal = QFile::exists(m_path + QStringLiteral("-wal"));
    if (m_live)
        return hasWal && QFile::exists(m_path + QStringLiteral("-shm"));
    return !m_immutable || (stampOf(m_path) == m_stamp && !hasWal);
}

void ReadConnection::noticeSchema()
{
    const std::int64_t version = m_db->integer("PRAGMA schema_version");
    if (std::exchange(m_schemaVersion, version) == version)
        return;
    // The version says no more than that this file's tables have changed: another file may have the same one.
    auto made = m_db->statement("SELECT group_concat(sql, ';') FROM sqlite_schema");
    const QByteArray tables = made.step() ? made.bytes(0) : QByteArray();
    if (m_notes.tables != tables)
        m_notes = {.tables = tables};
}

const QStringList &ReadConnection::columnsOf(const char *table)
{
    auto columns = m_notes.columns.constFind(table);
    if (columns == m_notes.columns.constEnd())
        columns = m_notes.columns.insert(table, schema::columns(*m_db, QString::fromLatin1(table)));
    return *columns;
}

bool ReadConnection::hasTable(const char *table)
{
    return !columnsOf(table).isEmpty();
}

bool ReadConnection::hasColumn(const char *table, QLatin1StringView column)
{
    return columnsOf(table).contains(column);
}

const QByteArray &ReadConnection::selectList(const char *table, RowDetail detail)
{
    const QByteArray key = QByteArray(table) + (detail == RowDetail::Light ? "/light" : "/full");
    auto list = m_notes.selectLists.constFind(key);
    if (list == m_notes.selectLists.constEnd())
        list = m_notes.selectLists.insert(key, jobrow::selectList(columnsOf(table), detail));
    return *list;
}

} // namespace stint
