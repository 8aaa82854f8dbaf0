// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/retrypolicy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stint {

namespace {
struct DelayUnit {
    QLatin1StringView suffix;
    std::chrono::milliseconds length;
};
/// Longest first: toDurationText takes the first that divides.
constexpr std::array<DelayUnit, 5> delayUnits{{{"d"_L1, 24h}, {"h"_L1, 1h}, {"m"_L1, 1min}, {"s"_L1, 1s}, {"ms"_L1, 1ms}}};
} // namespace

std::chrono::milliseconds RetryPolicy::delayAfter(int attempt, double random) const
{
    switch (backoff) {
    case Backoff::None: return 0ms;
    case Backoff::Fixed: return delay;
    case Backoff::Exponential: break;
    }
    // In floating point a high attempt saturates instead of overflowing.
    const double grown = std::ldexp(static_cast<double>(delay.count()), std::max(attempt, 1) - 1);
    const double longest = std::min(grown, static_cast<double>(limit.count()));
    return std::chrono::milliseconds(std::llround(longest * (0.5 + std::clamp(random, 0.0, 1.0) / 2)));
}

QString RetryPolicy::toText() const
{
    switch (backoff) {
    case Backoff::None: break;
    case Backoff::Fixed: return u"fixed:"_s + toDurationText(delay);
    case Backoff::Exponential: return u"exponential:"_s + toDurationText(delay) + u".."_s + toDurationText(limit);
    }
    return u"none"_s;
}

std::optional<RetryPolicy> RetryPolicy::parse(QStringView text)
{
    const qsizetype colon = text.indexOf(u':');
    const QStringView kind = colon < 0 ? text : text.first(colon);
    const QStringView values = colon < 0 ? QStringView() : text.sliced(colon + 1);

    if (kind == u"none" && colon < 0)
        return RetryPolicy{.backoff = Backoff::None};
    if (kind == u"fixed") {
        const auto delay = parseDuration(values);
        if (!delay)
            return std::nullopt;
        return RetryPolicy{.backoff = Backoff::Fixed, .delay = *delay};
    }
    if (kind == u"exponential" && colon < 0)
        return RetryPolicy{};
    if (kind == u"exponential") {
        const qsizetype dots = values.indexOf(u".."_s);
        if (dots < 0)
            return std::nullopt;
        const auto delay = parseDuration(values.first(dots));
        const auto limit = parseDuration(values.sliced(dots + 2));
        if (!delay || !limit || *limit < *delay)
            return std::nullopt;
        return RetryPolicy{.backoff = Backoff::Exponential, .delay = *delay, .limit = *limit};
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> parseDuration(QStringView text)
{
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    const auto digits = std::find_if_not(text.begin(), text.end(), isDigit) - text.begin();
    bool ok = false;
    const std::int64_t number = text.first(digits).toLongLong(&ok);
    if (!ok)
        return std::nullopt;

    const QStringView suffix = digits == text.size() ? QStringView(u"s") : text.sliced(digits);
    const auto unit = std::find_if(delayUnits.begin(), delayUnits.end(), [&](const DelayUnit &u) { return suffix == u.suffix; });
    if (unit == delayUnits.end() || number > std::numeric_limits<std::int64_t>::max() / unit->length.count())
        return std::nullopt;
    return number * unit->length;
}

QString toDurationText(std::chrono::milliseconds duration)
{
    if (duration == 0ms)
        return u"0s"_s;
    const auto unit = std::find_if(delayUnits.begin(), delayUnits.end(), [&](const DelayUnit &u) { return duration % u.length == 0ms; });
    return QString::number(duration / unit->length) + unit->suffix;
}

} // namespace stint
