// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/result.h"

#include <QString>

namespace stint::cli {

/// Makes a store at `location` whose archive has one job that was run and `copies` more like it, all of this month.
/// Main thread: it runs a host.
[[nodiscard]] Result<void> makeBenchStore(const QString &location, int copies);

} // namespace stint::cli
