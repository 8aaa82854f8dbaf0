// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/json/jsonparser.h"

#include <algorithm>

namespace stint::jsoncodec {

namespace dom = simdjson::dom;

namespace {

bool fitsIn64Bits(QByteArrayView integer)
{
    bool ok = false;
    if (integer.startsWith('-'))
        static_cast<void>(integer.toLongLong(&ok));
    else
        static_cast<void>(integer.toULongLong(&ok));
    return ok;
}

/// Gives each integer beyond 64 bits an exponent, which makes it a double.
QByteArray withLongIntegersAsDoubles(const QByteArray &json)
{
    const auto isNumber = [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'; };
    const auto isFraction = [](char c) { return c == '.' || c == 'e' || c == 'E'; };
    QByteArray result;
    result.reserve(json.size() + 16);
    bool inString = false;
    for (auto at = json.begin(); at != json.end();) {
        const auto begin = at;
        if (!inString && isNumber(*at)) {
            at = std::find_if_not(at, json.end(), isNumber);
            result.append(begin, at - begin);
            if (std::none_of(begin, at, isFraction) && !fitsIn64Bits(QByteArrayView(begin, at)))
                result += "e0";
            continue;
        }
        if (*at == '"')
            inString = !inString;
        at += inString && *at == '\\' && at + 1 != json.end() ? 2 : 1;
        result.append(begin, at - begin);
    }
    return result;
}

} // namespace

simdjson::error_code parse(dom::parser &parser, const QByteArray &json, dom::element &root)
{
    const auto parsed
        = [&](const QByteArray &text) { return parser.parse(text.constData(), static_cast<std::size_t>(text.size())).get(root); };
    const simdjson::error_code code = parsed(json);
    if (code != simdjson::NUMBER_ERROR)
        return code;
    return parsed(withLongIntegersAsDoubles(json));
}

} // namespace stint::jsoncodec
