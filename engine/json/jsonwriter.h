// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <cstdint>

namespace stint {

/// UTF-8 as text, a leading byte order mark included, which QString::fromUtf8 would drop. Never null.
[[nodiscard]] QString textFromUtf8(QByteArrayView utf8);

/// The same bytes, or where they are not UTF-8 those of textFromUtf8().
[[nodiscard]] QByteArray validUtf8(const QByteArray &bytes);

/// Writes JSON without white space, in the escapes of ServiceStack: `\" \\ \n \r \t \f \b`, other control
/// characters as \u00XX, everything else as it is. It sets commas; that names and values alternate is the
/// caller's part. For one thread.
class JsonWriter final
{
public:
    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginList() { open('['); }
    void endList() { close(']'); }

    void name(QByteArrayView utf8);

    void text(QStringView value) { utf8(value.toUtf8()); }
    void utf8(QByteArrayView value);
    void number(std::int64_t value) { json(QByteArray::number(qlonglong{value})); }
    void number(std::uint64_t value) { json(QByteArray::number(qulonglong{value})); }
    /// The shortest text that reads back the same; null if it is not finite.
    void number(double value);
    void boolean(bool value) { json(value ? QByteArrayView("true") : QByteArrayView("false")); }
    void null() { json("null"); }
    /// A value that is JSON already.
    void json(QByteArrayView value);

    [[nodiscard]] const QByteArray &result() const { return m_out; }

private:
    void open(char bracket);
    void close(char bracket);
    void separate();
    void quote(QByteArrayView utf8);

    QByteArray m_out;
    bool m_afterValue = false;
};

} // namespace stint
