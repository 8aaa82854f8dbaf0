// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/summarypage.h"

#include "engine/store/sqlite/jobrow.h"
#include "engine/store/sqlite/sqlitereader.h"

namespace stint::summarypage {

std::optional<FilterSql> filter(ReadConnection &file, const JobQuery &query, MonthBounds &bounds)
{
    FilterSql filter(FilterSql::Table::Summary, query.filter);
    filter.addBounds(query);
    if (!query.month)
        return filter;
    const auto range = bounds.of(file, *query.month);
    if (!range)
        return {};
    filter.add("s.Id >= ?", range->lowest);
    filter.add("s.Id <= ?", range->highest);
    // The plus keeps the index of the date out of it, which would have the whole month sorted for each page.
    filter.add("+s.CreatedDate >= ?", toStoreText(query.month->begin()));
    filter.add("+s.CreatedDate < ?", toStoreText(query.month->next().begin()));
    return filter;
}

QByteArray sql(ReadConnection &file, const JobQuery &query, const FilterSql &filter)
{
    return jobrow::selectSummaries(SqliteReader::isOurs(file)) + filter.clause(query, query.limit + 1);
}

QList<Job> read(ReadConnection &file, const JobQuery &query, MonthBounds &bounds)
{
    QList<Job> jobs;
    const auto wanted = filter(file, query, bounds);
    if (!wanted)
        return jobs;
    auto rows = file.db().statement(file.keep(sql(file, query, *wanted)));
    wanted->bind(rows);
    while (rows.step())
        rowreading::readJobOfSummary(rows, jobs.emplaceBack());
    return jobs;
}

} // namespace stint::summarypage
