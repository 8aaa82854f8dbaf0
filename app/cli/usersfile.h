// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/result.h"
#include "engine/usercontext.h"

namespace stint::cli {

/// Reads the users of `stint host --users`: a JSON array of {id, name, roles, claims}, where claims is an object of
/// strings or lists of strings. The resolver may be called from any thread.
[[nodiscard]] Result<UserResolver> readUsersFile(const QString &fileName);

} // namespace stint::cli
