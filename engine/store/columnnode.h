// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jsv.h"
#include "engine/timestamp.h"

#include <simdjson.h>

#include <optional>

namespace stint {

/// A value in a column of JSON or JSV. The two notations look alike to whoever reads them: a node is an object, a list, a
/// text or null. Values are read by what the field is, so `1`, `"1"` and JSV's bare `1` are all the number 1, and the
/// text "1" too.
namespace columnnode {

class JsonNode
{
public:
    explicit JsonNode(simdjson::dom::element element)
        : m_element(element)
    {
    }

    /// Nothing for null.
    [[nodiscard]] std::optional<QString> text() const
    {
        if (m_element.is_null())
            return std::nullopt;
        std::string_view string;
        if (m_element.get(string) == simdjson::SUCCESS)
            return textFromUtf8(QByteArrayView(string.data(), static_cast<qsizetype>(string.size())));
        return QString::fromStdString(simdjson::minify(m_element));
    }

    template <typename Visitor>
    [[nodiscard]] bool forEachMember(Visitor &&visit) const
    {
        simdjson::dom::object object;
        if (m_element.get(object) != simdjson::SUCCESS)
            return false;
        for (const simdjson::dom::key_value_pair member : object) {
            const QByteArrayView key(member.key.data(), static_cast<qsizetype>(member.key.size()));
            visit(textFromUtf8(key), JsonNode(member.value));
        }
        return true;
    }

    template <typename Visitor>
    [[nodiscard]] bool forEachItem(Visitor &&visit) const
    {
        simdjson::dom::array array;
        if (m_element.get(array) != simdjson::SUCCESS)
            return false;
        for (const simdjson::dom::element item : array)
            visit(JsonNode(item));
        return true;
    }

private:
    simdjson::dom::element m_element;
};

class JsvNode
{
public:
    explicit JsvNode(QByteArrayView token)
        : m_token(token)
    {
    }

    [[nodiscard]] std::optional<QString> text() const { return m_token.isEmpty() ? std::nullopt : std::optional(jsv::text(m_token)); }

    template <typename Visitor>
    [[nodiscard]] bool forEachMember(Visitor &&visit) const
    {
        const auto members = jsv::members(m_token);
        if (!members)
            return false;
        for (const jsv::Member &member : *members)
            visit(jsv::text(member.key), JsvNode(member.value));
        return true;
    }

    template <typename Visitor>
    [[nodiscard]] bool forEachItem(Visitor &&visit) const
    {
        const auto items = jsv::items(m_token);
        if (!items)
            return false;
        for (const QByteArrayView item : *items)
            visit(JsvNode(item));
        return true;
    }

private:
    QByteArrayView m_token;
};

} // namespace columnnode

} // namespace stint
