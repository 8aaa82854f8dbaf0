// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/timewords.h"

#include "engine/scheduling/valueset.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr int mostTimes = 6; // that are named one by one
constexpr std::uint64_t zeroOnly = 1;

QString number(int value)
{
    return QString::number(value);
}

QString clock(int hour, int minute)
{
    return u"%1:%2"_s.arg(hour, 2, 10, QChar(u'0')).arg(minute, 2, 10, QChar(u'0'));
}

QString counted(int count, QLatin1StringView unit)
{
    return u"%1 %2%3"_s.arg(number(count), unit, count == 1 ? QString() : u"s"_s);
}

/// Seconds of a minute or minutes of an hour: `every 15 minutes`, `at 5 and 40 minutes past the hour`.
QString unitWords(const ValueSet &set, QLatin1StringView unit, QLatin1StringView whole)
{
    if (set.isFull())
        return u"every "_s + unit;
    if (const auto step = set.step()) {
        const QString every = u"every "_s + counted(step->step, unit);
        if (step->from == 0)
            return step->even ? every : every + u" from the start of the "_s + whole;
        return every + u" from "_s + counted(step->from, unit) + u" past the "_s + whole;
    }
    if (const auto run = set.run(); run && set.count() > 2)
        return u"every %1 from %2 to %3 past the %4"_s.arg(unit, number(run->from), counted(run->to, unit), whole);
    if (set.count() == 1)
        return u"at %1 past the %2"_s.arg(counted(set.lowest(), unit), whole);
    return u"at %1 %2s past the %3"_s.arg(set.list(number), unit, whole);
}

/// Where the seconds come first: `in the minutes 5 and 10`.
QString withinWords(const ValueSet &set, QLatin1StringView unit)
{
    if (set.count() == 1)
        return u"in the %1 %2"_s.arg(unit, number(set.lowest()));
    if (const auto run = set.run(); run && set.count() > 2)
        return u"in the %1s %2 to %3"_s.arg(unit, number(run->from), number(run->to));
    return u"in the %1s %2"_s.arg(unit, set.list(number));
}

TimeWords namedTimes(const CronFields &fields)
{
    QStringList times;
    for (const int hour : ValueSet(fields.hours, 0, 23).values()) {
        for (const int minute : ValueSet(fields.minutes, 0, 59).values()) {
            for (const int second : ValueSet(fields.seconds, 0, 59).values()) {
                const QString time = clock(hour, minute);
                times.append(fields.seconds == zeroOnly ? time : u"%1:%2"_s.arg(time).arg(second, 2, 10, QChar(u'0')));
            }
        }
    }
    const QString last = times.takeLast();
    return {.text = u"at "_s + (times.isEmpty() ? last : times.join(u", "_s) + u" and "_s + last), .namesTimes = true};
}

/// One minute of hours that are a run or have even steps.
TimeWords hourly(const ValueSet &hours, int minute)
{
    if (const auto step = hours.step()) {
        const QString every = u"every %1 hours"_s.arg(step->step);
        if (step->even && step->from == 0 && minute == 0)
            return {.text = every, .namesTimes = false};
        return {.text = every + u" from "_s + clock(step->from, minute), .namesTimes = true};
    }
    const auto run = hours.run();
    return {.text = u"every hour from %1 to %2"_s.arg(clock(run->from, minute), clock(run->to, minute)), .namesTimes = true};
}

} // namespace

TimeWords timeWords(const CronFields &fields)
{
    const ValueSet seconds(fields.seconds, 0, 59);
    const ValueSet minutes(fields.minutes, 0, 59);
    const ValueSet hours(fields.hours, 0, 23);
    const bool wholeMinutes = fields.seconds == zeroOnly;

    if (wholeMinutes && minutes.count() == 1) {
        if (hours.isFull())
            return {.text = fields.minutes == zeroOnly ? u"every hour"_s : unitWords(minutes, "minute"_L1, "hour"_L1), .namesTimes = false};
        return hours.count() > 2 && (hours.run() || hours.step()) ? hourly(hours, minutes.lowest()) : namedTimes(fields);
    }
    if (seconds.count() * minutes.count() * hours.count() <= mostTimes)
        return namedTimes(fields);

    TimeWords words{.text = wholeMinutes ? unitWords(minutes, "minute"_L1, "hour"_L1) : unitWords(seconds, "second"_L1, "minute"_L1),
                    .namesTimes = false};
    if (!wholeMinutes && !minutes.isFull())
        words.text += u", "_s + withinWords(minutes, "minute"_L1);
    if (hours.isFull())
        return words;

    const auto run = hours.run();
    if (!run) {
        words.text += u", "_s + withinWords(hours, "hour"_L1);
        return words;
    }
    const auto step = minutes.step();
    if (wholeMinutes && (minutes.isFull() || (step && step->even))) {
        const int first = minutes.lowest();
        words.text = u"every "_s + (step ? counted(step->step, "minute"_L1) : u"minute"_s) + u" from "_s + clock(run->from, first)
            + u" to "_s + clock(run->to, minutes.values().back());
    } else {
        words.text += u", between %1 and %2"_s.arg(clock(run->from, 0), clock(run->to, 59));
    }
    return words;
}

} // namespace stint
