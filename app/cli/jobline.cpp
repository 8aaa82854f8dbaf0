// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jobline.h"

#include "app/cli/jsonscanner.h"
#include "app/cli/options.h"
#include "engine/retrypolicy.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <functional>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

/// Takes the value of a field over into the job; false if it is not of the field's kind.
using Setter = bool (*)(NewJob &job, QByteArrayView raw);

QJsonValue decoded(QByteArrayView raw)
{
    return QJsonDocument::fromJson('[' + raw.toByteArray() + ']').array().at(0);
}

bool setText(QString &target, QByteArrayView raw)
{
    const QJsonValue value = decoded(raw);
    if (value.isString())
        target = value.toString();
    return value.isString();
}

template <typename Target, typename Parse>
bool setParsed(Target &target, QByteArrayView raw, Parse parse)
{
    QString text;
    if (!setText(text, raw))
        return false;
    const auto value = parse(text);
    if (value)
        target = *value;
    return value.has_value();
}

/// Numbers are read from their own text: 64-bit ids stay exact.
template <typename Target, typename Parse>
bool setNumber(Target &target, QByteArrayView raw, Parse parse)
{
    const auto value = parse(QString::fromUtf8(raw));
    if (value)
        target = *value;
    return value.has_value();
}

bool setTimeout(NewJob &job, QByteArrayView raw)
{
    return setParsed(job.options.timeout, raw, value::timeout) || setNumber(job.options.timeout, raw, value::timeout);
}

bool setArgs(NewJob &job, QByteArrayView raw)
{
    const QJsonValue value = decoded(raw);
    if (!value.isObject())
        return false;
    StringMap args;
    const QJsonObject object = value.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (!entry->isString())
            return false;
        args.insert(entry.key(), entry->toString());
    }
    job.options.args = args;
    return true;
}

bool setForce(NewJob &job, QByteArrayView raw)
{
    job.force = raw == QByteArrayView("true");
    return job.force || raw == QByteArrayView("false");
}

struct Field {
    Setter set;
    QString expected;
};

const QHash<QString, Field> &fields()
{
    const QString text = u"a string"_s;
    static const QHash<QString, Field> table{
        {u"name"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.name, raw); }, text}},
        {u"command"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.name, raw); }, text}},
        {u"api"_s,
         {[](NewJob &job, QByteArrayView raw) {
              job.isApi = true;
              return setText(job.name, raw);
          },
          text}},
        {u"request"_s,
         {[](NewJob &job, QByteArrayView raw) {
              job.requestBody = raw.toByteArray();
              return true;
          },
          {}}},
        {u"requestName"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.requestName, raw); }, text}},
        {u"worker"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.worker, raw); }, text}},
        {u"tag"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.tag, raw); }, text}},
        {u"batchId"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.batchId, raw); }, text}},
        {u"callback"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.callback, raw); }, text}},
        {u"refId"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.refId, raw); }, text}},
        {u"replyTo"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.replyTo, raw); }, text}},
        {u"userId"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.userId, raw); }, text}},
        {u"createdBy"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.createdBy, raw); }, text}},
        {u"uniqueKey"_s, {[](NewJob &job, QByteArrayView raw) { return setText(job.options.uniqueKey, raw); }, text}},
        {u"dependsOn"_s,
         {[](NewJob &job, QByteArrayView raw) { return setNumber(job.options.dependsOn, raw, value::id); }, u"the id of a job"_s}},
        {u"parentId"_s,
         {[](NewJob &job, QByteArrayView raw) { return setNumber(job.options.parentId, raw, value::id); }, u"the id of a job"_s}},
        {u"runAfter"_s,
         {[](NewJob &job, QByteArrayView raw) { return setParsed(job.options.runAfter, raw, value::moment); },
          u"a date such as \"2026-08-22T10:00:00Z\", or \"+10m\""_s}},
        {u"retryLimit"_s,
         {[](NewJob &job, QByteArrayView raw) { return setNumber(job.options.retryLimit, raw, value::notNegative); },
          u"a whole number, 0 or more"_s}},
        {u"timeout"_s, {setTimeout, u"a duration in whole seconds such as \"30s\""_s}},
        {u"timeoutSecs"_s, {setTimeout, u"a number of seconds"_s}},
        {u"backoff"_s,
         {[](NewJob &job, QByteArrayView raw) {
              return setParsed(job.options.backoff, raw, [](const QString &value) { return RetryPolicy::parse(value); });
          },
          u"\"none\", \"fixed:5s\" or \"exponential:1s..10m\""_s}},
        {u"priority"_s,
         {[](NewJob &job, QByteArrayView raw) { return setNumber(job.options.priority, raw, value::integer); }, u"a whole number"_s}},
        {u"args"_s, {setArgs, u"an object of strings"_s}},
        {u"force"_s, {setForce, u"true or false"_s}},
    };
    return table;
}

Error fault(const QString &message)
{
    return {ErrorCode::InvalidArgument, message};
}

} // namespace

Result<NewJob> parseJobLine(QByteArrayView line, const NewJob &defaults)
{
    const auto members = jsonscanner::members(line);
    if (!members)
        return members.error();
    NewJob job = defaults;
    QSet<QString> seen;
    for (const jsonscanner::Member &member : *members) {
        const auto field = fields().constFind(member.key);
        if (field == fields().constEnd())
            return fault(u"there is no field \"%1\""_s.arg(member.key));
        if (seen.contains(member.key))
            return fault(u"\"%1\" comes twice"_s.arg(member.key));
        seen.insert(member.key);
        const bool isAbsent = member.value == QByteArrayView("null") && member.key != u"request";
        if (!isAbsent && !field->set(job, member.value))
            return fault(u"\"%1\" is not %2"_s.arg(member.key, field->expected));
    }
    if (job.name.isEmpty())
        return fault(u"it has no \"name\" of a command, nor \"api\""_s);
    if (seen.contains(u"name"_s) + seen.contains(u"command"_s) + seen.contains(u"api"_s) > 1)
        return fault(u"only one of \"name\", \"command\" and \"api\" may be given"_s);
    return job;
}

} // namespace stint::cli
