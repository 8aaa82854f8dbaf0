// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/timestamp.h"

#include <algorithm>
#include <array>

namespace stint {

namespace {

using namespace std::chrono;

// The range of .NET's DateTime, and of four year digits.
constexpr Timestamp earliest{sys_days{year{1} / 1 / 1}.time_since_epoch()};
constexpr Timestamp latest{Timestamp{sys_days{year{10000} / 1 / 1}.time_since_epoch()} - Ticks{1}};
constexpr minutes longestOffset{14 * 60};
constexpr int ticksDigits = 7;
constexpr qsizetype longestText = 28; // yyyy-MM-ddTHH:mm:ss.fffffffZ

char *writeNumber(char *end, int digits, std::int64_t value)
{
    for (char *at = end + digits; at != end; value /= 10)
        *--at = static_cast<char>('0' + value % 10);
    return end + digits;
}

/// Writes the moment without a zone and returns the end.
char *write(char *out, Timestamp moment, char separator)
{
    moment = std::clamp(moment, earliest, latest);
    const auto day = floor<days>(moment);
    const year_month_day date{day};
    const hh_mm_ss time{moment - day};

    out = writeNumber(out, 4, static_cast<int>(date.year()));
    *out++ = '-';
    out = writeNumber(out, 2, static_cast<unsigned>(date.month()));
    *out++ = '-';
    out = writeNumber(out, 2, static_cast<unsigned>(date.day()));
    *out++ = separator;
    out = writeNumber(out, 2, time.hours().count());
    *out++ = ':';
    out = writeNumber(out, 2, time.minutes().count());
    *out++ = ':';
    out = writeNumber(out, 2, time.seconds().count());
    if (const auto fraction = time.subseconds().count(); fraction != 0) {
        *out++ = '.';
        out = writeNumber(out, ticksDigits, fraction);
        while (out[-1] == '0')
            --out;
    }
    return out;
}

/// Takes a text apart from its front.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text)
        : m_at(text.begin())
        , m_end(text.end())
    {
    }

    [[nodiscard]] bool atEnd() const { return m_at == m_end; }
    [[nodiscard]] bool take(char c)
    {
        const bool found = !atEnd() && *m_at == c;
        m_at += found ? 1 : 0;
        return found;
    }
    /// Exactly so many digits, no greater than `highest`.
    [[nodiscard]] std::optional<int> number(int digits, int highest)
    {
        int value = 0;
        for (int i = 0; i < digits; ++i) {
            if (!atDigit())
                return std::nullopt;
            value = value * 10 + (*m_at++ - '0');
        }
        return value <= highest ? std::optional(value) : std::nullopt;
    }
    /// One to nine digits of a second, as ticks: what is finer is cut off.
    [[nodiscard]] std::optional<Ticks> fraction()
    {
        std::int64_t value = 0;
        int digits = 0;
        for (; atDigit(); ++m_at, ++digits) {
            if (digits < ticksDigits)
                value = value * 10 + (*m_at - '0');
        }
        if (digits == 0 || digits > 9)
            return std::nullopt;
        for (; digits < ticksDigits; ++digits)
            value *= 10;
        return Ticks{value};
    }

private:
    [[nodiscard]] bool atDigit() const { return !atEnd() && *m_at >= '0' && *m_at <= '9'; }

