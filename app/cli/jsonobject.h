// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/timestamp.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <concepts>
#include <optional>

namespace stint::cli {

/// An object of the command's own answers, its members in the order in which they are added; what is absent is left
/// out.
class JsonObject final
{
public:
    JsonObject &add(QByteArrayView name, const QString &text);
    JsonObject &add(QByteArrayView name, const std::optional<Timestamp> &date);
    template <std::integral Value>
    JsonObject &add(QByteArrayView name, Value value)
    {
        if constexpr (std::same_as<Value, bool>)
            return addJson(name, value ? "true" : "false");
        else
            return addJson(name, QByteArray::number(qlonglong{value}));
    }
    JsonObject &add(QByteArrayView name, const std::optional<std::int64_t> &number) { return number ? add(name, *number) : *this; }
    JsonObject &addJson(QByteArrayView name, QByteArrayView json);

    [[nodiscard]] QByteArray toJson() const { return '{' + m_members.join(',') + '}'; }

private:
    QByteArrayList m_members;
};

/// An array of values, one a line.
[[nodiscard]] QByteArray toJsonArray(const QByteArrayList &values);

} // namespace stint::cli
