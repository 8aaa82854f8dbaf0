// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/cronfields.h"

#include <cstdint>
#include <optional>

namespace stint {

/// Finds the times that match the fields, on a clock without changes of offset: seconds since 1970 as that clock counts
/// them. Goes by bit masks, a month at a time, and looks at no more than 4,800 months, after which the calendar
/// repeats. The fields must outlive it; any thread.
class CronSearch final
{
public:
    explicit CronSearch(const CronFields &fields)
        : m_fields(fields)
    {
    }

    /// The first match at or after `from`, in the years 1 to 9999.
    [[nodiscard]] std::optional<std::int64_t> atOrAfter(std::int64_t from) const;
    /// The last match at or before `from`, in those years.
    [[nodiscard]] std::optional<std::int64_t> atOrBefore(std::int64_t from) const;

private:
    /// The matching days of a month, bit 1 for the first; `firstWeekday` is that of its first day.
    [[nodiscard]] std::uint64_t daysOf(unsigned length, unsigned firstWeekday) const;
    [[nodiscard]] std::optional<std::int64_t> timeAtOrAfter(std::int64_t secondOfDay) const;
    [[nodiscard]] std::optional<std::int64_t> timeAtOrBefore(std::int64_t secondOfDay) const;

    const CronFields &m_fields;
};

} // namespace stint
