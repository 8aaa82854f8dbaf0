// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/joboptions.h"

#include <CLI/CLI.hpp>

namespace stint::cli {

/// Adds the options of a job that may be the same for many.
void addJobOptions(CLI::App &parser, JobOptions &options);
/// Adds those of a single job: its RefId, its date, the jobs that it belongs to.
void addOneJobOptions(CLI::App &parser, JobOptions &options);

} // namespace stint::cli
