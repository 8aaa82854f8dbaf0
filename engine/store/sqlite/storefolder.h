// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/result.h"
#include "engine/store/jobstore.h"

namespace stint {

/// The folder that a store is in.
struct StorePlace {
    QString path;        ///< absolute
    bool exists = false; ///< it holds a jobs.db
};

namespace storefolder {

/// What `location`, a folder or the jobs.db in one, names. With OpenMode::Create the folder is made; with any mode but
/// OpenMode::ReadOnly it must be one that may be written.
[[nodiscard]] Result<StorePlace> find(const QString &location, OpenMode mode);

} // namespace storefolder
} // namespace stint
