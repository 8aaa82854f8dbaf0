// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/filtersql.h"
#include "engine/store/sqlite/readconnection.h"

namespace stint::pagerows {

/// The rows of one table for a page and one more, in the order of the read. In a snapshot of its file. Throws SqliteError.
[[nodiscard]] QList<Job> read(ReadConnection &file, const char *table, const FilterSql &filter, const JobQuery &query);

/// Newest first, each job once, and no more than `limit`: for a page from below the lowest ones. Returns whether there
/// were more.
bool cut(QList<Job> &jobs, const JobQuery &query, qsizetype limit);

/// The finished rows of the queue that belong to an archive pane until they have moved.
[[nodiscard]] QByteArray leavingFor(Pane pane);

} // namespace stint::pagerows
