// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstdint>
#include <optional>

namespace stint {

/// What the fields of a cron expression mean, whatever way they were written: each a set of bits, bit n for the value
/// n. A moment matches if every field has it: day of month AND day of week.
struct CronFields {
    static constexpr int everyWeek = 0;
    static constexpr int lastWeek = -1;

    std::uint64_t seconds = 1;  ///< 0 to 59; five fields mean second 0
    std::uint64_t minutes = 0;  ///< 0 to 59
    std::uint32_t hours = 0;    ///< 0 to 23
    std::uint32_t days = 0;     ///< 1 to 31; all where daysBeforeLast is set
    std::uint32_t months = 0;   ///< 1 to 12
    std::uint32_t weekdays = 0; ///< 0 to 6, Sunday first

    std::optional<int> daysBeforeLast; ///< `L`, `L-n`: the day so many before the month's last
    bool nearestWeekday = false;       ///< `W`: the day moved to the nearest of Monday to Friday in its month
    int week = everyWeek;              ///< `d#n`: only the n-th such day of the month; `dL`: lastWeek
    bool interval = false;             ///< second, minute or hour were written with `*`, `?`, `-` or `/`: runs in both passes of an overlap

    friend bool operator==(const CronFields &, const CronFields &) = default;
};

} // namespace stint
