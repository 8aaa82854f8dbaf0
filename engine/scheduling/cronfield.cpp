// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/cronfield.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr std::array shortMonths{"JAN"_L1, "FEB"_L1, "MAR"_L1, "APR"_L1, "MAY"_L1, "JUN"_L1,
                                 "JUL"_L1, "AUG"_L1, "SEP"_L1, "OCT"_L1, "NOV"_L1, "DEC"_L1};
constexpr std::array shortWeekdays{"SUN"_L1, "MON"_L1, "TUE"_L1, "WED"_L1, "THU"_L1, "FRI"_L1, "SAT"_L1};

constexpr std::array<CronField, 6> allFields{{
    {CronField::Seconds, "Seconds"_L1, 0, 59, {}},
    {CronField::Minutes, "Minutes"_L1, 0, 59, {}},
    {CronField::Hours, "Hours"_L1, 0, 23, {}},
    {CronField::DaysOfMonth, "Days of month"_L1, 1, 31, {}},
    {CronField::Months, "Months"_L1, 1, 12, shortMonths},
    {CronField::DaysOfWeek, "Days of week"_L1, 0, 7, shortWeekdays},
}};

constexpr int sunday = 7; // as well as 0

/// Not QChar::toUpper(): the long s and the Kelvin sign are no letters of a name.
constexpr char16_t toUpper(char16_t character)
{
    return character >= u'a' && character <= u'z' ? static_cast<char16_t>(character - u'a' + u'A') : character;
}

} // namespace

const CronField &CronField::of(Kind kind)
{
    return allFields[kind];
}

std::uint64_t CronField::all() const
{
    return range(first, kind == DaysOfWeek ? sunday - 1 : last, 1);
}

std::uint64_t CronField::range(int low, int high, int step) const
{
    if (kind == DaysOfWeek && low == sunday && high < low)
        low = 0;
    const int period = kind == DaysOfWeek ? sunday : last - first + 1;
    const int end = high < low ? high + period : high;
    std::uint64_t bits = 0;
    if (step == 1 && end == high) {
        bits = ~std::uint64_t{0} << low & ~std::uint64_t{0} >> (63 - high);
    } else {
        for (int value = low; value <= end; value += step)
            bits |= std::uint64_t{1} << (value <= last ? value : value - period);
    }
    if (kind == DaysOfWeek && (bits >> sunday & 1) != 0)
        bits = (bits | 1) & ~(std::uint64_t{1} << sunday);
    return bits;
}

std::optional<int> CronField::valueOf(QStringView threeLetters) const
{
    const auto found = std::find_if(names.begin(), names.end(), [&](QLatin1StringView known) {
        return std::equal(known.begin(), known.end(), threeLetters.begin(), threeLetters.end(),
                          [](char letter, QChar given) { return QLatin1Char(letter).unicode() == toUpper(given.unicode()); });
    });
    return found == names.end() ? std::nullopt : std::optional(first + static_cast<int>(found - names.begin()));
}

} // namespace stint
