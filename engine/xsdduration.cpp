// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/xsdduration.h"

#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr std::int64_t ticksPerSecond = Ticks::period::den;
constexpr int fractionDigits = 7;

struct Unit {
    char letter;
    bool afterT;
    std::int64_t ticks;
};
constexpr std::array<Unit, 4> units{{
    {'D', false, 86'400 * ticksPerSecond},
    {'H', true, 3'600 * ticksPerSecond},
    {'M', true, 60 * ticksPerSecond},
    {'S', true, ticksPerSecond},
}};

/// `-total -= number · scale`, unless that overflows: sums are kept negative, where there is one value more.
bool subtract(std::int64_t &total, std::int64_t number, std::int64_t scale)
{
    std::int64_t product = 0;
    return !__builtin_mul_overflow(number, scale, &product) && !__builtin_sub_overflow(total, product, &total);
}

} // namespace

QString toXsdDuration(Ticks duration)
{
    const bool negative = duration.count() < 0;
    const auto bits = static_cast<std::uint64_t>(duration.count());
    std::uint64_t rest = negative ? 0 - bits : bits;
    if (rest == 0)
        return u"PT0S"_s;

    QString text = negative ? u"-P"_s : u"P"_s;
    bool timePart = false;
    for (const Unit &unit : units) {
        const auto length = static_cast<std::uint64_t>(unit.ticks);
        const std::uint64_t whole = rest / length;
        rest %= length;
        const bool fraction = unit.letter == 'S' && rest != 0;
        if (whole == 0 && !fraction)
            continue;
        if (unit.afterT && !timePart) {
            text += u'T';
            timePart = true;
        }
        text += QString::number(whole);
        if (fraction) {
            QString digits = QString::number(rest).rightJustified(fractionDigits, u'0');
            while (digits.endsWith(u'0'))
                digits.chop(1);
            text += u'.' + digits;
        }
        text += QLatin1Char(unit.letter);
    }
    return text;
}

std::optional<Ticks> parseXsdDuration(QByteArrayView text)
{
    auto at = text.begin();
    const auto end = text.end();
    const auto take = [&](char c) {
        const bool found = at != end && *at == c;
        at += found ? 1 : 0;
        return found;
    };
    const auto atDigit = [&] { return at != end && *at >= '0' && *at <= '9'; };

    const bool negative = take('-');
    if (!take('P'))
        return std::nullopt;

    std::int64_t total = 0; // negative
    bool timePart = false;
    bool complete = false; // a number with its letter was the last thing read
    auto unit = units.begin();
    while (at != end) {
        if (!timePart && take('T')) {
            timePart = true;
            complete = false;
            continue;
        }
        if (!atDigit())
            return std::nullopt;
        std::int64_t number = 0;
        while (atDigit()) {
            if (__builtin_mul_overflow(number, std::int64_t{10}, &number)
                || __builtin_add_overflow(number, std::int64_t{*at++ - '0'}, &number))
                return std::nullopt;
        }
        std::int64_t fraction = 0;
        const bool hasFraction = take('.');
        if (hasFraction) {
            std::int64_t digitValue = ticksPerSecond;
            if (!atDigit())
                return std::nullopt;
            while (atDigit()) {
                digitValue /= 10;
                if (digitValue == 0)
                    return std::nullopt;
                fraction += (*at++ - '0') * digitValue;
            }
        }
        while (unit != units.end() && (at == end || unit->letter != *at || unit->afterT != timePart))
            ++unit;
        if (unit == units.end() || (hasFraction && unit->letter != 'S'))
            return std::nullopt;
        if (!subtract(total, number, unit->ticks) || !subtract(total, fraction, 1))
            return std::nullopt;
        ++at;
        ++unit;
        complete = true;
    }
    if (!complete || (!negative && total == std::numeric_limits<std::int64_t>::min()))
        return std::nullopt;
    return Ticks{negative ? total : -total};
}

} // namespace stint
