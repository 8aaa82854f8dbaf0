// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/pagerows.h"

#include "engine/store/rowreading.h"

#include <algorithm>

namespace stint::pagerows {

QList<Job> read(ReadConnection &file, const char *table, const FilterSql &filter, const JobQuery &query)
{
    QList<Job> jobs;
    if (!file.hasTable(table))
        return jobs;
    const QByteArray sql = "SELECT " + file.selectList(table, query.detail) + " FROM " + table + filter.clause(query, query.limit + 1);
    auto rows = file.db().statement(file.keep(sql));
    filter.bind(rows);
    while (rows.step())
        rowreading::readJob(rows, jobs.emplaceBack());
    return jobs;
}

bool cut(QList<Job> &jobs, const JobQuery &query, qsizetype limit)
{
    const auto isAmiss = [](const Job &a, const Job &b) { return a.id <= b.id; };
    if (std::adjacent_find(jobs.cbegin(), jobs.cend(), isAmiss) != jobs.cend()) {
        std::stable_sort(jobs.begin(), jobs.end(), [](const Job &a, const Job &b) { return a.id > b.id; });
        jobs.erase(std::unique(jobs.begin(), jobs.end(), [](const Job &a, const Job &b) { return a.id == b.id; }), jobs.end());
    }
    if (jobs.size() <= limit)
        return false;
    if (query.isFromBelow())
        jobs.remove(0, jobs.size() - limit);
    else
        jobs.resize(limit);
    return true;
}

QByteArray leavingFor(Pane pane)
{
    return pane == Pane::Completed ? "State <> 'Queued' AND State = 'Completed'" : "State <> 'Queued' AND State IN ('Failed', 'Cancelled')";
}

} // namespace stint::pagerows
