// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/readconnection.h"

#include <map>
#include <mutex>
#include <optional>

namespace stint {

/// Between which ids the jobs of a month lie. Ids rise with CreatedDate but for what a clock that was set back, or
/// another machine's, has made; so the bounds are looked up once in the index of that date, and later in the summaries
/// that have come since: a page of a month then costs what it shows. Any thread. Throws SqliteError.
class MonthBounds final
{
public:
    struct Range {
        std::int64_t lowest = 0;
        std::int64_t highest = 0;
    };

    /// Nothing, if the month has no job. In a snapshot of jobs.db.
    [[nodiscard]] std::optional<Range> of(ReadConnection &file, YearMonth month);

private:
    struct Known {
        quint64 inode = 0;
        std::int64_t newest = 0; ///< the highest id that was looked at
        std::optional<Range> range;
    };

    std::mutex m_mutex;
    std::map<YearMonth, Known> m_known;
};

} // namespace stint
