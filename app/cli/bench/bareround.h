// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/bench/benchplan.h"
#include "engine/result.h"

#include <QString>

namespace stint::cli {

/// Does the same to the same rows through nothing but SQLite's C API, and writes its rate into `round`: `batch` jobs a
/// transaction, prepared statements, the same schema, order of commits and settings. The archive row is written from
/// memory, as the fastest way. `location` is a store that Stint has made.
[[nodiscard]] Result<void> runBare(const BenchPlan &plan, const QString &location, BenchRound &round);

} // namespace stint::cli
