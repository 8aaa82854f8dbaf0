// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgreswriter.h"

namespace stint::postgres::dependents {

/// What becomes of the jobs that wait for another. Within an operation of the writer. The parent's summary was written
/// before: who enqueues a dependent at the same time waits for it.

/// The state of a job that another is to wait for, held until this transaction ends; nothing where there is none.
[[nodiscard]] std::optional<JobState> stateOfParent(PostgresConnection &db, std::int64_t id);
/// Its parent has succeeded: whoever waits for it may run, or waits for its own date.
void release(PostgresWriter &writer, std::int64_t parentId);
/// Cancels one queued job.
void cancelRow(PostgresWriter &writer, std::int64_t id, const JobError &error);
/// Cancels all that waits for `parentId`, to any depth.
void cancel(PostgresWriter &writer, std::int64_t parentId);
/// Removes what an attempt had enqueued to run after it; what others made depend on that is cancelled.
[[nodiscard]] QList<std::int64_t> discard(PostgresWriter &writer, std::int64_t parentId, std::int64_t generation);

} // namespace stint::postgres::dependents
