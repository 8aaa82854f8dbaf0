// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace stint::cli::sqlitecounters {

/// Counts what every SQLite connection of this process does from now on: call it before the first is opened.
void install();

/// fsync and fdatasync calls so far. Any thread.
[[nodiscard]] std::int64_t syncs();
/// Commits so far to files named jobs.db that changed something. Any thread.
[[nodiscard]] std::int64_t queueCommits();

} // namespace stint::cli::sqlitecounters
