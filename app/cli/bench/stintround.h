// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/bench/benchplan.h"
#include "engine/result.h"

#include <QString>

namespace stint::cli {

/// Measures Stint itself in fresh folders under `folder`, and writes it into `round`. Main thread: the host lives on
/// it. An error if a job was lost or ran twice.
[[nodiscard]] Result<void> runStint(const BenchPlan &plan, const QString &folder, BenchRound &round);

} // namespace stint::cli
