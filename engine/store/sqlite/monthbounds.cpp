// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/monthbounds.h"

#include <algorithm>

namespace stint {

std::optional<MonthBounds::Range> MonthBounds::of(ReadConnection &file, YearMonth month)
{
    const std::int64_t newest = file.db().integer("SELECT max(Id) FROM JobSummary");
    Known known;
    {
        const std::lock_guard lock(m_mutex);
        known = m_known[month];
    }
    if (known.inode != file.inode() || known.newest > newest) // another file has taken its place
        known = {.inode = file.inode()};
    if (known.newest < newest) {
        auto row = file.db().statement(
            known.newest == 0 ? "SELECT min(Id), max(Id) FROM JobSummary WHERE CreatedDate >= ?1 AND CreatedDate < ?2"
                              : "SELECT min(Id), max(Id) FROM JobSummary WHERE Id > ?3 AND +CreatedDate >= ?1 AND +CreatedDate < ?2");
        row.bindAll(month.begin(), month.next().begin());
        if (known.newest > 0)
            row.bind(known.newest);
        if (row.step() && !row.isNull(0)) {
            const Range found{row.integer(0), row.integer(1)};
            known.range
                = known.range ? Range{std::min(known.range->lowest, found.lowest), std::max(known.range->highest, found.highest)} : found;
        }
        known.newest = newest;
        if (!file.wasUndisturbed())
            return known.range; // the answer will be thrown away
        const std::lock_guard lock(m_mutex);
        m_known[month] = known;
    }
    return known.range;
}

} // namespace stint
