// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/jsoncolumn.h"

#include "engine/json/jsonwriter.h"
#include "engine/store/columnnode.h"
#include "engine/xsdduration.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace stint::jsoncolumn {

namespace {

namespace dom = simdjson::dom;
using columnnode::JsonNode;
using columnnode::JsvNode;

/// The field of a class that a member is for: names in any case, spaces around them ignored.
class FieldName
{
public:
    explicit FieldName(const QString &name)
        : m_name(name.trimmed())
    {
    }
    [[nodiscard]] bool is(QLatin1StringView field) const { return m_name.compare(field, Qt::CaseInsensitive) == 0; }

private:
    QString m_name;
};

template <typename Number, typename Node>
std::optional<Number> readNumber(const Node &node)
{
    bool ok = false;
    const qlonglong number = node.text().value_or(QString()).toLongLong(&ok);
    if (!ok || number < std::numeric_limits<Number>::min() || number > std::numeric_limits<Number>::max())
        return std::nullopt;
    return static_cast<Number>(number);
}

template <typename Node>
std::optional<bool> readBoolean(const Node &node)
{
    const QString text = node.text().value_or(QString());
    if (text.compare(u"true", Qt::CaseInsensitive) == 0)
        return true;
    return text.compare(u"false", Qt::CaseInsensitive) == 0 ? std::optional(false) : std::nullopt;
}

// The years 1 to 9999, which is what a date of .NET can be.
constexpr qlonglong earliestMs = -62'135'596'800'000;
constexpr qlonglong latestMs = 253'402'300'799'999;

/// ISO, or the form of WCF: `/Date(ms)/`, whose milliseconds are UTC. An offset after them, `+hhmm`, or `-0000`
/// for an unknown one, says only how the moment is to be shown.
template <typename Node>
std::optional<Timestamp> readDate(const Node &node)
{
    const QByteArray text = node.text().value_or(QString()).toUtf8();
    if (!text.startsWith("/Date(") || !text.endsWith(")/"))
        return parseTimestamp(text);
    QByteArrayView number = QByteArrayView(text).sliced(6).chopped(2);
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (number.size() > 5) {
        const QByteArrayView offset = number.last(5);
        if ((offset[0] == '+' || offset[0] == '-') && std::all_of(offset.begin() + 1, offset.end(), isDigit))
            number.chop(5);
    }
    bool ok = false;
    const qlonglong sinceEpoch = number.toLongLong(&ok);
    if (!ok || number.startsWith('+') || sinceEpoch < earliestMs || sinceEpoch > latestMs)
        return std::nullopt;
    return Timestamp{std::chrono::milliseconds{sinceEpoch}};
}

/// Entries that are null are left out, as ServiceStack leaves them out of its answers.
template <typename Node>
std::optional<StringMap> readMap(const Node &node)
{
    StringMap map;
    const bool isObject = node.forEachMember([&](const QString &key, const Node &value) {
        if (auto text = value.text())
            map.insert(key, *std::move(text));
    });
    return isObject ? std::optional(map) : std::nullopt;
}

template <typename Node>
std::optional<FieldError> readFieldError(const Node &node)
{
    FieldError error;
    const bool isObject = node.forEachMember([&](const QString &key, const Node &value) {
        const FieldName name(key);
        if (name.is("errorCode"_L1))
            error.errorCode = value.text().value_or(QString());
        else if (name.is("fieldName"_L1))
            error.fieldName = value.text().value_or(QString());
        else if (name.is("message"_L1))
            error.message = value.text().value_or(QString());
        else if (name.is("meta"_L1))
            error.meta = readMap(value);
    });
    return isObject ? std::optional(error) : std::nullopt;
}

template <typename Node>
std::optional<JobError> readError(const Node &node)
{
    JobError error;
    const bool isObject = node.forEachMember([&](const QString &key, const Node &value) {
        const FieldName name(key);
        if (name.is("errorCode"_L1)) {
            error.errorCode = value.text().value_or(QString());
        } else if (name.is("message"_L1)) {
            error.message = value.text().value_or(QString());
        } else if (name.is("stackTrace"_L1)) {
            error.stackTrace = value.text().value_or(QString());
        } else if (name.is("meta"_L1)) {
            error.meta = readMap(value);
        } else if (name.is("errors"_L1)) {
            QList<FieldError> errors;
            const bool isList = value.forEachItem([&errors](const Node &item) {
                if (auto fieldError = readFieldError(item))
                    errors.append(*std::move(fieldError));
            });
            error.errors = isList ? std::optional(errors) : std::nullopt;
        }
    });
    return isObject ? std::optional(error) : std::nullopt;
}

template <typename Node>
std::optional<int> readTimeout(const Node &node)
{
    const auto duration = parseXsdDuration(node.text().value_or(QString()).toUtf8());
    if (!duration)
        return std::nullopt;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*duration).count();
    return seconds >= std::numeric_limits<int>::min() && seconds <= std::numeric_limits<int>::max()
        ? std::optional(static_cast<int>(seconds))
        : std::nullopt;
}

