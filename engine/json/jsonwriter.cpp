// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/json/jsonwriter.h"

#include <QLocale>
#include <QStringDecoder>

#include <simdjson.h>

#include <algorithm>
#include <cmath>

namespace stint {

namespace {
bool isUtf8(QByteArrayView bytes)
{
    return simdjson::validate_utf8(bytes.data(), static_cast<std::size_t>(bytes.size()));
}
} // namespace

QString textFromUtf8(QByteArrayView utf8)
{
    if (utf8.isEmpty())
        return QStringLiteral("");
    return QStringDecoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom).decode(utf8);
}

QByteArray validUtf8(const QByteArray &bytes)
{
    return isUtf8(bytes) ? bytes : textFromUtf8(bytes).toUtf8();
}

void JsonWriter::name(QByteArrayView utf8)
{
    separate();
    quote(utf8);
    m_out += ':';
    m_afterValue = false;
}

void JsonWriter::utf8(QByteArrayView value)
{
    separate();
    if (isUtf8(value))
        quote(value);
    else
        quote(textFromUtf8(value).toUtf8());
}

void JsonWriter::number(double value)
{
    if (std::isfinite(value))
        json(QByteArray::number(value, 'g', QLocale::FloatingPointShortest));
    else
        null();
}

void JsonWriter::json(QByteArrayView value)
{
    separate();
    m_out += value;
}

void JsonWriter::open(char bracket)
{
    separate();
    m_out += bracket;
    m_afterValue = false;
}

void JsonWriter::close(char bracket)
{
    m_out += bracket;
    m_afterValue = true;
}

void JsonWriter::separate()
{
    if (m_afterValue)
        m_out += ',';
    m_afterValue = true;
}

void JsonWriter::quote(QByteArrayView utf8)
{
    m_out += '"';
    for (auto rest = utf8.begin(); rest != utf8.end();) {
        const auto special
            = std::find_if(rest, utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; });
        m_out.append(rest, special - rest);
        if (special == utf8.end())
            break;
        switch (*special) {
        case '"': m_out += "\\\""; break;
        case '\\': m_out += "\\\\"; break;
        case '\n': m_out += "\\n"; break;
        case '\r': m_out += "\\r"; break;
        case '\t': m_out += "\\t"; break;
        case '\f': m_out += "\\f"; break;
        case '\b': m_out += "\\b"; break;
        default:
            m_out += "\\u00";
            m_out += *special < 0x10 ? '0' : '1';
            m_out += "0123456789ABCDEF"[*special & 0xF];
        }
        rest = special + 1;
    }
    m_out += '"';
}

} // namespace stint
