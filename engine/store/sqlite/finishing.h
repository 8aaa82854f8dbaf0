// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqlitewriter.h"

namespace stint::finishing {

/// Records how an attempt ended, in jobs.db (step T1): the row, its summary, the attempt's record and what becomes of
/// the jobs that wait for it. Throws Conflict as SqliteError where the row is of another generation.
/// Within an operation of the writer.
void end(SqliteWriter &writer, const AttemptEnd &end);

/// Counts a callback attempt before it runs.
void beginCallback(SqliteWriter &writer, std::int64_t jobId, std::int64_t generation);

} // namespace stint::finishing
