// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/cronsearch.h"

#include <algorithm>
#include <bit>
#include <chrono>

namespace stint {

namespace {

using namespace std::chrono;

constexpr std::int64_t secondsPerDay = 86'400;
constexpr int monthsOfCalendar = 4'800; // 400 years are whole weeks: then every date has its weekday again
constexpr std::int64_t earliest = seconds(sys_days(year{1} / 1 / 1).time_since_epoch()).count();
constexpr std::int64_t latest = seconds(sys_days(year{10'000} / 1 / 1).time_since_epoch()).count() - 1;

constexpr std::uint64_t bit(unsigned number)
{
    return std::uint64_t{1} << number;
}

/// The lowest value of the set that is no lower than `least`; -1 if there is none. So far the other way.
constexpr int lowestFrom(std::uint64_t set, std::int64_t least)
{
    const std::uint64_t rest = least > 63 ? 0 : set >> least << least;
    return rest == 0 ? -1 : std::countr_zero(rest);
}

constexpr int highestTo(std::uint64_t set, std::int64_t most)
{
    const std::uint64_t rest = most < 0 ? 0 : set << (63 - most) >> (63 - most);
    return rest == 0 ? -1 : 63 - std::countl_zero(rest);
}

constexpr std::int64_t timeOfDay(int hour, int minute, int second)
{
    return (std::int64_t{hour} * 60 + minute) * 60 + second;
}

/// A month of the calendar as the search walks through it.
struct Month {
    int year;
    unsigned number;
    unsigned length;
    unsigned firstWeekday;

    explicit Month(year_month_day date)
        : year(static_cast<int>(date.year()))
        , number(static_cast<unsigned>(date.month()))
        , length(lengthOf())
        , firstWeekday(weekday(sys_days(date.year() / date.month() / 1)).c_encoding())
    {
    }
    [[nodiscard]] unsigned lengthOf() const
    {
        return static_cast<unsigned>(year_month_day_last(std::chrono::year{year}, month_day_last{month{number}}).day());
    }
    void goForward()
    {
        firstWeekday = (firstWeekday + length) % 7;
        year += number == 12 ? 1 : 0;
        number = number == 12 ? 1 : number + 1;
        length = lengthOf();
    }
    void goBack()
    {
        year -= number == 1 ? 1 : 0;
        number = number == 1 ? 12 : number - 1;
        length = lengthOf();
        firstWeekday = (firstWeekday + 35 - length) % 7;
    }
    [[nodiscard]] std::int64_t dayAt(int day) const
    {
        return sys_days(std::chrono::year{year} / month{number} / day).time_since_epoch().count() * secondsPerDay;
    }
};

} // namespace

std::optional<std::int64_t> CronSearch::atOrAfter(std::int64_t from) const
{
    if (from > latest)
        return std::nullopt;
    from = std::max(from, earliest);
    const sys_days today = floor<days>(sys_seconds(seconds(from)));
    const year_month_day date(today);
    Month month(date);
    auto candidates = (m_fields.months & bit(month.number)) != 0 ? daysOf(month.length, month.firstWeekday) : 0;
    auto firstDay = static_cast<unsigned>(date.day());
    if ((candidates & bit(firstDay)) != 0) {
        const std::int64_t midnight = today.time_since_epoch().count() * secondsPerDay;
        if (const auto time = timeAtOrAfter(from - midnight))
            return midnight + *time;
    }
    candidates &= ~std::uint64_t{0} << (firstDay + 1);
    for (int examined = 1; candidates == 0; ++examined) {
        month.goForward();
        if (examined == monthsOfCalendar || month.year > 9'999)
            return std::nullopt;
        if ((m_fields.months & bit(month.number)) != 0)
            candidates = daysOf(month.length, month.firstWeekday);
    }
    return month.dayAt(std::countr_zero(candidates)) + *timeAtOrAfter(0);
}

std::optional<std::int64_t> CronSearch::atOrBefore(std::int64_t from) const
{
    if (from < earliest)
        return std::nullopt;
    from = std::min(from, latest);
    const sys_days today = floor<days>(sys_seconds(seconds(from)));
    const year_month_day date(today);
    Month month(date);
    auto candidates = (m_fields.months & bit(month.number)) != 0 ? daysOf(month.length, month.firstWeekday) : 0;
    const auto lastDay = static_cast<unsigned>(date.day());
    if ((candidates & bit(lastDay)) != 0) {
        const std::int64_t midnight = today.time_since_epoch().count() * secondsPerDay;
        if (const auto time = timeAtOrBefore(from - midnight))
            return midnight + *time;
    }
    candidates &= bit(lastDay) - 1;
    for (int examined = 1; candidates == 0; ++examined) {
        month.goBack();
        if (examined == monthsOfCalendar || month.year < 1)
            return std::nullopt;
        if ((m_fields.months & bit(month.number)) != 0)
            candidates = daysOf(month.length, month.firstWeekday);
    }
    return month.dayAt(63 - std::countl_zero(candidates)) + *timeAtOrBefore(secondsPerDay - 1);
}

std::uint64_t CronSearch::daysOf(unsigned length, unsigned firstWeekday) const
{
    constexpr std::uint64_t everyWeek = bit(0) | bit(7) | bit(14) | bit(21) | bit(28);
    constexpr unsigned saturday = 6;
    const std::uint64_t month = bit(length + 1) - 2;

    // The weekdays turned so that the first day's comes first, then laid over every week of the month.
    const std::uint64_t turned = (std::uint64_t{m_fields.weekdays} << 7 | m_fields.weekdays) >> firstWeekday & 0x7f;
    std::uint64_t weekdays = turned * everyWeek << 1;
    if (m_fields.week == CronFields::lastWeek)
        weekdays &= ~std::uint64_t{0} << (length - 6);
    else if (m_fields.week != CronFields::everyWeek)
        weekdays &= std::uint64_t{0xfe} << 7 * (m_fields.week - 1);

    std::uint64_t days = m_fields.days;
    if (m_fields.daysBeforeLast) {
        const int day = static_cast<int>(length) - *m_fields.daysBeforeLast;
        days = day >= 1 ? bit(static_cast<unsigned>(day)) : 0;
    }
    days &= month;
    if (m_fields.nearestWeekday && days != 0) {
        const auto day = static_cast<unsigned>(std::countr_zero(days));
        const unsigned weekday = (firstWeekday + day - 1) % 7;
        if (weekday == saturday)
            days = day == 1 ? days << 2 : days >> 1;
        else if (weekday == 0)
            days = day == length ? days >> 2 : days << 1;
    }
    return days & weekdays & month;
}

std::optional<std::int64_t> CronSearch::timeAtOrAfter(std::int64_t secondOfDay) const
{
    const auto hour = secondOfDay / 3600;
    const auto minute = secondOfDay / 60 % 60;
    const int firstSecond = std::countr_zero(m_fields.seconds);
    if (lowestFrom(m_fields.hours, hour) == hour) {
        if (lowestFrom(m_fields.minutes, minute) == minute) {
            if (const int second = lowestFrom(m_fields.seconds, secondOfDay % 60); second >= 0)
                return timeOfDay(static_cast<int>(hour), static_cast<int>(minute), second);
        }
        if (const int later = lowestFrom(m_fields.minutes, minute + 1); later >= 0)
            return timeOfDay(static_cast<int>(hour), later, firstSecond);
    }
    if (const int later = lowestFrom(m_fields.hours, hour + 1); later >= 0)
        return timeOfDay(later, std::countr_zero(m_fields.minutes), firstSecond);
    return std::nullopt;
}

std::optional<std::int64_t> CronSearch::timeAtOrBefore(std::int64_t secondOfDay) const
{
    const auto hour = secondOfDay / 3600;
    const auto minute = secondOfDay / 60 % 60;
    const int lastSecond = highestTo(m_fields.seconds, 63);
    if (highestTo(m_fields.hours, hour) == hour) {
        if (highestTo(m_fields.minutes, minute) == minute) {
            if (const int second = highestTo(m_fields.seconds, secondOfDay % 60); second >= 0)
                return timeOfDay(static_cast<int>(hour), static_cast<int>(minute), second);
        }
        if (const int earlier = highestTo(m_fields.minutes, minute - 1); earlier >= 0)
            return timeOfDay(static_cast<int>(hour), earlier, lastSecond);
    }
    if (const int earlier = highestTo(m_fields.hours, hour - 1); earlier >= 0)
        return timeOfDay(earlier, highestTo(m_fields.minutes, 63), lastSecond);
    return std::nullopt;
}

} // namespace stint
