// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqlitewriter.h"

namespace stint::dependents {

/// What becomes of the jobs that wait for another. Within an operation of the writer.

/// Of the job that another waits for; nothing where there is no such job.
[[nodiscard]] std::optional<JobState> stateOfParent(SqliteConnection &db, std::int64_t id);

/// Its parent has succeeded: whoever waits for `parentId` may run, or waits for its own date.
void release(SqliteWriter &writer, std::int64_t parentId);

/// Its parent ended without success: whoever waits for `parentId`, to any depth, is cancelled into the history.
void cancel(SqliteWriter &writer, std::int64_t parentId);

/// An attempt that will run again is over: the jobs it made that wait for it are removed without a trace, with those
/// it made that wait for them; jobs made by others that wait for one of them are cancelled. Returns what was removed.
[[nodiscard]] QList<std::int64_t> discard(SqliteWriter &writer, std::int64_t parentId, std::int64_t generation);

/// Ends a job of the queue as cancelled: its row, its summary, its way into the archive.
void cancelRow(SqliteWriter &writer, std::int64_t id, const JobError &error);

} // namespace stint::dependents
