// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqliteconnection.h"

#include <QStringList>

namespace stint {

/// The tables of a store. Source: storage format 1; what only Stint has lives in further columns with defaults and
/// in tables of its own.
namespace schema {

inline constexpr int version = 4;

/// Makes jobs.db with all tables, in WAL mode, and marks it as ours. In a transaction of its own.
void createQueue(SqliteConnection &db, const QString &creator, Timestamp now);
/// Brings a jobs.db of ours that an earlier version made to this version's tables.
void upgradeQueue(SqliteConnection &db);
/// Makes a month's database with all tables, in WAL mode.
void createMonth(SqliteConnection &db, Timestamp now);
/// Makes the tables of a month as ServiceStack.Jobs has them, where they are absent. In the caller's transaction.
void createForeignMonth(SqliteConnection &db);
/// Adds to another program's jobs.db what a host needs, keeping all that is there.
void adoptQueue(SqliteConnection &db, const QString &creator, Timestamp now);

/// The columns that a table has; none where there is no such table.
[[nodiscard]] QStringList columns(SqliteConnection &db, const QString &table);
/// The value of a key of StintStore, or null where the store is not ours.
[[nodiscard]] QString storeValue(SqliteConnection &db, const char *key);

} // namespace schema
} // namespace stint
