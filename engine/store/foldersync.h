// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/result.h"

namespace stint::foldersync {

/// A file's name outlasts a power cut only once its folder was synced, however safe its bytes are. Any thread.
[[nodiscard]] Result<void> sync(const QString &folder);

/// Makes the folder, and the folders above it that are missing, so that they last.
[[nodiscard]] Result<void> make(const QString &folder);

} // namespace stint::foldersync
