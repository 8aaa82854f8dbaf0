// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/json/jsonencoder.h"

#include "engine/json/jsontype.h"
#include "engine/xsdduration.h"

#include <QAssociativeIterable>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaProperty>
#include <QSequentialIterable>
#include <QUuid>

#include <array>
#include <charconv>
#include <cmath>

namespace stint::jsoncodec {

namespace {

using jsontype::Kind;

template <typename T>
const T &as(const void *data)
{
    return *static_cast<const T *>(data);
}

void writeTextOrNull(JsonWriter &json, const QString &text)
{
    if (text.isNull())
        json.null();
    else
        json.text(text);
}

void writeVariant(JsonWriter &json, const QVariant &value)
{
    if (value.isValid())
        writeValue(json, value.metaType(), value.constData());
    else
        json.null();
}

void writeInteger(JsonWriter &json, QMetaType type, const void *data)
{
    if (type.id() == QMetaType::ULongLong || type.id() == QMetaType::ULong) {
        qulonglong value = 0;
        QMetaType::convert(type, data, QMetaType::fromType<qulonglong>(), &value);
        json.number(std::uint64_t{value});
    } else {
        qlonglong value = 0;
        QMetaType::convert(type, data, QMetaType::fromType<qlonglong>(), &value);
        json.number(std::int64_t{value});
    }
}

void writeNumber(JsonWriter &json, QMetaType type, const void *data)
{
    if (type.id() != QMetaType::Float)
        return json.number(as<double>(data));
    const float value = as<float>(data);
    if (!std::isfinite(value))
        return json.null();
    std::array<char, 32> text; // in the shortest form of a float, not in that of the double it would become
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    json.json(QByteArrayView(text.data(), end));
}

void writeEnum(JsonWriter &json, QMetaType type, const void *data)
{
    qlonglong value = 0;
    QMetaType::convert(type, data, QMetaType::fromType<qlonglong>(), &value);
    const QMetaEnum keys = jsontype::enumOf(type);
    if (keys.isValid() && keys.isFlag())
        json.utf8(keys.valueToKeys(static_cast<int>(value)));
    else if (const char *key = keys.isValid() ? keys.valueToKey(static_cast<int>(value)) : nullptr)
        json.utf8(QByteArrayView(key));
    else
        json.number(std::int64_t{value});
}

void writeList(JsonWriter &json, QMetaType type, const void *data)
{
    QSequentialIterable list;
    QMetaType::convert(type, data, QMetaType::fromType<QSequentialIterable>(), &list);
    json.beginList();
    for (auto item = list.constBegin(); item != list.constEnd(); ++item)
        writeVariant(json, *item);
    json.endList();
}

void writeMap(JsonWriter &json, QMetaType type, const void *data)
{
    QAssociativeIterable map;
    QMetaType::convert(type, data, QMetaType::fromType<QAssociativeIterable>(), &map);
    json.beginObject();
    for (auto entry = map.constBegin(); entry != map.constEnd(); ++entry) {
        json.name(entry.key().toString().toUtf8());
        writeVariant(json, entry.value());
    }
    json.endObject();
}

void writeAsText(JsonWriter &json, QMetaType type, const void *data)
{
    QString text;
    QMetaType::convert(type, data, QMetaType::fromType<QString>(), &text);
    if (text.isEmpty())
        json.null();
    else
        json.text(text);
}

} // namespace

void writeGadget(JsonWriter &json, const QMetaObject &type, const void *gadget)
{
    json.beginObject();
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        if (!property.isReadable())
            continue;
        json.name(QByteArrayView(property.name()));
        writeVariant(json, property.readOnGadget(gadget));
    }
    json.endObject();
}

void writeValue(JsonWriter &json, QMetaType type, const void *data)
{
    switch (jsontype::kindOf(type)) {
    case Kind::Boolean: return json.boolean(as<bool>(data));
    case Kind::Integer: return writeInteger(json, type, data);
    case Kind::Number: return writeNumber(json, type, data);
    case Kind::String: return writeTextOrNull(json, as<QString>(data));
    case Kind::Bytes: return as<QByteArray>(data).isNull() ? json.null() : json.utf8(as<QByteArray>(data).toBase64());
    case Kind::Uuid: return as<QUuid>(data).isNull() ? json.null() : json.text(as<QUuid>(data).toString(QUuid::WithoutBraces));
    case Kind::Date: return as<QDateTime>(data).isValid() ? json.text(toIsoText(toTimestamp(as<QDateTime>(data)))) : json.null();
    case Kind::Moment: return json.text(toIsoText(as<Timestamp>(data)));
    case Kind::Duration: return json.text(toXsdDuration(jsontype::durationOf(type, data)));
    case Kind::Enum: return writeEnum(json, type, data);
    case Kind::Object: return json.json(QJsonDocument(as<QJsonObject>(data)).toJson(QJsonDocument::Compact));
    case Kind::Array: return json.json(QJsonDocument(as<QJsonArray>(data)).toJson(QJsonDocument::Compact));
    case Kind::Any: // QJsonDocument takes no bare value
        return json.json(QJsonDocument(QJsonArray{as<QJsonValue>(data)}).toJson(QJsonDocument::Compact).chopped(1).sliced(1));
    case Kind::Variant: return writeVariant(json, as<QVariant>(data));
    case Kind::Gadget: return writeGadget(json, *type.metaObject(), data);
    case Kind::Map: return writeMap(json, type, data);
    case Kind::List: return writeList(json, type, data);
    case Kind::AsText: return writeAsText(json, type, data);
    case Kind::None: return json.null();
    }
}

} // namespace stint::jsoncodec
