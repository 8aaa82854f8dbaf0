// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/admission.h"
#include "engine/store/sqlite/sqlitewriter.h"

namespace stint::enqueuing {

/// Records jobs in the queue with their summaries: all of them, or an Error as SqliteError and none.
/// Within an operation of the writer. A host that has heard of them before is not told by the commit.
[[nodiscard]] QList<JobRef> record(SqliteWriter &writer, const EnqueueRequest &request, const admission::KnownNames *known,
                                   bool hostHasHeard = false);

} // namespace stint::enqueuing
