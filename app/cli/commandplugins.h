// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/commandregistry.h"
#include "engine/result.h"

namespace stint::cli {

/// Loads the Qt plug-in `file`, a stint::CommandPlugin, and adds its commands. It stays loaded. Main thread.
[[nodiscard]] Result<void> addCommandsOf(const QString &file, CommandRegistry &registry);

} // namespace stint::cli
