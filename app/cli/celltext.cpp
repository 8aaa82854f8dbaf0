// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/celltext.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stint::cli::celltext {

namespace {

/// `+01:00`; the seconds too, where local mean time had some.
QString offsetText(int seconds)
{
    const auto part = [](int number) { return u"%1"_s.arg(number, 2, 10, QChar(u'0')); };
    const int size = std::abs(seconds);
    const QString text = (seconds < 0 ? u'-' : u'+') + part(size / 3600) + u':' + part(size / 60 % 60);
    return size % 60 == 0 ? text : text + u':' + part(size % 60);
}

} // namespace

QString moment(std::optional<Timestamp> moment, Timestamp now)
{
    if (!moment)
        return {};
    const QDateTime local = toDateTime(*moment).toLocalTime();
    const bool isToday = local.date() == toDateTime(now).toLocalTime().date();
    return local.toString(isToday ? u"HH:mm:ss"_s : u"yyyy-MM-dd HH:mm"_s);
}

QString duration(std::chrono::milliseconds duration)
{
    const auto two = [](auto number) { return QString::number(number).rightJustified(2, u'0'); };
    if (duration < 1s)
        return u"%1ms"_s.arg(duration.count());
    if (duration < 1min)
        return u"%1.%2s"_s.arg(duration / 1s).arg(duration % 1s / 100ms);
    if (duration < 1h)
        return u"%1m %2s"_s.arg(duration / 1min).arg(two(duration % 1min / 1s));
    if (duration < 24h)
        return u"%1h %2m"_s.arg(duration / 1h).arg(two(duration % 1h / 1min));
    return u"%1d %2h"_s.arg(duration / 24h).arg(two(duration % 24h / 1h));
}

QString between(std::optional<Timestamp> from, std::optional<Timestamp> to)
{
    if (!from || !to || *to < *from)
        return {};
    return duration(std::chrono::duration_cast<std::chrono::milliseconds>(*to - *from));
}

QString isoMoment(Timestamp moment, const std::optional<QTimeZone> &zone)
{
    if (!zone)
        return toIsoText(moment);
    const int offset = zone->offsetFromUtc(toDateTime(moment));
    return toIsoText(moment + std::chrono::seconds(offset)).chopped(1) + offsetText(offset);
}

TextTable::Cell state(JobState state)
{
    const auto tint = [state] {
        switch (state) {
        case JobState::Queued: break;
        case JobState::Started:
        case JobState::Executed: return Tint::Busy;
        case JobState::Completed: return Tint::Good;
        case JobState::Failed: return Tint::Bad;
        case JobState::Cancelled: return Tint::Dim;
        }
        return Tint::None;
    };
    return {toText(state), tint()};
}

} // namespace stint::cli::celltext
