// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/daywords.h"

#include "engine/scheduling/valueset.h"

#include <array>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr std::array weekdayNames{"Sunday"_L1, "Monday"_L1, "Tuesday"_L1, "Wednesday"_L1, "Thursday"_L1, "Friday"_L1, "Saturday"_L1};
constexpr std::array monthNames{"January"_L1, "February"_L1, "March"_L1,     "April"_L1,   "May"_L1,      "June"_L1,
                                "July"_L1,    "August"_L1,   "September"_L1, "October"_L1, "November"_L1, "December"_L1};
constexpr std::array weekNames{"first"_L1, "second"_L1, "third"_L1, "fourth"_L1, "fifth"_L1};
constexpr std::uint32_t mondayToFriday = 0b011'1110;
constexpr std::uint32_t weekend = 0b100'0001;
constexpr std::uint32_t everyDay = 0b111'1111;

QString weekdayName(int weekday)
{
    return weekdayNames[static_cast<std::size_t>(weekday)];
}

QString monthName(int month)
{
    return monthNames[static_cast<std::size_t>(month - 1)];
}

QString ordinal(int number)
{
    const bool teen = number / 10 == 1;
    const int digit = teen ? 0 : number % 10;
    return QString::number(number) + (digit == 1 ? "st"_L1 : digit == 2 ? "nd"_L1 : digit == 3 ? "rd"_L1 : "th"_L1);
}

/// Of a few months their names; empty for all.
QString monthsWords(const ValueSet &months)
{
    if (months.isFull())
        return {};
    if (const auto run = months.run(); run && months.count() > 2)
        return monthName(run->from) + u" to "_s + monthName(run->to);
    return months.list(monthName);
}

/// What a day belongs to: `of the month`, `of June`.
QString ofMonths(const ValueSet &months)
{
    const QString names = monthsWords(months);
    if (names.isEmpty())
        return u" of the month"_s;
    return months.run() && months.count() > 2 ? u" of the month from "_s + names : u" of "_s + names;
}

QString inMonths(const ValueSet &months)
{
    const QString names = monthsWords(months);
    if (names.isEmpty())
        return {};
    return (months.run() && months.count() > 2 ? u" from "_s : u" in "_s) + names;
}

/// `on weekdays`, `on the last Friday`.
QString weekdaysWords(const CronFields &fields)
{
    const ValueSet weekdays(fields.weekdays, 0, 6);
    if (fields.week != CronFields::everyWeek) {
        const QString week
            = fields.week == CronFields::lastWeek ? u"last"_s : QString(weekNames[static_cast<std::size_t>(fields.week - 1)]);
        return u"on the %1 %2"_s.arg(week, weekdayName(weekdays.lowest()));
    }
    if (fields.weekdays == mondayToFriday)
        return u"on weekdays"_s;
    if (fields.weekdays == weekend)
        return u"at weekends"_s;
    if (const auto run = weekdays.run(); run && weekdays.count() > 2)
        return u"from %1 to %2"_s.arg(weekdayName(run->from), weekdayName(run->to));
    return u"on "_s + weekdays.list([](int weekday) { return weekdayName(weekday) + u's'; });
}

/// `on the 1st and 15th`, `on the weekday nearest to the 15th`; what they are of follows.
QString daysWords(const CronFields &fields)
{
    const ValueSet days(fields.days, 1, 31);
    if (fields.daysBeforeLast) {
        const int before = *fields.daysBeforeLast;
        if (fields.nearestWeekday && before == 0)
            return u"on the last weekday"_s;
        const QString day = before == 0
            ? u"the last day"_s
            : u"the %1-to-last day"_s.arg(before < 5 ? QString(weekNames[static_cast<std::size_t>(before)]) : ordinal(before + 1));
        return (fields.nearestWeekday ? u"on the weekday nearest to "_s : u"on "_s) + day;
    }
    if (fields.nearestWeekday)
        return days.lowest() == 1 ? u"on the first weekday"_s : u"on the weekday nearest to the "_s + ordinal(days.lowest());
    if (const auto step = days.step(); step && days.count() > 2)
        return u"every %1 days from the %2"_s.arg(QString::number(step->step), ordinal(step->from));
    if (const auto run = days.run(); run && days.count() > 2)
        return u"from the %1 to the %2"_s.arg(ordinal(run->from), ordinal(run->to));
    return u"on the "_s + days.list(ordinal);
}

} // namespace

QString dayWords(const CronFields &fields, bool explicitly)
{
    const ValueSet months(fields.months, 1, 12);
    const bool anyDay = ValueSet(fields.days, 1, 31).isFull() && !fields.daysBeforeLast;
    const bool anyWeekday = fields.weekdays == everyDay;
    if (anyDay && anyWeekday)
        return ((explicitly ? u"every day"_s : QString()) + inMonths(months)).trimmed();
    if (anyWeekday)
        return daysWords(fields) + ofMonths(months);
    if (anyDay)
        return weekdaysWords(fields) + (fields.week == CronFields::everyWeek ? inMonths(months) : ofMonths(months));
    return daysWords(fields) + ofMonths(months) + u", but only "_s + weekdaysWords(fields);
}

} // namespace stint
