// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgreswriter.h"

namespace stint::postgres::claiming {

/// What claims have still to do since a host has come.
struct Backlog {
    bool unknownMayBeKnown = false; ///< jobs set aside because nobody knew them are to be made ready, if it knows them
};

/// Gives a host the jobs it has room for: those whose date has come are made ready first, then each worker's ready jobs
/// are taken by priority, due date and id, passing over rows that another process has locked. No claim's work grows
/// with the queue. Within an operation of the writer.
[[nodiscard]] ClaimResult claim(PostgresWriter &writer, const ClaimRequest &request, Backlog &backlog);

/// Claimed jobs that were never entered go back as if they had not been claimed.
void release(PostgresWriter &writer, const QList<JobRef> &jobs, const QList<std::int64_t> &generations);

} // namespace stint::postgres::claiming
