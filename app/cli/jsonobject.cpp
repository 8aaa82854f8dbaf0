// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jsonobject.h"

#include "engine/jobjson.h"

namespace stint::cli {

JsonObject &JsonObject::add(QByteArrayView name, const QString &text)
{
    return text.isNull() ? *this : addJson(name, jobjson::quoted(text));
}

JsonObject &JsonObject::add(QByteArrayView name, const std::optional<Timestamp> &date)
{
    return date ? add(name, toIsoText(*date)) : *this;
}

JsonObject &JsonObject::addJson(QByteArrayView name, QByteArrayView json)
{
    QByteArray member = '"' + name.toByteArray() + "\":";
    m_members.append(member.append(json));
    return *this;
}

QByteArray toJsonArray(const QByteArrayList &values)
{
    return '[' + values.join(",\n") + ']';
}

} // namespace stint::cli
