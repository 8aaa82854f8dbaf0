// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobquery.h"

#include <QByteArray>
#include <QVariantList>

namespace stint::postgres {

/// A JobFilter and a page's bounds as an SQL condition with its parameters.
class FilterSql final
{
public:
    /// Which table's columns are meant.
    enum class Table : std::uint8_t {
        Jobs,    ///< BackgroundJob, CompletedJob, FailedJob
        Summary, ///< JobSummary as `s`, with the live row, if any, as `b`
    };

    FilterSql(Table table, const JobQuery &query);

    /// ` WHERE … ORDER BY "Id" … LIMIT n`; newest first, or oldest first for a page after an id.
    [[nodiscard]] QByteArray clause(const JobQuery &query, int limit) const;
    [[nodiscard]] const QVariantList &parameters() const { return m_parameters; }

private:
    [[nodiscard]] QByteArray column(const QString &name) const;
    void add(const QByteArray &condition, const QVariant &value);
    void addText(const JobFilter &filter);

    Table m_table;
    QByteArrayList m_conditions;
    QVariantList m_parameters;
};

} // namespace stint::postgres
