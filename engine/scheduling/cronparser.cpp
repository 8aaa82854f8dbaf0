// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/cronparser.h"

#include "engine/scheduling/namehash.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

struct Macro {
    QLatin1StringView name;
    QStringView expression;
};
constexpr std::array<Macro, 9> macros{{
    {"EVERY_SECOND"_L1, u"* * * * * *"},
    {"EVERY_MINUTE"_L1, u"* * * * *"},
    {"HOURLY"_L1, u"0 * * * *"},
    {"DAILY"_L1, u"0 0 * * *"},
    {"MIDNIGHT"_L1, u"0 0 * * *"},
    {"WEEKLY"_L1, u"0 0 * * 0"},
    {"MONTHLY"_L1, u"0 0 1 * *"},
    {"YEARLY"_L1, u"0 0 1 1 *"},
    {"ANNUALLY"_L1, u"0 0 1 1 *"},
}};

constexpr int lastDayOfEveryMonth = 28;
constexpr int lastWeekday = 6;

constexpr bool isDigit(char16_t character)
{
    return character >= u'0' && character <= u'9';
}

/// Of ASCII only: the long s is no S.
constexpr bool isLetter(char16_t character, char16_t upper)
{
    return character == upper || character == upper + (u'a' - u'A');
}

QString shown(char16_t character)
{
    return character > u' ' && character < 0x7f ? u"'%1'"_s.arg(QChar(character))
                                                : u"U+%1"_s.arg(uint{character}, 4, 16, QChar(u'0')).toUpper();
}

} // namespace

Result<CronFields> CronParser::parse()
{
    skipBlanks();
    if (take(u'@'))
        return parseMacro();

    std::array<std::uint64_t, CronField::DaysOfWeek + 1> bits{1};
    const bool withSeconds = m_format == CronFormat::Seconds || (m_format == CronFormat::Auto && hasSixFields());
    for (std::size_t kind = withSeconds ? CronField::Seconds : CronField::Minutes; kind < bits.size(); ++kind) {
        const CronField &field = CronField::of(static_cast<CronField::Kind>(kind));
        if (!readField(field, bits[kind]) || !(kind == CronField::DaysOfWeek ? readEnd(field) : readBlanks(field)))
            return m_error;
    }
    m_fields.seconds = bits[CronField::Seconds];
    m_fields.minutes = bits[CronField::Minutes];
    m_fields.hours = static_cast<std::uint32_t>(bits[CronField::Hours]);
    m_fields.days = static_cast<std::uint32_t>(bits[CronField::DaysOfMonth]);
    m_fields.months = static_cast<std::uint32_t>(bits[CronField::Months]);
    m_fields.weekdays = static_cast<std::uint32_t>(bits[CronField::DaysOfWeek]);
    return m_fields;
}

Result<CronFields> CronParser::parseMacro()
{
    const qsizetype start = m_at;
    while (!atEnd() && !atBlank())
        ++m_at;
    const QStringView name = m_text.sliced(start, m_at - start);
    const auto macro = std::find_if(macros.begin(), macros.end(), [&](const Macro &known) {
        return std::equal(known.name.begin(), known.name.end(), name.begin(), name.end(), [](char upper, QChar given) {
            return QLatin1Char(upper) == given || (upper != '_' && isLetter(given.unicode(), QLatin1Char(upper).unicode()));
        });
    });
    skipBlanks();
    if (macro == macros.end())
        fail(nullptr, u"there is no macro of that name"_s, start - 1);
    else if (!atEnd())
        fail(nullptr, u"nothing may follow a macro"_s, m_at);
    else
        return CronParser(macro->expression, CronFormat::Auto, {}).parse();
    return m_error;
}

bool CronParser::hasSixFields() const
{
    int fields = 0;
    bool inField = false;
    for (const QChar character : m_text) {
        const bool blank = character == u' ' || character == u'\t';
        fields += !blank && !inField ? 1 : 0;
        inField = !blank;
    }
    return fields > 5;
}

bool CronParser::readField(const CronField &field, std::uint64_t &bits)
{
    bits = 0;
    if (take(u'*') || take(u'?')) {
        markInterval(field);
        int step = 1;
        if (take(u'/') && !readStep(field, step))
            return false;
        bits = step == 1 ? field.all() : field.range(field.first, field.last, step);
        return true;
    }
    if (field.kind == CronField::DaysOfMonth && takeLetter(u'L')) {
        bits = field.all();
        return readLastDay(field);
    }
    int value = 0;
    if (isLetter(current(), u'H')) {
        if (!readHash(field, bits))
            return false;
    } else if (!readValue(field, value)) {
        return false;
    } else if (field.kind == CronField::DaysOfMonth && takeLetter(u'W')) {
        m_fields.nearestWeekday = true;
        bits = field.range(value, value, 1);
        return true;
    } else if (field.kind == CronField::DaysOfWeek && takeLetter(u'L')) {
        m_fields.week = CronFields::lastWeek;
        bits = field.range(value, value, 1);
        return true;
    } else if (field.kind == CronField::DaysOfWeek && take(u'#')) {
        bits = field.range(value, value, 1);
        return readNumber(field, "a number"_L1, 1, 5, m_fields.week);
    } else if (!readRange(field, value, bits)) {
        return false;
    }
    while (take(u',')) {
        if (!readItem(field, bits))
            return false;
    }
    return true;
}

