// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jsonscanner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace stint::cli::jsonscanner {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Goes through one text from left to right.
class Scanner final
{
public:
    explicit Scanner(QByteArrayView text)
        : m_text(text)
    {
    }

    /// Reads one value with all that is in it. What is open is kept in a list: nesting costs no recursion.
    bool value()
    {
        QByteArray open;
        bool valueFollows = true;
        while (valueFollows || !open.isEmpty()) {
            skipSpace();
            if (valueFollows && take('{')) {
                open.append('{');
                skipSpace();
                if (peek() == '}')
                    valueFollows = false;
                else if (!key())
                    return false;
            } else if (valueFollows && take('[')) {
                open.append('[');
                skipSpace();
                valueFollows = peek() != ']';
            } else if (valueFollows) {
                if (!scalar())
                    return false;
                valueFollows = false;
            } else if (take(open.back() == '{' ? '}' : ']')) {
                open.chop(1);
            } else if (!take(',')) {
                return fault(open.back() == '{' ? u"a comma or } is expected"_s : u"a comma or ] is expected"_s);
            } else if (open.back() == '{' && !key()) {
                return false;
            } else {
                valueFollows = true;
            }
        }
        return true;
    }

    /// Reads `"name" :`.
    bool key()
    {
        skipSpace();
        if (!string())
            return false;
        skipSpace();
        return take(':') || fault(u"a colon is expected"_s);
    }

    bool string()
    {
        if (!take('"'))
            return fault(u"a string in quotes is expected"_s);
        while (!atEnd() && peek() != '"') {
            if (static_cast<unsigned char>(peek()) < 0x20)
                return fault(u"a control character must be escaped"_s);
            if (take('\\')) {
                if (!escape())
                    return false;
            } else {
                ++m_at;
            }
        }
        return take('"') || fault(u"the string has no end"_s);
    }

    void skipSpace()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++m_at;
    }

    bool take(char c)
    {
        if (atEnd() || peek() != c)
            return false;
        ++m_at;
        return true;
    }

    bool fault(const QString &what)
    {
        m_fault = u"%1, at position %2"_s.arg(what).arg(m_at + 1);
        return false;
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    [[nodiscard]] qsizetype position() const { return m_at; }
    [[nodiscard]] Error error() const { return {ErrorCode::InvalidArgument, m_fault}; }

private:
    bool scalar()
    {
        switch (peek()) {
        case '"': return string();
        case 't': return word("true");
        case 'f': return word("false");
        case 'n': return word("null");
        default: return number();
        }
    }

    bool escape()
    {
        if (!take('u'))
            return QByteArrayView("\"\\/bfnrt").contains(peek()) && take(peek()) ? true : fault(u"no such escape"_s);
        for (int digit = 0; digit < 4; ++digit) {
            if (!isHexDigit(peek()))
                return fault(u"four hex digits are expected"_s);
            ++m_at;
        }
        return true;
    }

    bool word(QByteArrayView text)
    {
        if (!m_text.sliced(m_at).startsWith(text))
            return fault(u"a value is expected"_s);
        m_at += text.size();
        return true;
    }

    bool digits()
    {
        const qsizetype first = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at > first || fault(u"a digit is expected"_s);
    }

    bool number()
    {
        if (!take('-') && !isDigit(peek()))
            return fault(atEnd() ? u"a value is missing"_s : u"a value is expected"_s);
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (peek() != 'e' && peek() != 'E')
            return true;
        ++m_at;
        if (!take('+'))
            take('-');
        return digits();
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    QString m_fault;
};

Result<void> checkEncoding(QByteArrayView text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(text);
    if (decoder.hasError())
        return Error{ErrorCode::InvalidArgument, u"the text is not valid UTF-8"_s};
    return {};
}

QString decoded(QByteArrayView quoted)
{
    return QJsonDocument::fromJson('[' + quoted.toByteArray() + ']').array().at(0).toString();
}

} // namespace

Result<void> check(QByteArrayView text)
{
    Scanner scanner(text);
    if (!scanner.value())
        return scanner.error();
    scanner.skipSpace();
    if (!scanner.atEnd()) {
        scanner.fault(u"nothing may follow the value"_s);
        return scanner.error();
    }
    return checkEncoding(text);
}

Result<QList<Member>> members(QByteArrayView text)
{
    if (auto valid = check(text); !valid)
        return valid.error();
    Scanner scanner(text);
    scanner.skipSpace();
    if (!scanner.take('{')) {
        scanner.fault(u"an object in braces is expected"_s);
        return scanner.error();
    }
    QList<Member> members;
    scanner.skipSpace();
    while (!scanner.take('}')) {
        scanner.take(',');
        scanner.skipSpace();
        const qsizetype name = scanner.position();
        scanner.string();
        const QByteArrayView quoted = text.sliced(name, scanner.position() - name);
        scanner.skipSpace();
        scanner.take(':');
        scanner.skipSpace();
        const qsizetype first = scanner.position();
        scanner.value();
        members.append({decoded(quoted), text.sliced(first, scanner.position() - first)});
        scanner.skipSpace();
    }
    return members;
}

} // namespace stint::cli::jsonscanner
