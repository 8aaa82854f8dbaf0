// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/zoneoffsets.h"

#include <QDateTime>
#include <QMutex>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>

namespace stint {

namespace {

// A rule for all years to come is written out for 400 of them, after which the calendar repeats. No zone's file lists
// changes beyond 2100 one by one.
constexpr int ruleYear = 2100;
constexpr int repeatYear = ruleYear + 400;

constexpr std::int64_t secondsUntil(int year)
{
    return std::chrono::sys_seconds(std::chrono::sys_days(std::chrono::year{year} / 1 / 1)).time_since_epoch().count();
}
constexpr std::int64_t ruleBegin = secondsUntil(ruleYear);
constexpr std::int64_t repeatBegin = secondsUntil(repeatYear);
constexpr std::int64_t calendar = repeatBegin - ruleBegin;

QDateTime newYear(int year)
{
    return QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt::UTC);
}

QTimeZone::OffsetData changeAfter(const QTimeZone &zone, const QDateTime &moment)
{
    const auto found = zone.nextTransition(moment);
    // From the last change in a zone's file Qt 6.4 does not go on to the rule behind it; a second later it does.
    return found.atUtc.isValid() ? found : zone.nextTransition(moment.addSecs(1));
}

} // namespace

const ZoneOffsets &ZoneOffsets::of(const QTimeZone &zone)
{
    struct Recent {
        QByteArray id;
        const ZoneOffsets *offsets = nullptr;
    };
    thread_local Recent recent;
    const QByteArray id = zone.id();
    if (!recent.offsets || recent.id != id) {
        static QMutex mutex;
        static std::map<QByteArray, ZoneOffsets> tables;
        const QMutexLocker locker(&mutex);
        auto table = tables.find(id);
        if (table == tables.end())
            table = tables.emplace(id, ZoneOffsets(zone)).first;
        recent = {id, &table->second};
    }
    return *recent.offsets;
}

ZoneOffsets::ZoneOffsets(const QTimeZone &zone)
{
    const QDateTime end = newYear(repeatYear + 1);
    QDateTime moment = newYear(1);
    const int first = zone.offsetFromUtc(moment);
    m_periods.push_back({.offset = first, .offsetBefore = first, .offsetAfter = first});
    for (;;) {
        const auto change = changeAfter(zone, moment);
        if (!change.atUtc.isValid() || change.atUtc <= moment || change.atUtc >= end)
            break;
        moment = change.atUtc;
        Period &last = m_periods.back();
        if (change.offsetFromUtc == last.offset)
            continue;
        last.end = moment.toSecsSinceEpoch();
        last.offsetAfter = change.offsetFromUtc;
        m_periods.push_back(
            {.begin = last.end, .offset = change.offsetFromUtc, .offsetBefore = last.offset, .offsetAfter = change.offsetFromUtc});
    }
    m_repeats = m_periods.back().begin >= repeatBegin;
}

std::int64_t ZoneOffsets::shiftOf(std::int64_t time) const
{
    return m_repeats && time >= repeatBegin ? (time - ruleBegin) / calendar * calendar : 0;
}

ZoneOffsets::Period ZoneOffsets::at(std::int64_t moment) const
{
    const std::int64_t shift = shiftOf(moment);
    const auto after = std::upper_bound(m_periods.begin() + 1, m_periods.end(), moment - shift,
                                        [](std::int64_t wanted, const Period &period) { return wanted < period.begin; });
    Period found = *std::prev(after);
    if (shift != 0) {
        found.begin += shift;
        found.end += shift;
    }
    return found;
}

std::int64_t ZoneOffsets::firstMoment(std::int64_t local) const
{
    const std::int64_t shift = shiftOf(local);
    const auto found = std::partition_point(m_periods.begin(), m_periods.end(),
                                            [&](const Period &period) { return period.localEnd() <= local - shift; });
    return std::max(found->begin, local - shift - found->offset) + shift;
}

std::int64_t ZoneOffsets::lastMoment(std::int64_t local) const
{
    const std::int64_t shift = shiftOf(local);
    const auto after = std::partition_point(m_periods.begin() + 1, m_periods.end(),
                                            [&](const Period &period) { return period.begin + period.offset <= local - shift; });
    const auto found = std::prev(after);
    return std::min(found->end, local - shift - found->offset) + shift;
}

} // namespace stint
