// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/options.h"
#include "engine/store/jobstore.h"

#include <CLI/CLI.hpp>

#include <vector>

namespace stint::cli {

/// The ids that an action is for. Bad usage unless each is a whole number above 0.
CLI::Option *addIds(CLI::App &parser, std::vector<std::int64_t> &ids);

/// Says what was done to each job, as lines or as a JSON array; the exit code: Refused if anything was not done.
[[nodiscard]] int reportActions(const Result<QList<ActionResult>> &results, bool json);

} // namespace stint::cli
