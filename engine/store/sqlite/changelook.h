// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <functional>

namespace stint::changelook {

/// Functions that tell whether jobs.db has changed since they were last asked. Each is for one thread.

/// By SQLite's count of other connections' commits: exact, by a connection that it keeps.
[[nodiscard]] std::function<bool()> byCommits(const QString &path);
/// By the sizes and times of the files: for those who may keep no connection.
[[nodiscard]] std::function<bool()> byFiles(const QString &path);

} // namespace stint::changelook
