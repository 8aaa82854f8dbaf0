// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqlitewriter.h"

namespace stint::requeueing {

/// Puts a finished job back into the queue as attempt 1 (step R1); its old copy in the archive is to go (step R2).
/// How it had ended, its error and its log stay in the history as an attempt. Within an operation of the writer.
[[nodiscard]] ActionResult requeue(SqliteWriter &writer, std::int64_t id, const RequeueEdit &edit);

} // namespace stint::requeueing
