// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/hostlock.h"
#include "engine/store/sqlite/sqlitewriter.h"

namespace stint::hosting {

/// The lock of a store, for a process that may host it: nobody else hosts it, and no foreign process has it open.
[[nodiscard]] Result<std::unique_ptr<HostLock>> takeStore(const QString &folder, const HostInfo &host);

/// Makes another program's store ours: a backup of jobs.db beside it, then what a host needs. Throws SqliteError.
void adopt(const QString &folder, const QString &creator, Timestamp now);

// Within an operation of the writer.

/// Takes up what a dead process left half done, and publishes the host.
void begin(SqliteWriter &writer, const HostInfo &host);
void beat(SqliteWriter &writer, const QString &hostId, const QList<WorkerDelta> &workers, const QList<RunDuration> &durations);
/// What running jobs report of themselves; of others nothing is kept.
void recordProgress(SqliteWriter &writer, const QList<ProgressUpdate> &updates);

} // namespace stint::hosting
