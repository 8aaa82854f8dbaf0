// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/filtersql.h"
#include "engine/store/sqlite/monthbounds.h"

namespace stint::summarypage {

/// What a page of all jobs is read by; nothing, if there can be no job in it. In a snapshot of jobs.db.
[[nodiscard]] std::optional<FilterSql> filter(ReadConnection &file, const JobQuery &query, MonthBounds &bounds);
/// The statement for it, one row more than the page has.
[[nodiscard]] QByteArray sql(ReadConnection &file, const JobQuery &query, const FilterSql &filter);

/// One page of all jobs in short form and one row more. Throws SqliteError.
[[nodiscard]] QList<Job> read(ReadConnection &file, const JobQuery &query, MonthBounds &bounds);

} // namespace stint::summarypage
