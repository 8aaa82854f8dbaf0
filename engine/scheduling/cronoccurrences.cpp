// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/cronoccurrences.h"

#include <algorithm>

namespace stint {

std::optional<std::int64_t> CronOccurrences::next(std::int64_t from, bool inclusive) const
{
    const ZoneOffsets::Period period = m_offsets.at(from);
    std::int64_t local = from + period.offset + (inclusive ? 0 : 1);
    // A fixed time had its run in the first pass of an overlap.
    if (!m_interval && period.offsetBefore > period.offset)
        local = std::max(local, period.begin + period.offsetBefore);

    const auto found = m_search.atOrAfter(local);
    if (found && *found < period.localEnd())
        return *found - period.offset;
    if (m_interval && period.offsetAfter < period.offset) {
        const auto secondPass = m_search.atOrAfter(period.end + period.offsetAfter);
        if (secondPass && *secondPass < period.localEnd())
            return *secondPass - period.offsetAfter;
    }
    return found ? std::optional(m_offsets.firstMoment(*found)) : std::nullopt;
}

std::optional<std::int64_t> CronOccurrences::previous(std::int64_t from, bool inclusive) const
{
    std::int64_t moment = inclusive ? from : from - 1;
    // In the period of `from`, then in the one before, of which an overlap shows the end a second time. Before that no
    // pass is cut short any more.
    for (const bool last : {false, true}) {
        const ZoneOffsets::Period period = m_offsets.at(moment);
        const auto found = m_search.atOrBefore(moment + period.offset);
        if (!found)
            return std::nullopt;
        if (period.begin == -ZoneOffsets::always)
            return *found - period.offset;
        const std::int64_t begin = period.begin + period.offset;
        const std::int64_t endBefore = period.begin + period.offsetBefore;
        if (*found >= (m_interval ? begin : std::max(begin, endBefore)))
            return *found - period.offset;
        if (*found >= endBefore && *found < begin) // in the gap
            return period.begin;
        if (last)
            return m_interval ? m_offsets.lastMoment(*found) : m_offsets.firstMoment(*found);
        moment = period.begin - 1;
    }
    return std::nullopt;
}

} // namespace stint
