// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/cronexpression.h"

#include <QString>

namespace stint {

/// What an expression means, in English: `At 09:30 on weekdays`, `Every 15 minutes`, `At 00:00 on the last Friday of
/// the month`. Equal expressions have equal descriptions, however they are written. Any thread.
[[nodiscard]] QString describe(const CronExpression &expression);

} // namespace stint
