// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgresrows.h"

#include "engine/store/postgres/postgresconnection.h"

namespace stint {

PostgresRows::~PostgresRows()
{
    m_connection.giveBack(m_sql, std::move(m_query));
}

std::int64_t PostgresRows::count() const
{
    return m_query.isSelect() ? m_query.size() : m_query.numRowsAffected();
}

QString PostgresRows::text(int column) const
{
    if (isNull(column))
        return {};
    const QString text = m_query.value(column).toString();
    return text.isNull() ? QStringLiteral("") : text;
}

QByteArray PostgresRows::bytes(int column) const
{
    return isNull(column) ? QByteArray() : text(column).toUtf8();
}

std::optional<std::int64_t> PostgresRows::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<int> PostgresRows::optionalInt(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(number(column));
}

std::optional<double> PostgresRows::optionalReal(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(real(column));
}

std::optional<Timestamp> PostgresRows::date(int column) const
{
    return isNull(column) ? std::nullopt : parseTimestamp(bytes(column));
}

} // namespace stint
