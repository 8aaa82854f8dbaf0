// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgresconnection.h"

namespace stint::postgres::schema {

inline constexpr int version = 2;
/// From this on scheduled tasks have Stint's own columns, and their occurrences a table.
inline constexpr int taskExtrasVersion = 2;

/// What is in a database.
enum class Content : std::uint8_t {
    Nothing, ///< no tables of jobs
    Ours,    ///< tables that Stint made
    Foreign, ///< tables that another program made
};
[[nodiscard]] Content contentOf(PostgresConnection &db);

/// Makes the tables where there are none, in a transaction of its own. Those that ServiceStack has are named as its
/// own on PostgreSQL; what only Stint has lives in further columns with defaults and in tables of its own.
void create(PostgresConnection &db, const QString &creator, Timestamp now);
/// Brings tables that an earlier version made to this version's, in a transaction of its own.
void upgrade(PostgresConnection &db);
/// Makes the partitions of a month where they are absent. In the caller's transaction.
void createMonth(PostgresConnection &db, YearMonth month);
[[nodiscard]] int storeVersion(PostgresConnection &db);
[[nodiscard]] QString storeValue(PostgresConnection &db, const QString &key);

} // namespace stint::postgres::schema
