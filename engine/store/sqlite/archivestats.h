// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/storeaccess.h"

namespace stint::archivestats {

/// The statistics that a store keeps; of one that keeps none, made of its finished jobs in short reads. Any thread.
/// Throws SqliteError.
[[nodiscard]] QList<JobStat> read(const SqliteReader &reader, const StatsQuery &query);

/// Makes those of all hours before `now` anew from the finished jobs that are there. Any thread. Throws SqliteError.
void rebuild(const SqliteReader &reader, StoreAccess::OwnSide &side, Timestamp now);

} // namespace stint::archivestats
