// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jsoncodec.h"

#include "engine/json/jsondecoder.h"
#include "engine/json/jsonencoder.h"
#include "engine/json/jsonparser.h"
#include "engine/json/jsontype.h"

#include <QHash>
#include <QJsonDocument>
#include <QMetaProperty>

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

using namespace Qt::StringLiterals;

namespace stint::jsoncodec {

namespace {

QString fieldType(QMetaType type)
{
    using jsontype::Kind;
    switch (jsontype::kindOf(type)) {
    case Kind::Boolean: return u"boolean"_s;
    case Kind::Integer: return u"integer"_s;
    case Kind::Number: return u"number"_s;
    case Kind::Date:
    case Kind::Moment: return u"date"_s;
    case Kind::Duration: return u"duration"_s;
    case Kind::Array:
    case Kind::List: return u"list"_s;
    case Kind::Object:
    case Kind::Any:
    case Kind::Variant:
    case Kind::Gadget:
    case Kind::Map: return u"object"_s;
    case Kind::String:
    case Kind::Bytes:
    case Kind::Uuid:
    case Kind::Enum:
    case Kind::AsText:
    case Kind::None: break;
    }
    return u"string"_s;
}

Error invalid(const QString &message)
{
    return {ErrorCode::InvalidArgument, message};
}

/// What follows the last `::` outside brackets, up to its template arguments.
QString shortName(QByteArrayView name)
{
    qsizetype begin = 0;
    qsizetype end = name.size();
    int depth = 0;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (c == '<' || c == '(') {
            if (depth++ == 0 && c == '<')
                end = i;
        } else if (c == '>' || c == ')') {
            --depth;
        } else if (c == ':' && depth == 0) {
            begin = i + 1;
            end = name.size();
        }
    }
    return QString::fromUtf8(name.sliced(begin, end - begin));
}

} // namespace

QByteArray gadgetToJson(const QMetaObject &type, const void *gadget)
{
    JsonWriter json;
    writeGadget(json, type, gadget);
    return json.result();
}

Result<void> gadgetFromJson(const QByteArray &json, const QMetaObject &type, void *gadget)
{
    if (json.isEmpty())
        return {};
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (const auto code = parse(parser, json, root); code != simdjson::SUCCESS)
        return invalid(u"not JSON: "_s + QLatin1StringView(simdjson::error_message(code)));
    if (const auto fault = readGadget(root, type, gadget))
        return invalid(fault->path.isEmpty() ? fault->what : fault->path + u": "_s + fault->what);
    return {};
}

QList<RequestField> gadgetFields(const QMetaObject &type, const void *defaults)
{
    QList<RequestField> fields;
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        if (!property.isWritable())
            continue;
        JsonWriter json;
        if (const QVariant value = property.readOnGadget(defaults); value.isValid())
            writeValue(json, value.metaType(), value.constData());
        const QByteArray &text = json.result();
        fields.append(
            {QString::fromLatin1(property.name()), fieldType(property.metaType()), text == "null" ? QString() : QString::fromUtf8(text)});
    }
    return fields;
}

QByteArray objectToJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<QJsonObject> objectFromJson(const QByteArray &json)
{
    if (json.isEmpty())
        return QJsonObject();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return invalid(u"not JSON: %1 at byte %2"_s.arg(error.errorString()).arg(error.offset));
    if (!document.isObject())
        return invalid(u"expected an object"_s);
    return document.object();
}

QString shortTypeName(const char *mangled)
{
    thread_local QHash<QByteArray, QString> known;
    const auto key = QByteArray::fromRawData(mangled, static_cast<qsizetype>(qstrlen(mangled)));
    if (const auto found = known.constFind(key); found != known.cend())
        return *found;
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(abi::__cxa_demangle(mangled, nullptr, nullptr, &status), &std::free);
    const QString result = shortName(status == 0 ? QByteArrayView(name.get()) : QByteArrayView(mangled));
    known.insert(QByteArray(mangled), result);
    return result;
}

} // namespace stint::jsoncodec
