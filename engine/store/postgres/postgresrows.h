// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstate.h"
#include "engine/timestamp.h"

#include <QByteArray>
#include <QSqlQuery>
#include <QString>

#include <cstdint>
#include <optional>

namespace stint {

class PostgresConnection;

/// The answer to a statement, all of it in memory. Gives the statement back when it goes out of scope.
/// Same thread as the connection.
class PostgresRows final
{
public:
    PostgresRows(PostgresConnection &connection, const char *sql, QSqlQuery query)
        : m_connection(connection)
        , m_sql(sql)
        , m_query(std::move(query))
    {
    }
    ~PostgresRows();
    Q_DISABLE_COPY_MOVE(PostgresRows)

    /// Goes to the next row; false when there is none.
    bool next() { return m_query.next(); }
    /// How many rows it changed, or has.
    [[nodiscard]] std::int64_t count() const;

    // Columns from 0 of the row under next().
    [[nodiscard]] bool isNull(int column) const { return m_query.isNull(column); }
    [[nodiscard]] std::int64_t integer(int column) const { return m_query.value(column).toLongLong(); }
    [[nodiscard]] int number(int column) const { return m_query.value(column).toInt(); }
    [[nodiscard]] double real(int column) const { return m_query.value(column).toDouble(); }
    [[nodiscard]] QString text(int column) const; ///< null for SQL NULL
    [[nodiscard]] QString repeatedText(int column) const { return text(column); }
    [[nodiscard]] QByteArray bytes(int column) const; ///< UTF-8; null for SQL NULL
    [[nodiscard]] JobState state(int column) const { return parseJobState(bytes(column)).value_or(JobState::Queued); }
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;
    [[nodiscard]] std::optional<int> optionalInt(int column) const;
    [[nodiscard]] std::optional<double> optionalReal(int column) const;
    /// Of a date that the statement gives as text.
    [[nodiscard]] std::optional<Timestamp> date(int column) const;

private:
    PostgresConnection &m_connection;
    const char *m_sql;
    QSqlQuery m_query;
};

} // namespace stint
