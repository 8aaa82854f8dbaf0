// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgreswriter.h"

namespace stint::postgres::enqueuing {

/// Records jobs in the queue with their summaries: all of them, or an Error as PostgresError and none.
/// Within an operation of the writer.
[[nodiscard]] QList<JobRef> record(PostgresWriter &writer, const EnqueueRequest &request);

} // namespace stint::postgres::enqueuing
