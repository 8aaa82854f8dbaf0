// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqliteconnection.h"
#include "engine/store/sqlite/sqlvalue.h"

#include <optional>
#include <utility>
#include <vector>

namespace stint {

/// A row of a table with whatever columns the table has: for tables of other programs, whose rows are to be copied as
/// they are. Throws SqliteError.
class StoredRow final
{
public:
    StoredRow() = default;
    [[nodiscard]] static std::optional<StoredRow> read(SqliteConnection &db, const char *table, std::int64_t id);

    // Sets or replaces the value of a column; a null text is NULL.
    void set(const char *column, std::int64_t number) { put(column, number); }
    void set(const char *column, const QByteArray &text) { put(column, text.isNull() ? SqlValue(nullptr) : SqlValue(text)); }
    void set(const char *column, const QString &text) { set(column, text.isNull() ? QByteArray() : text.toUtf8()); }
    void set(const char *column, QLatin1StringView text) { set(column, QByteArray(text.data(), text.size())); }
    void set(const char *column, Timestamp moment) { set(column, toStoreText(moment)); }
    template <typename T>
    void set(const char *column, const std::optional<T> &value)
    {
        if (value)
            set(column, *value);
        else
            clear(column);
    }
    void clear(const char *column) { put(column, nullptr); }

    /// Inserts it into a table, as far as that has the columns.
    void insertInto(SqliteConnection &db, const char *table) const;
    /// The statement that would do so.
    [[nodiscard]] QByteArray toSql(const char *table) const;

private:
    void put(const char *column, SqlValue value);

    std::vector<std::pair<QByteArray, SqlValue>> m_values;
};

} // namespace stint
