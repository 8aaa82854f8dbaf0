// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgreswriter.h"

namespace stint::postgres::archiving {

/// Moves a job that has just ended from the queue to its month, in the same transaction.
void move(PostgresWriter &writer, std::int64_t id, JobState state, Timestamp createdDate);
/// The row of a finished job.
[[nodiscard]] std::optional<Job> read(PostgresConnection &db, std::int64_t id, Timestamp createdDate);
void remove(PostgresConnection &db, std::int64_t id, Timestamp createdDate);

} // namespace stint::postgres::archiving
