// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/json/jsondecoder.h"

#include "engine/json/jsontype.h"
#include "engine/json/jsonwriter.h"
#include "engine/retrypolicy.h"
#include "engine/xsdduration.h"

#include <QAssociativeIterable>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaProperty>
#include <QSequentialIterable>
#include <QUuid>

#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace stint::jsoncodec {

namespace {

namespace dom = simdjson::dom;
using jsontype::Kind;
using Problem = std::optional<Fault>;

Problem readValue(dom::element json, QMetaType type, void *data);

Problem expected(const QString &what)
{
    return Fault{{}, u"expected "_s + what};
}

/// Puts the step that led to a problem before its path.
Problem within(const QString &step, Problem problem)
{
    if (problem)
        problem->path = problem->path.isEmpty() || problem->path.startsWith(u'[') ? step + problem->path : step + u'.' + problem->path;
    return problem;
}

QString toText(std::string_view utf8)
{
    return textFromUtf8(QByteArrayView(utf8.data(), static_cast<qsizetype>(utf8.size())));
}

std::optional<QString> stringOf(dom::element json)
{
    std::string_view utf8;
    return json.get(utf8) == simdjson::SUCCESS ? std::optional(toText(utf8)) : std::nullopt;
}

QJsonValue toQJson(dom::element json)
{
    const std::string text = simdjson::minify(json);
    const QByteArray wrapped = '[' + QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())) + ']';
    return QJsonDocument::fromJson(wrapped).array().at(0);
}

template <typename T>
void set(void *data, T value)
{
    *static_cast<T *>(data) = std::move(value);
}

template <typename Integer>
Problem readInteger(dom::element json, void *data)
{
    using Limits = std::numeric_limits<Integer>;
    std::int64_t number = 0;
    std::uint64_t large = 0;
    if (json.get(number) == simdjson::SUCCESS && std::in_range<Integer>(number))
        set(data, static_cast<Integer>(number));
    else if (json.get(large) == simdjson::SUCCESS && std::in_range<Integer>(large))
        set(data, static_cast<Integer>(large));
    else if (json.is_int64() || json.is_uint64())
        return expected(u"an integer from %1 to %2"_s.arg(Limits::min()).arg(Limits::max()));
    else
        return expected(u"an integer"_s);
    return {};
}

Problem readInteger(dom::element json, QMetaType type, void *data)
{
    switch (type.sizeOf()) {
    case 1: return type.id() == QMetaType::UChar ? readInteger<std::uint8_t>(json, data) : readInteger<std::int8_t>(json, data);
    case 2: return type.id() == QMetaType::UShort ? readInteger<std::uint16_t>(json, data) : readInteger<std::int16_t>(json, data);
    case 4: return type.id() == QMetaType::UInt ? readInteger<std::uint32_t>(json, data) : readInteger<std::int32_t>(json, data);
    default:
        return type.id() == QMetaType::ULong || type.id() == QMetaType::ULongLong ? readInteger<std::uint64_t>(json, data)
                                                                                  : readInteger<std::int64_t>(json, data);
    }
}

Problem readNumber(dom::element json, QMetaType type, void *data)
{
    double number = 0;
    if (!json.is_number() || json.get(number) != simdjson::SUCCESS)
        return expected(u"a number"_s);
    if (type.id() == QMetaType::Float)
        set(data, static_cast<float>(number));
    else
        set(data, number);
    return {};
}