bool CronParser::readLastDay(const CronField &field)
{
    int before = 0;
    if (take(u'-') && !readNumber(field, "a number"_L1, 0, field.last - 1, before))
        return false;
    m_fields.daysBeforeLast = before;
    m_fields.nearestWeekday = takeLetter(u'W');
    return true;
}

bool CronParser::readItem(const CronField &field, std::uint64_t &bits)
{
    if (isLetter(current(), u'H'))
        return readHash(field, bits);
    int value = 0;
    return readValue(field, value) && readRange(field, value, bits);
}

bool CronParser::readRange(const CronField &field, int low, std::uint64_t &bits)
{
    int high = low;
    int step = 1;
    if (take(u'-')) {
        markInterval(field);
        if (!readValue(field, high) || (take(u'/') && !readStep(field, step)))
            return false;
    } else if (take(u'/')) {
        markInterval(field);
        high = field.last;
        if (!readStep(field, step))
            return false;
    }
    bits |= field.range(low, high, step);
    return true;
}

bool CronParser::readHash(const CronField &field, std::uint64_t &bits)
{
    const qsizetype start = m_at++;
    int low = field.first;
    int high = field.kind == CronField::DaysOfWeek ? lastWeekday : field.last;
    int highestStart = field.kind == CronField::DaysOfMonth ? lastDayOfEveryMonth : high;
    if (take(u'(')) {
        if (!readValue(field, low))
            return false;
        if (!take(u'-'))
            return failAtCharacter(&field);
        const qsizetype second = m_at;
        if (!readValue(field, high))
            return false;
        if (high < low)
            return fail(&field, u"the range of H may not wrap"_s, second);
        if (!take(u')'))
            return failAtCharacter(&field);
        highestStart = high;
    }
    int step = 0;
    if (take(u'/')) {
        markInterval(field);
        if (!readStep(field, step))
            return false;
        highestStart = std::min(highestStart, low + step - 1);
    }
    if (m_name.isEmpty())
        return fail(&field, u"H takes its value from the schedule's name, and there is none"_s, start);
    const auto starts = static_cast<std::uint64_t>(highestStart) - static_cast<std::uint64_t>(low) + 1;
    const int value = low + static_cast<int>(nameHash(m_name, field.kind) % starts);
    bits |= step == 0 ? field.range(value, value, 1) : field.range(value, high, step);
    return true;
}

bool CronParser::readValue(const CronField &field, int &value)
{
    if (!field.names.empty() && m_text.size() - m_at >= 3) {
        if (const auto named = field.valueOf(m_text.sliced(m_at, 3))) {
            value = *named;
            m_at += 3;
            return true;
        }
    }
    const QLatin1StringView what = field.names.empty() ? "a number"_L1 : "a name of three letters or a number"_L1;
    return readNumber(field, what, field.first, field.last, value);
}

bool CronParser::readStep(const CronField &field, int &step)
{
    return readNumber(field, "a step"_L1, 1, field.last, step);
}

bool CronParser::readNumber(const CronField &field, QLatin1StringView what, int lowest, int highest, int &number)
{
    const qsizetype start = m_at;
    number = 0;
    for (; isDigit(current()) && m_at - start < 3; ++m_at)
        number = number * 10 + (current() - u'0');
    const qsizetype digits = m_at - start;
    if (digits >= 1 && digits <= 2 && number >= lowest && number <= highest)
        return true;
    return fail(&field, u"%1 from %2 to %3 is expected"_s.arg(what).arg(lowest).arg(highest), start);
}

bool CronParser::readBlanks(const CronField &field)
{
    if (!atEnd() && !atBlank())
        return failAtCharacter(&field);
    skipBlanks();
    if (!atEnd())
        return true;
    const CronField &missing = CronField::of(static_cast<CronField::Kind>(field.kind + 1));
    return fail(&field, u"%1 is missing after it"_s.arg(missing.name), m_at);
}

bool CronParser::readEnd(const CronField &field)
{
    if (!atEnd() && !atBlank())
        return failAtCharacter(&field);
    skipBlanks();
    return atEnd() || fail(nullptr, u"there are more than %1 fields"_s.arg(m_format == CronFormat::Standard ? u"five"_s : u"six"_s), m_at);
}

bool CronParser::take(char16_t character)
{
    const bool found = !atEnd() && current() == character;
    m_at += found ? 1 : 0;
    return found;
}

bool CronParser::takeLetter(char16_t upper)
{
    const bool found = isLetter(current(), upper);
    m_at += found ? 1 : 0;
    return found;
}

void CronParser::skipBlanks()
{
    while (atBlank())
        ++m_at;
}

bool CronParser::fail(const CronField *field, const QString &what, qsizetype at)
{
    const QString message = u"%1, at position %2"_s.arg(what, QString::number(at + 1));
    m_error = {ErrorCode::InvalidArgument, field ? field->name + u": "_s + message : message};
    return false;
}

bool CronParser::failAtCharacter(const CronField *field)
{
    return fail(field, atEnd() ? u"the text ends too early"_s : u"unexpected character %1"_s.arg(shown(current())), m_at);
}

} // namespace stint
