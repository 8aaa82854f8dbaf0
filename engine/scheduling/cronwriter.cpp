// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/cronwriter.h"

#include "engine/scheduling/cronfield.h"
#include "engine/scheduling/valueset.h"

#include <QStringList>

#include <algorithm>
#include <bit>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

enum class Style : std::uint8_t { Fixed, Compact };

/// Single values, and where the style allows it runs of three and more as ranges.
QString toList(std::uint64_t set, Style style)
{
    QStringList items;
    while (set != 0) {
        const int low = std::countr_zero(set);
        const int run = std::countr_one(set >> low);
        const int length = style == Style::Compact && run > 2 ? run : 1;
        items.append(length == 1 ? QString::number(low) : u"%1-%2"_s.arg(low).arg(low + length - 1));
        set = low + length > 63 ? 0 : set >> (low + length) << (low + length);
    }
    return items.join(u',');
}

/// `*/n` or `a/n` if the set is every n-th value up to the field's end; else nothing.
QString toStep(const CronField &field, std::uint64_t set)
{
    const auto step = ValueSet(set, field.first, field.last).step();
    if (!step || field.kind == CronField::DaysOfWeek)
        return {};
    return (step->from == field.first ? u"*"_s : QString::number(step->from)) + u'/' + QString::number(step->step);
}

QString toText(const CronField &field, std::uint64_t set, Style style)
{
    if (style == Style::Fixed)
        return toList(set, style);
    if (set == field.all())
        return u"*"_s;
    const QString step = toStep(field, set);
    return step.isEmpty() ? toList(set, style) : step;
}

QString daysToText(const CronFields &fields)
{
    QString text;
    if (fields.daysBeforeLast) {
        text = u"L"_s;
        if (*fields.daysBeforeLast > 0)
            text += u'-' + QString::number(*fields.daysBeforeLast);
    } else {
        text = toText(CronField::of(CronField::DaysOfMonth), fields.days, Style::Compact);
    }
    return fields.nearestWeekday ? text + u'W' : text;
}

QString weekdaysToText(const CronFields &fields)
{
    const QString text = toText(CronField::of(CronField::DaysOfWeek), fields.weekdays, Style::Compact);
    if (fields.week == CronFields::lastWeek)
        return text + u'L';
    return fields.week == CronFields::everyWeek ? text : u"%1#%2"_s.arg(text).arg(fields.week);
}

} // namespace

QString toCronText(const CronFields &fields)
{
    const Style style = fields.interval ? Style::Compact : Style::Fixed;
    QStringList times;
    if (fields.seconds != 1)
        times.append(toText(CronField::of(CronField::Seconds), fields.seconds, style));
    times.append(toText(CronField::of(CronField::Minutes), fields.minutes, style));
    times.append(toText(CronField::of(CronField::Hours), fields.hours, style));
    const QString written = times.join(u' ');
    const bool readsAsInterval
        = std::any_of(written.begin(), written.end(), [](QChar sign) { return sign == u'*' || sign == u'-' || sign == u'/'; });
    if (fields.interval && !readsAsInterval) { // what made it one was a range of a single value
        const QString hour = QString::number(std::countr_zero(fields.hours));
        times.last().replace(0, hour.size(), hour + u'-' + hour);
    }
    return (times << daysToText(fields) << toText(CronField::of(CronField::Months), fields.months, Style::Compact)
                  << weekdaysToText(fields))
        .join(u' ');
}

} // namespace stint
