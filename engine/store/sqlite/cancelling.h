// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqlitewriter.h"

namespace stint::cancelling {

/// Cancels a queued job with its dependents, or asks a running one to stop. Within an operation of the writer.
[[nodiscard]] ActionResult cancel(SqliteWriter &writer, std::int64_t id);

} // namespace stint::cancelling
