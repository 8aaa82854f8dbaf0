// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/scheduling/cronsearch.h"
#include "engine/scheduling/zoneoffsets.h"

namespace stint {

/// When the fields are due in a zone, its gaps and overlaps considered. Moments are whole seconds since 1970. Fields
/// and offsets must outlive it; any thread.
class CronOccurrences final
{
public:
    CronOccurrences(const CronFields &fields, const ZoneOffsets &offsets)
        : m_interval(fields.interval)
        , m_search(fields)
        , m_offsets(offsets)
    {
    }

    [[nodiscard]] std::optional<std::int64_t> next(std::int64_t from, bool inclusive) const;
    [[nodiscard]] std::optional<std::int64_t> previous(std::int64_t from, bool inclusive) const;

private:
    bool m_interval;
    CronSearch m_search;
    const ZoneOffsets &m_offsets;
};

} // namespace stint