Problem readBytes(dom::element json, void *data)
{
    const auto text = stringOf(json);
    const auto decoded = QByteArray::fromBase64Encoding(text.value_or(QString()).toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (!text || !decoded)
        return expected(u"a base64 string"_s);
    set(data, (*decoded).isNull() ? QByteArrayLiteral("") : *decoded); // an empty string is not null
    return {};
}

std::optional<Timestamp> momentOf(dom::element json)
{
    return parseTimestamp(stringOf(json).value_or(QString()).toUtf8());
}

Problem readDuration(dom::element json, QMetaType type, void *data)
{
    const QString text = stringOf(json).value_or(QString());
    auto duration = parseXsdDuration(text.toUtf8());
    if (const auto plain = parseDuration(text);
        !duration && plain && *plain < std::chrono::duration_cast<std::chrono::milliseconds>(Ticks::max()))
        duration = *plain;
    if (!duration || !jsontype::setDuration(type, data, *duration))
        return expected(u"a duration such as PT1M30S or 90s"_s);
    return {};
}

Problem readEnum(dom::element json, QMetaType type, void *data)
{
    const QMetaEnum keys = jsontype::enumOf(type);
    std::optional<qlonglong> value;
    std::int64_t number = 0;
    if (json.get(number) == simdjson::SUCCESS) {
        const bool known = !keys.isValid() || keys.isFlag() || (std::in_range<int>(number) && keys.valueToKey(static_cast<int>(number)));
        if (known)
            value = number;
    } else if (const auto text = stringOf(json); text && keys.isValid()) {
        bool ok = false;
        if (keys.isFlag()) {
            const int flags = text->isEmpty() ? 0 : keys.keysToValue(text->toUtf8(), &ok);
            if (ok || text->isEmpty())
                value = flags;
        }
        for (int i = 0; i < keys.keyCount() && !value; ++i) {
            if (text->compare(QLatin1StringView(keys.key(i)), Qt::CaseInsensitive) == 0)
                value = keys.value(i);
        }
    }
    if (value) {
        QMetaType::convert(QMetaType::fromType<qlonglong>(), &*value, type, data);
        return {};
    }
    QStringList names;
    for (int i = 0; keys.isValid() && i < keys.keyCount(); ++i)
        names.append(QLatin1StringView(keys.key(i)));
    return expected(names.isEmpty() ? u"an integer"_s : u"one of "_s + names.join(u", "_s));
}

/// A value made by the meta type, to be moved into a container.
Problem readInto(QVariant &value, dom::element json, QMetaType type)
{
    if (type == QMetaType::fromType<QVariant>())
        return readValue(json, type, &value);
    value = QVariant(type);
    return readValue(json, type, value.data());
}

/// What a container is given for `value`: itself, if it holds variants.
const void *contentOf(const QVariant &value, QMetaType type)
{
    return type == QMetaType::fromType<QVariant>() ? static_cast<const void *>(&value) : value.constData();
}

Problem readList(dom::element json, QMetaType type, void *data)
{
    dom::array items;
    QSequentialIterable list;
    if (json.get(items) != simdjson::SUCCESS)
        return expected(u"a list"_s);
    QMetaType::convert(type, data, QMetaType::fromType<QSequentialIterable>(), &list);
    const QMetaSequence container = list.metaContainer();
    container.clear(data);
    int index = 0;
    for (const dom::element item : items) {
        QVariant value;
        if (Problem problem = readInto(value, item, container.valueMetaType()))
            return within(u'[' + QString::number(index) + u']', std::move(problem));
        container.addValue(data, contentOf(value, container.valueMetaType()));
        ++index;
    }
    return {};
}

Problem readMap(dom::element json, QMetaType type, void *data)
{
    dom::object members;
    QAssociativeIterable map;
    if (json.get(members) != simdjson::SUCCESS)
        return expected(u"an object"_s);
    QMetaType::convert(type, data, QMetaType::fromType<QAssociativeIterable>(), &map);
    const QMetaAssociation container = map.metaContainer();
    container.clear(data);
    for (const dom::key_value_pair member : members) {
        const QString name = toText(member.key);
        QVariant key(name);
        if (!key.convert(container.keyMetaType()))
            return within(name, expected(u"a name that is a key of the map"_s));
        QVariant value;
        if (Problem problem = readInto(value, member.value, container.mappedMetaType()))
            return within(name, std::move(problem));
        container.setMappedAtKey(data, key.constData(), contentOf(value, container.mappedMetaType()));
    }
    return {};
}

Problem readAsText(dom::element json, QMetaType type, void *data)
{
    const auto text = stringOf(json);
    if (!text || !QMetaType::convert(QMetaType::fromType<QString>(), &*text, type, data))
        return expected(u"a string that is a "_s + QLatin1StringView(type.name()));
    return {};
}

Problem readQJson(dom::element json, Kind kind, void *data)
{
    const QJsonValue value = toQJson(json);
    if (kind == Kind::Any)
        set(data, value);
    else if (kind == Kind::Variant)
        set(data, value.toVariant());
    else if (kind == Kind::Object && value.isObject())
        set(data, value.toObject());
    else if (kind == Kind::Array && value.isArray())
        set(data, value.toArray());
    else
        return expected(kind == Kind::Object ? u"an object"_s : u"a list"_s);
    return {};
}

/// Null sets what can be null; everything else keeps what it holds.
void readNull(QMetaType type, Kind kind, void *data)
{
    switch (kind) {
    case Kind::Boolean:
    case Kind::Integer:
    case Kind::Number:
    case Kind::Moment:
    case Kind::Duration:
    case Kind::Enum:
    case Kind::Gadget:
    case Kind::None: return;
    default: type.destruct(data); type.construct(data);
    }
}

Problem readValue(dom::element json, QMetaType type, void *data)
{
    const Kind kind = jsontype::kindOf(type);
    if (json.is_null()) {
        readNull(type, kind, data);
        return {};
    }
    switch (kind) {
    case Kind::Boolean: return json.get(*static_cast<bool *>(data)) == simdjson::SUCCESS ? Problem() : expected(u"true or false"_s);
    case Kind::Integer: return readInteger(json, type, data);
    case Kind::Number: return readNumber(json, type, data);
    case Kind::String:
        if (auto text = stringOf(json)) {
            set(data, *std::move(text));
            return {};
        }
        return expected(u"a string"_s);
    case Kind::Bytes: return readBytes(json, data);
    case Kind::Uuid:
        set(data, QUuid::fromString(stringOf(json).value_or(QString())));
        return static_cast<const QUuid *>(data)->isNull() ? expected(u"a UUID"_s) : Problem();
    case Kind::Date:
        if (const auto moment = momentOf(json)) {
            set(data, toDateTime(*moment));
            return {};
        }
        return expected(u"an ISO date"_s);
    case Kind::Moment:
        if (const auto moment = momentOf(json)) {
            set(data, *moment);
            return {};
        }
        return expected(u"an ISO date"_s);
    case Kind::Duration: return readDuration(json, type, data);
    case Kind::Enum: return readEnum(json, type, data);
    case Kind::Object:
    case Kind::Array:
    case Kind::Any:
    case Kind::Variant: return readQJson(json, kind, data);
    case Kind::Gadget: return readGadget(json, *type.metaObject(), data);
    case Kind::Map: return readMap(json, type, data);
    case Kind::List: return readList(json, type, data);
    case Kind::AsText: return readAsText(json, type, data);
    case Kind::None: break;
    }
    return Fault{{}, u"has a type that JSON cannot set"_s};
}

Problem readProperty(dom::element json, const QMetaProperty &property, void *gadget)
{
    const QMetaType type = property.metaType();
    QVariant value = property.isReadable() ? property.readOnGadget(gadget) : QVariant(type);
    if (type == QMetaType::fromType<QVariant>()) {
        if (Problem problem = readValue(json, type, &value))
            return problem;
    } else {
        if (value.metaType() != type)
            value.convert(type);
        if (Problem problem = readValue(json, type, value.data()))
            return problem;
    }
    return property.writeOnGadget(gadget, value) ? Problem() : Fault{{}, u"cannot be set"_s};
}

int indexOfProperty(const QMetaObject &type, std::string_view name)
{
    const QByteArrayView wanted(name.data(), static_cast<qsizetype>(name.size()));
    for (const Qt::CaseSensitivity sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        for (int i = 0; i < type.propertyCount(); ++i) {
            if (wanted.compare(QByteArrayView(type.property(i).name()), sensitivity) == 0)
                return i;
        }
    }
    return -1;
}

} // namespace

Problem readGadget(dom::element json, const QMetaObject &type, void *gadget)
{
    dom::object members;
    if (json.get(members) != simdjson::SUCCESS)
        return expected(u"an object"_s);
    for (const dom::key_value_pair member : members) {
        const int index = indexOfProperty(type, member.key);
        if (index < 0 || !type.property(index).isWritable())
            continue;
        if (Problem problem = readProperty(member.value, type.property(index), gadget))
            return within(QString::fromLatin1(type.property(index).name()), std::move(problem));
    }
    return {};
}

} // namespace stint::jsoncodec
