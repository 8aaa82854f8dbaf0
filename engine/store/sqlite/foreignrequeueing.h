// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/foreignwriter.h"

namespace stint::foreignrequeueing {

/// Moves a finished job of another program's store back into its queue, as attempt 1; that program runs it at its next
/// tick, or when it is started. Within an operation of the writer.
[[nodiscard]] ActionResult requeue(ForeignWriter &writer, std::int64_t id, const RequeueEdit &edit);

} // namespace stint::foreignrequeueing
