// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobhost.h"

namespace stint {

/// What a host's signals say of a job that begins, and of how its attempt has ended.
[[nodiscard]] JobEvent startEvent(const Job &job);
[[nodiscard]] JobEvent endEvent(const Job &job, const AttemptEnd &end);

} // namespace stint
