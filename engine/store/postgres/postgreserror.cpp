// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgreserror.h"

#include <QHash>
#include <QSqlError>

namespace stint {

namespace {

/// Source: PostgreSQL's error codes; whole codes before their classes.
ErrorCode codeOf(const QString &sqlState)
{
    static const QHash<QString, ErrorCode> codes{
        {QStringLiteral("23505"), ErrorCode::Conflict},        // unique_violation
        {QStringLiteral("40001"), ErrorCode::Busy},            // serialization_failure
        {QStringLiteral("40P01"), ErrorCode::Busy},            // deadlock_detected
        {QStringLiteral("55P03"), ErrorCode::Busy},            // lock_not_available
        {QStringLiteral("53100"), ErrorCode::DiskFull},        // disk_full
        {QStringLiteral("25006"), ErrorCode::ReadOnly},        // read_only_sql_transaction
        {QStringLiteral("42501"), ErrorCode::ReadOnly},        // insufficient_privilege
        {QStringLiteral("3D000"), ErrorCode::NotFound},        // invalid_catalog_name
        {QStringLiteral("22021"), ErrorCode::InvalidArgument}, // character_not_in_repertoire
        {QStringLiteral("57014"), ErrorCode::Cancelled},       // query_canceled
    };
    if (sqlState.isEmpty())
        return ErrorCode::Io; // no answer: the connection is lost
    for (const char *const connection : {"08", "28", "53", "57", "58"}) {
        if (!codes.contains(sqlState) && sqlState.startsWith(QLatin1StringView(connection)))
            return ErrorCode::Io;
    }
    return codes.value(sqlState, ErrorCode::Internal);
}

} // namespace

PostgresError PostgresError::of(const QSqlError &error, const QString &what)
{
    const QString sqlState = error.nativeErrorCode();
    const QString text = error.databaseText().section(u'\n', 0, 0).trimmed();
    PostgresError made(Error{codeOf(sqlState), QStringLiteral("%1: %2").arg(what, text.isEmpty() ? error.driverText() : text)});
    made.m_isDeadlock = sqlState == QLatin1StringView("40P01") || sqlState == QLatin1StringView("40001");
    return made;
}

} // namespace stint
