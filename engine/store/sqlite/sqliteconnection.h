// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqliteerror.h"
#include "engine/store/sqlite/sqlitestatement.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

#include <chrono>
#include <functional>
#include <stop_token>

struct sqlite3;
struct sqlite3_stmt;

namespace stint {

/// One native SQLite connection with its prepared statements. One thread at a time. Throws SqliteError.
class SqliteConnection final
{
public:
    /// `parameters` are those of an SQLite URI, e.g. `mode=ro&immutable=1`. Other processes' locks are waited for
    /// as long as `busyTimeout`.
    SqliteConnection(const QString &path, const QByteArray &parameters, std::chrono::milliseconds busyTimeout = std::chrono::seconds{30});
    ~SqliteConnection();
    Q_DISABLE_COPY_MOVE(SqliteConnection)

    /// The statement is prepared once and kept: `sql` must live, unchanged, as long as the connection.
    [[nodiscard]] SqliteStatement statement(const char *sql);
    /// A statement's text that was made up, kept as long as the connection.
    [[nodiscard]] const char *keep(const QByteArray &sql) { return m_texts.insert(sql)->constData(); }
    /// Prepares, binds and runs; returns how many rows it changed.
    template <typename... Values>
    std::int64_t run(const char *sql, const Values &...values)
    {
        {
            auto prepared = statement(sql);
            prepared.bindAll(values...).run();
        }
        return changes();
    }
    /// One or more statements without parameters, not kept.
    void execute(const QByteArray &sql);
    /// Puts the file into WAL mode. SQLite asks no busy handler where two connections want the lock for that at once and tells
    /// one of them off: that one waits here.
    void useWal();
    /// The first column of the first row, or 0.
    template <typename... Values>
    [[nodiscard]] std::int64_t integer(const char *sql, const Values &...values)
    {
        auto query = statement(sql);
        query.bindAll(values...);
        return query.step() ? query.integer(0) : 0;
    }
    /// Forgets statements prepared from texts that are about to go.
    void forgetStatements();

    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::int64_t lastInsertId() const;
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] sqlite3 *handle() const { return m_db; }
    [[nodiscard]] SqliteError lastError(int code) const;
    /// The file was renamed or deleted since it was opened: what is committed to it is lost.
    [[nodiscard]] bool hasMoved() const;

    /// Statements end with ErrorCode::Cancelled once `stop` is requested; reset by giving an empty token.
    void setStopToken(std::stop_token stop);

private:
    static int onBusy(void *self, int tries);
    static int onProgress(void *self);

    QString m_path;
    sqlite3 *m_db = nullptr;
    std::chrono::milliseconds m_busyTimeout;
    std::chrono::steady_clock::time_point m_busySince;
    std::stop_token m_stop;
    QSet<QByteArray> m_texts;
    QHash<const char *, sqlite3_stmt *> m_statements;
};

/// A transaction that rolls back unless committed.
class SqliteTransaction final
{
public:
    /// How locks are taken.
    enum class Kind : std::uint8_t {
        Read,  ///< a snapshot from the first statement on
        Write, ///< the write lock at once
    };
    SqliteTransaction(SqliteConnection &connection, Kind kind);
    ~SqliteTransaction();
    Q_DISABLE_COPY_MOVE(SqliteTransaction)
    void commit();

private:
    SqliteConnection &m_connection;
    bool m_open = true;
};

} // namespace stint
