// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/cronexpression.h"
#include "engine/scheduling/cronfield.h"

namespace stint {

/// Reads one cron expression from left to right; the first fault ends it. Used once, by one thread.
class CronParser final
{
public:
    /// `name` is that of the schedule, for `H`. Both texts must outlive the parser.
    CronParser(QStringView text, CronFormat format, QStringView name)
        : m_text(text)
        , m_format(format)
        , m_name(name)
    {
    }

    [[nodiscard]] Result<CronFields> parse();

private:
    [[nodiscard]] Result<CronFields> parseMacro();
    [[nodiscard]] bool hasSixFields() const;

    // Each reads what it is named for, or tells the fault and returns false.
    [[nodiscard]] bool readField(const CronField &field, std::uint64_t &bits);
    [[nodiscard]] bool readLastDay(const CronField &field);
    [[nodiscard]] bool readItem(const CronField &field, std::uint64_t &bits);
    [[nodiscard]] bool readRange(const CronField &field, int low, std::uint64_t &bits);
    [[nodiscard]] bool readHash(const CronField &field, std::uint64_t &bits);
    [[nodiscard]] bool readValue(const CronField &field, int &value);
    [[nodiscard]] bool readStep(const CronField &field, int &step);
    [[nodiscard]] bool readNumber(const CronField &field, QLatin1StringView what, int lowest, int highest, int &number);
    [[nodiscard]] bool readBlanks(const CronField &field);
    [[nodiscard]] bool readEnd(const CronField &field);

    [[nodiscard]] char16_t current() const { return m_at < m_text.size() ? m_text[m_at].unicode() : u'\0'; }
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] bool atBlank() const { return current() == u' ' || current() == u'\t'; }
    [[nodiscard]] bool take(char16_t character);
    [[nodiscard]] bool takeLetter(char16_t upper);
    void skipBlanks();
    void markInterval(const CronField &field) { m_fields.interval = m_fields.interval || field.tellsTime(); }

    /// Keeps the error; false, for the caller to return.
    bool fail(const CronField *field, const QString &what, qsizetype at);
    bool failAtCharacter(const CronField *field);

    QStringView m_text;
    CronFormat m_format;
    QStringView m_name;
    qsizetype m_at = 0;
    CronFields m_fields;
    Error m_error;
};

} // namespace stint
