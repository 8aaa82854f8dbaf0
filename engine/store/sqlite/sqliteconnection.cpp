// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqliteconnection.h"

#include <QUrl>

#include <sqlite3.h>

#include <thread>

namespace stint {

namespace {

/// Memory that SQLite keeps at hand instead of asking malloc, for a statement that writes opens a cursor for each index of its table:
/// 300 KiB a connection.
constexpr int lookasideBytes = 1200;
constexpr int lookasideSlots = 256;

/// SQLite's count of the memory in use takes a mutex of the whole process at each allocation. Refused, and no matter, where
/// the program has begun to use SQLite before.
void countNoMemory()
{
    static const int refused = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(refused)
}

} // namespace

SqliteConnection::SqliteConnection(const QString &path, const QByteArray &parameters, std::chrono::milliseconds busyTimeout)
    : m_path(path)
    , m_busyTimeout(busyTimeout)
{
    countNoMemory();
    const QByteArray uri = "file:" + QUrl::toPercentEncoding(path, "/") + '?' + parameters;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
        | SQLITE_OPEN_EXRESCODE;
    if (const int code = sqlite3_open_v2(uri.constData(), &m_db, flags, nullptr); code != SQLITE_OK) {
        SqliteError error = SqliteError::of(m_db, code, path);
        sqlite3_close(m_db);
        throw error;
    }
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_LOOKASIDE, nullptr, lookasideBytes, lookasideSlots);
    sqlite3_busy_handler(m_db, &SqliteConnection::onBusy, this);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

SqliteConnection::~SqliteConnection()
{
    forgetStatements();
    sqlite3_close(m_db);
}

SqliteStatement SqliteConnection::statement(const char *sql)
{
    sqlite3_stmt *&prepared = m_statements[sql];
    if (!prepared) {
        const int code = sqlite3_prepare_v3(m_db, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
        if (code != SQLITE_OK) {
            m_statements.remove(sql);
            throw lastError(code);
        }
    }
    return SqliteStatement(*this, prepared);
}

void SqliteConnection::execute(const QByteArray &sql)
{
    if (const int code = sqlite3_exec(m_db, sql.constData(), nullptr, nullptr, nullptr); code != SQLITE_OK)
        throw lastError(code);
}

void SqliteConnection::useWal()
{
    for (int tries = 0;; ++tries) {
        const int code = sqlite3_exec(m_db, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
        if (code == SQLITE_OK)
            return;
        if ((code & 0xff) != SQLITE_BUSY || onBusy(this, tries) == 0) // of the extended code the last byte is the plain one
            throw lastError(code);
    }
}

void SqliteConnection::forgetStatements()
{
    for (sqlite3_stmt *const prepared : std::as_const(m_statements))
        sqlite3_finalize(prepared);
    m_statements.clear();
}

std::int64_t SqliteConnection::changes() const
{
    return sqlite3_changes64(m_db);
}

std::int64_t SqliteConnection::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_db);
}

bool SqliteConnection::inTransaction() const
{
    return sqlite3_get_autocommit(m_db) == 0;
}

SqliteError SqliteConnection::lastError(int code) const
{
    return SqliteError::of(m_db, code, m_path);
}

bool SqliteConnection::hasMoved() const
{
    int moved = 0;
    sqlite3_file_control(m_db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
}

void SqliteConnection::setStopToken(std::stop_token stop)
{
    m_stop = std::move(stop);
    if (m_stop.stop_possible())
        sqlite3_progress_handler(m_db, 10'000, &SqliteConnection::onProgress, this);
    else
        sqlite3_progress_handler(m_db, 0, nullptr, nullptr);
}

int SqliteConnection::onBusy(void *self, int tries)
{
    auto &connection = *static_cast<SqliteConnection *>(self);
    const auto now = std::chrono::steady_clock::now();
    if (tries == 0)
        connection.m_busySince = now;
    const auto waited = now - connection.m_busySince;
    if (waited >= connection.m_busyTimeout || connection.m_stop.stop_requested())
        return 0;
    // Short tries find the gaps between the commits of a busy host, where SQLite's own handler backs off past them.
    std::this_thread::sleep_for(waited < std::chrono::milliseconds{100} ? std::chrono::microseconds{200} : std::chrono::milliseconds{1});
    return 1;
}

int SqliteConnection::onProgress(void *self)
{
    return static_cast<SqliteConnection *>(self)->m_stop.stop_requested() ? 1 : 0;
}

SqliteTransaction::SqliteTransaction(SqliteConnection &connection, Kind kind)
    : m_connection(connection)
{
    connection.run(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN");
}

SqliteTransaction::~SqliteTransaction()
{
    if (!m_open || !m_connection.inTransaction())
        return;
    try {
        m_connection.run("ROLLBACK");
    } catch (const SqliteError &) {
        // The connection is beyond use; its next statement says so.
    }
}

void SqliteTransaction::commit()
{
    m_connection.run("COMMIT");
    m_open = false;
}

} // namespace stint
