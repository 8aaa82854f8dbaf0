// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgreswriter.h"

namespace stint::postgres::finishing {

/// Records how an attempt ended, and what becomes of the job and of those that wait for it. Within an operation of the
/// writer.
void end(PostgresWriter &writer, const AttemptEnd &attempt);
/// Counts a callback attempt before it runs.
void beginCallback(PostgresWriter &writer, std::int64_t jobId, std::int64_t generation);

} // namespace stint::postgres::finishing
