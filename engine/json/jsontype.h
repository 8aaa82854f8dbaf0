// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/timestamp.h"

#include <QMetaEnum>
#include <QMetaType>

#include <optional>

// What the JSON codec knows of the types of properties, beyond what QMetaType does.
namespace stint::jsontype {

/// How a property stands in JSON.
enum class Kind : std::uint8_t {
    Boolean,
    Integer,
    Number,
    String,
    Bytes, ///< base64
    Uuid,
    Date,     ///< QDateTime
    Moment,   ///< Timestamp
    Duration, ///< std::chrono from milliseconds to hours, and Ticks
    Enum,     ///< by its key
    Object,   ///< QJsonObject
    Array,    ///< QJsonArray
    Any,      ///< QJsonValue
    Variant,  ///< QVariant
    Gadget,
    Map,
    List,
    AsText, ///< any other type that converts from and to QString, e.g. QUrl
    None,   ///< cannot be written
};
[[nodiscard]] Kind kindOf(QMetaType type);

/// The enumeration that a Q_ENUM or Q_FLAG type is; an invalid one if it is not registered.
[[nodiscard]] QMetaEnum enumOf(QMetaType type);

/// Of a Kind::Duration. Beyond 29 000 years it is cut to that.
[[nodiscard]] Ticks durationOf(QMetaType type, const void *data);
/// False if the type cannot hold exactly that.
[[nodiscard]] bool setDuration(QMetaType type, void *data, Ticks duration);

} // namespace stint::jsontype
