// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqlitewriter.h"

namespace stint::claiming {

/// Gives a host the jobs it has room for: those whose date has come are made ready first, then each worker's ready
/// jobs are taken by priority, due date and id. Within an operation of the writer.
[[nodiscard]] ClaimResult claim(SqliteWriter &writer, const ClaimRequest &request);

/// Claimed jobs that were never entered go back as if they had not been claimed.
void release(SqliteWriter &writer, const QList<JobRef> &jobs, const QList<std::int64_t> &generations);

/// A host has come that knows these names: jobs set aside because nobody knew them are ready again.
void takeUpUnknown(SqliteWriter &writer, const QSet<QString> &commands, const QSet<QString> &apis);

} // namespace stint::claiming
