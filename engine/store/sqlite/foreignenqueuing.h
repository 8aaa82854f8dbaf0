// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/foreignwriter.h"

namespace stint::foreignenqueuing {

/// Hands jobs to the application that owns the store, which picks them up at its next tick: all of them, or an Error as
/// SqliteError and none. What its tables have no column for is refused. Within an operation of the writer.
[[nodiscard]] QList<JobRef> record(ForeignWriter &writer, const EnqueueRequest &request);

} // namespace stint::foreignenqueuing
