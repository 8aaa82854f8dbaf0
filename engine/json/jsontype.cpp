// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/json/jsontype.h"

#include <QAssociativeIterable>
#include <QJsonArray>
#include <QJsonObject>
#include <QSequentialIterable>
#include <QUuid>

#include <algorithm>
#include <array>

namespace stint::jsontype {

namespace {

struct DurationType {
    QMetaType type;
    Ticks (*get)(const void *data);
    bool (*set)(void *data, Ticks duration);
};

template <typename Duration>
DurationType durationType()
{
    return {QMetaType::fromType<Duration>(),
            [](const void *data) {
                const auto highest = std::chrono::duration_cast<Duration>(Ticks::max());
                const auto lowest = std::chrono::duration_cast<Duration>(Ticks::min());
                return std::chrono::duration_cast<Ticks>(std::clamp(*static_cast<const Duration *>(data), lowest, highest));
            },
            [](void *data, Ticks duration) {
                const auto value = std::chrono::duration_cast<Duration>(duration);
                *static_cast<Duration *>(data) = value;
                return std::chrono::duration_cast<Ticks>(value) == duration;
            }};
}

const DurationType *findDuration(QMetaType type)
{
    static const std::array types{durationType<std::chrono::milliseconds>(), durationType<std::chrono::seconds>(),
                                  durationType<std::chrono::minutes>(), durationType<std::chrono::hours>(), durationType<Ticks>()};
    const auto found = std::find_if(types.begin(), types.end(), [&](const DurationType &d) { return d.type == type; });
    return found == types.end() ? nullptr : &*found;
}

} // namespace

Kind kindOf(QMetaType type)
{
    switch (type.id()) {
    case QMetaType::Bool: return Kind::Boolean;
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::UChar:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong: return Kind::Integer;
    case QMetaType::Float:
    case QMetaType::Double: return Kind::Number;
    case QMetaType::QString: return Kind::String;
    case QMetaType::QByteArray: return Kind::Bytes;
    case QMetaType::QUuid: return Kind::Uuid;
    case QMetaType::QDateTime: return Kind::Date;
    case QMetaType::QJsonObject: return Kind::Object;
    case QMetaType::QJsonArray: return Kind::Array;
    case QMetaType::QJsonValue: return Kind::Any;
    case QMetaType::QVariant: return Kind::Variant;
    default: break;
    }
    if (type == QMetaType::fromType<Timestamp>())
        return Kind::Moment;
    if (findDuration(type))
        return Kind::Duration;
    if (type.flags() & QMetaType::IsEnumeration)
        return Kind::Enum;
    if (type.flags() & QMetaType::IsGadget)
        return Kind::Gadget;
    if (QMetaType::canConvert(type, QMetaType::fromType<QAssociativeIterable>()))
        return Kind::Map;
    if (QMetaType::canConvert(type, QMetaType::fromType<QSequentialIterable>()))
        return Kind::List;
    return QMetaType::canConvert(type, QMetaType::fromType<QString>()) ? Kind::AsText : Kind::None;
}

QMetaEnum enumOf(QMetaType type)
{
    const QMetaObject *scope = type.metaObject();
    if (!scope)
        return {};
    QByteArrayView name(type.name());
    if (name.startsWith("QFlags<"))
        name = name.sliced(7).chopped(1);
    name = name.sliced(name.lastIndexOf(':') + 1);
    for (int i = 0; i < scope->enumeratorCount(); ++i) {
        const QMetaEnum candidate = scope->enumerator(i);
        if (name == candidate.name() || name == candidate.enumName())
            return candidate;
    }
    return {};
}

Ticks durationOf(QMetaType type, const void *data)
{
    return findDuration(type)->get(data);
}

bool setDuration(QMetaType type, void *data, Ticks duration)
{
    return findDuration(type)->set(data, duration);
}

} // namespace stint::jsontype
