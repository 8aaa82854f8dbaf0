// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobquery.h"
#include "engine/store/sqlite/sqlitestatement.h"

#include <variant>
#include <vector>

namespace stint {

/// A JobFilter and a page's bounds as an SQL condition with its parameters.
class FilterSql final
{
public:
    /// Which table's columns are meant.
    enum class Table : std::uint8_t {
        Jobs,    ///< BackgroundJob, CompletedJob, FailedJob
        Summary, ///< JobSummary as `s`, with the live row of what has not ended as `b`
    };

    FilterSql(Table table, const JobFilter &filter);
    /// Adds the bounds of a page.
    void addBounds(const JobQuery &query);
    void add(const QByteArray &condition) { m_conditions.push_back(condition); }
    void add(const QByteArray &condition, const QByteArray &text);
    void add(const QByteArray &condition, std::int64_t number);

    /// ` WHERE … ORDER BY Id … LIMIT n`; newest first, or oldest first for a page from below.
    [[nodiscard]] QByteArray clause(const JobQuery &query, int limit) const;
    void bind(SqliteStatement &statement) const;

private:
    [[nodiscard]] QByteArray column(QLatin1StringView name) const;
    void addText(const JobFilter &filter);

    Table m_table;
    std::vector<QByteArray> m_conditions;
    std::vector<std::variant<std::int64_t, QByteArray>> m_parameters;
};

} // namespace stint
