// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstats.h"
#include "engine/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMetaObject>
#include <QString>

#include <type_traits>

namespace stint {

/// Turns Q_GADGET values to and from JSON by their properties: camelCase names as declared, ISO dates with `Z`,
/// XSD durations for std::chrono::milliseconds, names for enums, base64 for QByteArray, nested gadgets (also in
/// QList and QMap with a registered metatype), null for what is absent. Reading ignores unknown fields and the
/// case of names, and keeps the default of a field that is absent. 64-bit integers are exact.
namespace jsoncodec {
[[nodiscard]] QByteArray gadgetToJson(const QMetaObject &type, const void *gadget);
/// On an error `gadget` may be partly filled. The message names the field.
[[nodiscard]] Result<void> gadgetFromJson(const QByteArray &json, const QMetaObject &type, void *gadget);
/// The fields of a request for people to fill in, with the defaults of a new value.
[[nodiscard]] QList<RequestField> gadgetFields(const QMetaObject &type, const void *defaults);
[[nodiscard]] QByteArray objectToJson(const QJsonObject &object);
[[nodiscard]] Result<QJsonObject> objectFromJson(const QByteArray &json);
/// `stint::SendEmail` and `app::Box<int>` become `SendEmail` and `Box`.
[[nodiscard]] QString shortTypeName(const char *mangled);
} // namespace jsoncodec

/// The name of a type without its namespace, as the Command, Request and Response columns have it.
template <typename T>
[[nodiscard]] QString typeName()
{
    if constexpr (std::is_same_v<T, QJsonObject>)
        return QStringLiteral("JsonObject");
    else
        return jsoncodec::shortTypeName(typeid(T).name());
}

/// JSON of a Q_GADGET or QJsonObject.
template <typename T>
[[nodiscard]] QByteArray toJson(const T &value)
{
    if constexpr (std::is_same_v<T, QJsonObject>)
        return jsoncodec::objectToJson(value);
    else
        return jsoncodec::gadgetToJson(T::staticMetaObject, &value);
}

/// Reads a Q_GADGET or QJsonObject. An empty text gives a default value.
template <typename T>
[[nodiscard]] Result<T> fromJson(const QByteArray &json)
{
    if constexpr (std::is_same_v<T, QJsonObject>) {
        return jsoncodec::objectFromJson(json);
    } else {
        T value{};
        if (auto read = jsoncodec::gadgetFromJson(json, T::staticMetaObject, &value); !read)
            return read.error();
        return value;
    }
}

/// The fields of a Q_GADGET; none for a QJsonObject, which takes any.
template <typename T>
[[nodiscard]] QList<RequestField> requestFields()
{
    if constexpr (std::is_same_v<T, QJsonObject>) {
        return {};
    } else {
        const T defaults{};
        return jsoncodec::gadgetFields(T::staticMetaObject, &defaults);
    }
}

} // namespace stint
