// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/usercontext.h"

namespace stint::cli {

/// The accounts of this machine (`stint host --users system`), asked anew each time: a userId is a login name or the number of
/// an account. The name is the person's where the account has one, the roles are its groups, the claims `uid`, `gid` and
/// `home`. Any thread.
[[nodiscard]] std::optional<UserContext> findSystemUser(const QString &userId);

} // namespace stint::cli
