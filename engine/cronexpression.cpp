// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/cronexpression.h"

#include "engine/scheduling/cronoccurrences.h"
#include "engine/scheduling/cronparser.h"
#include "engine/scheduling/cronwriter.h"

namespace stint {

namespace {

using namespace std::chrono;

constexpr sys_seconds yearOne = sys_days(year{1} / 1 / 1);
constexpr sys_seconds yearTenThousand = sys_days(year{10'000} / 1 / 1);

std::optional<Timestamp> toMoment(std::optional<std::int64_t> found)
{
    if (!found)
        return std::nullopt;
    const sys_seconds moment(seconds{*found});
    return moment >= yearOne && moment < yearTenThousand ? std::optional<Timestamp>(moment) : std::nullopt;
}

} // namespace

Result<CronExpression> CronExpression::parse(QStringView text, CronFormat format, QStringView name)
{
    const auto fields = CronParser(text, format, name).parse();
    if (!fields)
        return fields.error();
    return CronExpression(*fields);
}

std::optional<Timestamp> CronExpression::next(Timestamp from, const QTimeZone &zone, bool inclusive) const
{
    if (!zone.isValid())
        return std::nullopt;
    const auto second = floor<seconds>(from);
    const CronOccurrences occurrences(m_fields, ZoneOffsets::of(zone));
    return toMoment(occurrences.next(second.time_since_epoch().count(), inclusive && second == from));
}

std::optional<Timestamp> CronExpression::previous(Timestamp from, const QTimeZone &zone, bool inclusive) const
{
    if (!zone.isValid())
        return std::nullopt;
    const auto second = floor<seconds>(from);
    const CronOccurrences occurrences(m_fields, ZoneOffsets::of(zone));
    return toMoment(occurrences.previous(second.time_since_epoch().count(), inclusive || second != from));
}

bool CronExpression::canOccur() const
{
    constexpr sys_seconds anyYear = sys_days(year{2000} / 1 / 1);
    return CronSearch(m_fields).atOrAfter(anyYear.time_since_epoch().count()).has_value();
}

QString CronExpression::toString() const
{
    return toCronText(m_fields);
}

} // namespace stint