template <typename Node>
std::optional<TaskOptions> readOptions(const Node &node)
{
    TaskOptions options;
    const bool isObject = node.forEachMember([&](const QString &key, const Node &value) {
        const FieldName name(key);
        if (name.is("refId"_L1))
            options.refId = value.text().value_or(QString());
        else if (name.is("parentId"_L1))
            options.parentId = readNumber<std::int64_t>(value);
        else if (name.is("worker"_L1))
            options.worker = value.text().value_or(QString());
        else if (name.is("runAfter"_L1))
            options.runAfter = readDate(value);
        else if (name.is("callback"_L1))
            options.callback = value.text().value_or(QString());
        else if (name.is("dependsOn"_L1))
            options.dependsOn = readNumber<std::int64_t>(value);
        else if (name.is("userId"_L1))
            options.userId = value.text().value_or(QString());
        else if (name.is("retryLimit"_L1))
            options.retryLimit = readNumber<int>(value);
        else if (name.is("replyTo"_L1))
            options.replyTo = value.text().value_or(QString());
        else if (name.is("tag"_L1))
            options.tag = value.text().value_or(QString());
        else if (name.is("batchId"_L1))
            options.batchId = value.text().value_or(QString());
        else if (name.is("createdBy"_L1))
            options.createdBy = value.text().value_or(QString());
        else if (name.is("timeoutSecs"_L1))
            options.timeoutSecs = readNumber<int>(value);
        else if (name.is("timeout"_L1)) // the same value once more; ServiceStack sets timeoutSecs by it
            options.timeoutSecs = readTimeout(value);
        else if (name.is("args"_L1))
            options.args = readMap(value);
        else if (name.is("runCommand"_L1))
            options.runCommand = readBoolean(value);
        else if (name.is("priority"_L1))
            options.priority = readNumber<int>(value);
        else if (name.is("uniqueKey"_L1))
            options.uniqueKey = value.text().value_or(QString());
        else if (name.is("backoff"_L1))
            options.backoff = value.text().value_or(QString());
    });
    return isObject ? std::optional(options) : std::nullopt;
}

/// Calls `read` with the node of a text that is JSON, else with that of JSV.
template <typename Read>
auto parse(QByteArrayView text, Read read)
{
    dom::parser parser;
    dom::element element;
    if (!text.isEmpty() && parser.parse(text.data(), static_cast<std::size_t>(text.size())).get(element) == simdjson::SUCCESS)
        return read(JsonNode(element));
    return read(JsvNode(text));
}

void writeText(JsonWriter &json, QByteArrayView name, const QString &text)
{
    if (text.isNull())
        return;
    json.name(name);
    json.text(text);
}

template <typename Number>
void writeNumber(JsonWriter &json, QByteArrayView name, std::optional<Number> number)
{
    if (!number)
        return;
    json.name(name);
    json.number(std::int64_t{*number});
}

void writeMap(JsonWriter &json, const StringMap &map)
{
    json.beginObject();
    for (auto entry = map.cbegin(); entry != map.cend(); ++entry)
        writeText(json, entry.key().toUtf8(), entry.value());
    json.endObject();
}

void writeMap(JsonWriter &json, QByteArrayView name, const std::optional<StringMap> &map)
{
    if (!map)
        return;
    json.name(name);
    writeMap(json, *map);
}

} // namespace

std::optional<JobError> parseError(QByteArrayView text)
{
    return parse(text, [](const auto &node) { return readError(node); });
}

std::optional<StringMap> parseMap(QByteArrayView text)
{
    return parse(text, [](const auto &node) { return readMap(node); });
}

std::optional<TaskOptions> parseOptions(QByteArrayView text)
{
    return parse(text, [](const auto &node) { return readOptions(node); });
}

QByteArray toColumn(const JobError &error)
{
    JsonWriter json;
    json.beginObject();
    writeText(json, "errorCode", error.errorCode);
    writeText(json, "message", error.message);
    writeText(json, "stackTrace", error.stackTrace);
    if (error.errors) {
        json.name("errors");
        json.beginList();
        for (const FieldError &fieldError : *error.errors) {
            json.beginObject();
            writeText(json, "errorCode", fieldError.errorCode);
            writeText(json, "fieldName", fieldError.fieldName);
            writeText(json, "message", fieldError.message);
            writeMap(json, "meta", fieldError.meta);
            json.endObject();
        }
        json.endList();
    }
    writeMap(json, "meta", error.meta);
    json.endObject();
    return json.result();
}

QByteArray toColumn(const StringMap &map)
{
    JsonWriter json;
    writeMap(json, map);
    return json.result();
}

QByteArray toColumn(const TaskOptions &options)
{
    JsonWriter json;
    json.beginObject();
    writeText(json, "refId", options.refId);
    writeNumber(json, "parentId", options.parentId);
    writeText(json, "worker", options.worker);
    if (options.runAfter)
        writeText(json, "runAfter", toIsoText(*options.runAfter));
    writeText(json, "callback", options.callback);
    writeNumber(json, "dependsOn", options.dependsOn);
    writeText(json, "userId", options.userId);
    writeNumber(json, "retryLimit", options.retryLimit);
    writeText(json, "replyTo", options.replyTo);
    writeText(json, "tag", options.tag);
    writeText(json, "batchId", options.batchId);
    writeText(json, "createdBy", options.createdBy);
    writeNumber(json, "timeoutSecs", options.timeoutSecs);
    if (options.timeoutSecs)
        writeText(json, "timeout", toXsdDuration(std::chrono::seconds{*options.timeoutSecs}));
    writeMap(json, "args", options.args);
    if (options.runCommand) {
        json.name("runCommand");
        json.boolean(*options.runCommand);
    }
    writeNumber(json, "priority", options.priority);
    writeText(json, "uniqueKey", options.uniqueKey);
    writeText(json, "backoff", options.backoff);
    json.endObject();
    return json.result();
}

} // namespace stint::jsoncolumn
