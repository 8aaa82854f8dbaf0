// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/jsv.h"

#include "engine/json/jsonwriter.h"

namespace stint::jsv {

namespace {

/// The end of the quoted token that begins at `at`.
std::optional<qsizetype> endOfQuoted(QByteArrayView text, qsizetype at)
{
    for (qsizetype i = at + 1; i < text.size(); ++i) {
        if (text[i] != '"')
            continue;
        if (i + 1 == text.size() || text[i + 1] != '"')
            return i + 1;
        ++i;
    }
    return std::nullopt;
}

/// The end of the `{…}` or `[…]` that begins at `at`: only its own kind of bracket counts, and not in quotes.
std::optional<qsizetype> endOfBracketed(QByteArrayView text, qsizetype at)
{
    const char opening = text[at];
    const char closing = opening == '{' ? '}' : ']';
    bool quoted = false;
    qsizetype depth = 0;
    for (qsizetype i = at; i < text.size(); ++i) {
        if (text[i] == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (text[i] == opening)
            ++depth;
        else if (text[i] == closing && --depth == 0)
            return i + 1;
    }
    return std::nullopt;
}

/// The end of the value that begins at `at`; a bare one goes up to a comma or `closing`.
std::optional<qsizetype> endOfValue(QByteArrayView text, qsizetype at, char closing)
{
    if (at == text.size())
        return std::nullopt;
    if (text[at] == '"')
        return endOfQuoted(text, at);
    if (text[at] == '{' || text[at] == '[')
        return endOfBracketed(text, at);
    while (at < text.size() && text[at] != ',' && text[at] != closing)
        ++at;
    return at;
}

std::optional<qsizetype> endOfKey(QByteArrayView text, qsizetype at)
{
    if (at < text.size() && text[at] == '"')
        return endOfQuoted(text, at);
    const qsizetype colon = text.indexOf(':', at);
    return colon < 0 ? std::nullopt : std::optional(colon);
}

bool isWrapped(QByteArrayView text, char opening, char closing)
{
    return text.size() >= 2 && text.front() == opening && text.back() == closing;
}

} // namespace

std::optional<std::vector<Member>> members(QByteArrayView object)
{
    if (!isWrapped(object, '{', '}'))
        return std::nullopt;
    std::vector<Member> members;
    if (object.size() == 2)
        return members;
    for (qsizetype at = 1;; ++at) {
        const auto keyEnd = endOfKey(object, at);
        if (!keyEnd || *keyEnd == object.size() || object[*keyEnd] != ':')
            return std::nullopt;
        const auto valueEnd = endOfValue(object, *keyEnd + 1, '}');
        if (!valueEnd || *valueEnd == object.size())
            return std::nullopt;
        members.push_back({object.sliced(at, *keyEnd - at), object.sliced(*keyEnd + 1, *valueEnd - *keyEnd - 1)});
        at = *valueEnd;
        if (object[at] == '}')
            return at + 1 == object.size() ? std::optional(std::move(members)) : std::nullopt;
        if (object[at] != ',')
            return std::nullopt;
    }
}

std::optional<std::vector<QByteArrayView>> items(QByteArrayView list)
{
    if (!isWrapped(list, '[', ']'))
        return std::nullopt;
    std::vector<QByteArrayView> items;
    if (list.size() == 2)
        return items;
    for (qsizetype at = 1;; ++at) {
        const auto end = endOfValue(list, at, ']');
        if (!end || *end == list.size())
            return std::nullopt;
        items.push_back(list.sliced(at, *end - at));
        at = *end;
        if (list[at] == ']')
            return at + 1 == list.size() ? std::optional(std::move(items)) : std::nullopt;
        if (list[at] != ',')
            return std::nullopt;
    }
}

QString text(QByteArrayView token)
{
    if (!isWrapped(token, '"', '"'))
        return textFromUtf8(token);
    QByteArray inner = token.sliced(1, token.size() - 2).toByteArray();
    return textFromUtf8(inner.replace("\"\"", "\""));
}

} // namespace stint::jsv
