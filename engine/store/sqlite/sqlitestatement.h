// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/store/sqlite/sqlvalue.h"
#include "engine/timestamp.h"

#include <QByteArray>
#include <QString>
#include <QVarLengthArray>

#include <concepts>
#include <cstdint>
#include <optional>
#include <vector>

struct sqlite3_stmt;

namespace stint {

class SqliteConnection;

/// A prepared statement, borrowed from its connection and given back, reset, when this goes out of scope.
/// Same thread as the connection. Throws SqliteError.
class SqliteStatement final
{
public:
    SqliteStatement(const SqliteConnection &connection, sqlite3_stmt *statement)
        : m_connection(connection)
        , m_statement(statement)
    {
    }
    ~SqliteStatement();
    Q_DISABLE_COPY_MOVE(SqliteStatement)

    // Parameters from 1, in the order of the calls.
    SqliteStatement &bind(std::int64_t value);
    SqliteStatement &bind(int value) { return bind(std::int64_t{value}); }
    SqliteStatement &bind(double value);
    SqliteStatement &bind(std::nullptr_t);
    SqliteStatement &bind(const QString &text);    ///< null: SQL NULL
    SqliteStatement &bind(const QByteArray &text); ///< UTF-8; null: SQL NULL
    SqliteStatement &bind(Timestamp moment);
    SqliteStatement &bind(JobState state);
    SqliteStatement &bind(QLatin1StringView literal); ///< must outlive the statement's use
    SqliteStatement &bind(const SqlBlob &blob);
    SqliteStatement &bind(const SqlValue &value);
    template <typename T>
    SqliteStatement &bind(const std::optional<T> &value)
    {
        return value ? bind(*value) : bind(nullptr);
    }
    template <typename... Values>
    SqliteStatement &bindAll(const Values &...values)
    {
        (bind(values), ...);
        return *this;
    }

    /// Goes to the next row; false when there is none.
    bool step();
    /// Runs to the end without looking at rows.
    void run();

    [[nodiscard]] int parameterCount() const;

    // Columns from 0 of the row under step().
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] int number(int column) const { return static_cast<int>(integer(column)); }
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] JobState state(int column) const { return parseJobState(view(column)).value_or(JobState::Queued); }
    [[nodiscard]] QByteArrayView view(int column) const; ///< valid until the next step; null for SQL NULL
    [[nodiscard]] QByteArray bytes(int column) const;    ///< null for SQL NULL
    [[nodiscard]] QString text(int column) const;        ///< null for SQL NULL
    /// The same, sharing the text that the last such call for this column gave where it is equal.
    [[nodiscard]] QString repeatedText(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;
    [[nodiscard]] std::optional<int> optionalInt(int column) const;
    [[nodiscard]] std::optional<double> optionalReal(int column) const;
    [[nodiscard]] std::optional<Timestamp> date(int column) const;
    [[nodiscard]] SqlValue value(int column) const;

private:
    void check(int code) const;

    const SqliteConnection &m_connection;
    sqlite3_stmt *m_statement;
    int m_next = 1;
    QVarLengthArray<QByteArray, 32> m_held;  ///< what is bound: SQLite makes no copy
    mutable std::vector<QString> m_repeated; ///< by column, once one is asked for
};

} // namespace stint
