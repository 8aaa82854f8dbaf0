// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QTimeZone>

#include <cstdint>
#include <limits>
#include <vector>

namespace stint {

/// The offsets of a zone from UTC and the moments at which they change, as a table: QTimeZone answers each question by
/// way of QDateTime, which takes the second of two equal local times in some zones. Only the offset counts, not whether
/// it is called daylight saving. Moments are seconds since 1970, local times the same as the zone's clock counts them.
/// Immutable; any thread.
class ZoneOffsets final
{
public:
    static constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();

    /// A stretch of time with one offset.
    struct Period {
        std::int64_t begin = -always; ///< -always: the first
        std::int64_t end = always;    ///< always: the last
        int offset = 0;
        int offsetBefore = 0; ///< of the period before; the same as offset if there is none
        int offsetAfter = 0;

        /// Where its clock ends, in local time.
        [[nodiscard]] std::int64_t localEnd() const { return end == always ? always : end + offset; }
    };

    /// The table of a valid zone, made at its first use and kept.
    [[nodiscard]] static const ZoneOffsets &of(const QTimeZone &zone);

    [[nodiscard]] Period at(std::int64_t moment) const;
    /// The first moment at which the clock shows `local`, or the end of the gap in which it lies.
    [[nodiscard]] std::int64_t firstMoment(std::int64_t local) const;
    /// The last such moment.
    [[nodiscard]] std::int64_t lastMoment(std::int64_t local) const;

private:
    explicit ZoneOffsets(const QTimeZone &zone);
    /// What must be taken from a time to find it in the table.
    [[nodiscard]] std::int64_t shiftOf(std::int64_t time) const;

    std::vector<Period> m_periods;
    bool m_repeats = false;
};

} // namespace stint
