// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/cronfields.h"

#include <QString>

namespace stint {

/// The text of normal form from which CronParser reads these fields again. Any thread.
[[nodiscard]] QString toCronText(const CronFields &fields);

} // namespace stint
