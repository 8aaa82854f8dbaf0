// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobexport.h"

namespace stint {

/// The jobs of an export as lines without a head, read and written by two threads: what exportJobs() does with them.
[[nodiscard]] Result<std::int64_t> exportRanges(const JobStore &store, const JobExport &what, const QStringList &columns, QIODevice &output,
                                                const ExportProgress &progress, const std::stop_token &stop);

/// The error of an export that was stopped.
[[nodiscard]] Error exportCancelled();

} // namespace stint