    const char *m_at;
    const char *m_end;
};

std::optional<sys_days> readDate(Scanner &text)
{
    const auto y = text.number(4, 9999);
    if (!y || !text.take('-'))
        return std::nullopt;
    const auto m = text.number(2, 12);
    if (!m || !text.take('-'))
        return std::nullopt;
    const auto d = text.number(2, 31);
    if (!d)
        return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return *y > 0 && date.ok() ? std::optional(sys_days{date}) : std::nullopt;
}

std::optional<Ticks> readTime(Scanner &text)
{
    const auto h = text.number(2, 23);
    if (!h || !text.take(':'))
        return std::nullopt;
    const auto m = text.number(2, 59);
    if (!m)
        return std::nullopt;
    Ticks time = hours{*h} + minutes{*m};
    if (text.take(':')) {
        const auto s = text.number(2, 59);
        if (!s)
            return std::nullopt;
        time += seconds{*s};
        if (text.take('.')) {
            const auto fraction = text.fraction();
            if (!fraction)
                return std::nullopt;
            time += *fraction;
        }
    }
    return time;
}

/// `Z`, `+hh:mm`, `+hhmm`, `+hh`, or nothing, which is UTC.
std::optional<minutes> readOffset(Scanner &text)
{
    if (text.atEnd() || text.take('Z'))
        return minutes{0};
    const bool behind = text.take('-');
    if (!behind && !text.take('+'))
        return std::nullopt;
    const auto h = text.number(2, 23);
    if (!h)
        return std::nullopt;
    minutes offset = hours{*h};
    if (!text.atEnd()) {
        static_cast<void>(text.take(':'));
        const auto m = text.number(2, 59);
        if (!m)
            return std::nullopt;
        offset += minutes{*m};
    }
    if (offset > longestOffset)
        return std::nullopt;
    return behind ? -offset : offset;
}

} // namespace

QByteArray toStoreText(Timestamp moment)
{
    std::array<char, longestText> text;
    const char *const end = write(text.data(), moment, ' ');
    return QByteArray(text.data(), end - text.data());
}

QString toIsoText(Timestamp moment)
{
    return QString::fromLatin1(toIsoUtf8(moment));
}

QByteArray toIsoUtf8(Timestamp moment)
{
    std::array<char, longestText> text;
    char *end = write(text.data(), moment, 'T');
    *end++ = 'Z';
    return QByteArray(text.data(), end - text.data());
}

std::optional<Timestamp> parseTimestamp(QByteArrayView text)
{
    Scanner scanner(text);
    const auto date = readDate(scanner);
    if (!date)
        return std::nullopt;
    if (scanner.atEnd())
        return Timestamp{date->time_since_epoch()};
    if (!scanner.take(' ') && !scanner.take('T'))
        return std::nullopt;
    const auto time = readTime(scanner);
    if (!time)
        return std::nullopt;
    const auto offset = readOffset(scanner);
    if (!offset || !scanner.atEnd())
        return std::nullopt;
    const Timestamp moment = Timestamp{date->time_since_epoch()} + *time - *offset;
    return moment >= earliest && moment <= latest ? std::optional(moment) : std::nullopt;
}

Timestamp toTimestamp(const QDateTime &moment)
{
    const auto sinceEpoch = milliseconds{moment.toMSecsSinceEpoch()};
    return Timestamp{
        std::clamp(sinceEpoch, floor<milliseconds>(earliest).time_since_epoch(), floor<milliseconds>(latest).time_since_epoch())};
}

QDateTime toDateTime(Timestamp moment)
{
    return QDateTime::fromMSecsSinceEpoch(floor<milliseconds>(moment).time_since_epoch().count(), Qt::UTC);
}

YearMonth YearMonth::of(Timestamp moment)
{
    const year_month_day date{floor<days>(std::clamp(moment, earliest, latest))};
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month()))};
}

std::optional<YearMonth> YearMonth::parse(QStringView text)
{
    const QByteArray bytes = text.toLatin1();
    Scanner scanner(bytes);
    const auto y = scanner.number(4, 9999);
    if (!y || *y == 0 || !scanner.take('-'))
        return std::nullopt;
    const auto m = scanner.number(2, 12);
    if (!m || *m == 0 || !scanner.atEnd())
        return std::nullopt;
    return YearMonth{*y, *m};
}

QString YearMonth::toText() const
{
    std::array<char, 7> text;
    char *end = writeNumber(text.data(), 4, year);
    *end++ = '-';
    writeNumber(end, 2, month);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

Timestamp YearMonth::begin() const
{
    const year_month_day first{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}, day{1}};
    return Timestamp{sys_days{first}.time_since_epoch()};
}

} // namespace stint
