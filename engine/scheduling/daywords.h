// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/cronfields.h"

#include <QString>

namespace stint {

/// The days in words: `on weekdays in June`. For every day nothing, or with `explicitly` so many words. Any thread.
[[nodiscard]] QString dayWords(const CronFields &fields, bool explicitly);

} // namespace stint
