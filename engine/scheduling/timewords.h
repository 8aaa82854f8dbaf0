// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/cronfields.h"

#include <QString>

namespace stint {

/// The times of a day in words, the first letter small.
struct TimeWords {
    QString text;
    bool namesTimes; ///< single times, after which people expect to be told the days
};

/// Any thread.
[[nodiscard]] TimeWords timeWords(const CronFields &fields);

} // namespace stint
