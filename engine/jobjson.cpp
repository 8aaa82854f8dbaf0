// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobjson.h"

#include "engine/json/jsonwriter.h"
#include "engine/store/jsoncolumn.h"
#include "engine/xsdduration.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stint {
namespace jobjson {

namespace {

using Value = FieldValue;

Value text(const QString &value)
{
    return value.isNull() ? Value{} : Value{Value::Kind::Text, value.toUtf8()};
}
Value text(QLatin1StringView value)
{
    return {Value::Kind::Text, QByteArray(value.data(), value.size())};
}
Value body(const QByteArray &value)
{
    return value.isNull() ? Value{} : Value{Value::Kind::Text, validUtf8(value)};
}
Value date(Timestamp value)
{
    return {Value::Kind::Text, toIsoUtf8(value)};
}
Value date(const std::optional<Timestamp> &value)
{
    return value ? date(*value) : Value{};
}
Value number(std::int64_t value)
{
    return {Value::Kind::Json, QByteArray::number(qlonglong{value})};
}
template <typename Number>
Value number(const std::optional<Number> &value)
{
    return value ? number(std::int64_t{*value}) : Value{};
}
Value fraction(const std::optional<double> &value)
{
    if (!value)
        return {};
    JsonWriter json;
    json.number(*value);
    return {Value::Kind::Json, json.result()};
}
template <typename Column>
Value column(const std::optional<Column> &value)
{
    return value ? Value{Value::Kind::Json, jsoncolumn::toColumn(*value)} : Value{};
}
/// Told where it says more than the other dates: of a job that waits for its retry.
Value dueDate(const Job &job)
{
    return job.dueDate && *job.dueDate > std::max(job.createdDate, job.runAfter.value_or(job.createdDate)) ? date(job.dueDate) : Value{};
}
/// A number that only Stint records: 0 is not worth a field.
Value nonZero(int value)
{
    return value == 0 ? Value{} : number(value);
}
Value replyTo(const QString &value, const Format &format)
{
    return text(format.revealSecrets ? value : maskedReplyTo(value));
}
/// Absent where it is not so.
Value flag(bool value)
{
    return value ? Value{Value::Kind::Json, QByteArrayLiteral("true")} : Value{};
}
Value options(const std::optional<TaskOptions> &value, const Format &format)
{
    if (!value || format.revealSecrets)
        return column(value);
    TaskOptions masked = *value;
    masked.replyTo = maskedReplyTo(masked.replyTo);
    return column(std::optional(masked));
}

template <typename Row>
struct NamedField {
    QLatin1StringView name;
    Field<Row> get;
};

// In the order of the admin API; behind it, what only Stint records.
using JobField = NamedField<Job>;
constexpr std::array jobTable{
    JobField{"id"_L1, [](const Job &job, const Format &) { return number(job.id); }},
    JobField{"parentId"_L1, [](const Job &job, const Format &) { return number(job.parentId); }},
    JobField{"refId"_L1, [](const Job &job, const Format &) { return text(job.refId); }},
    JobField{"worker"_L1, [](const Job &job, const Format &) { return text(job.worker); }},
    JobField{"tag"_L1, [](const Job &job, const Format &) { return text(job.tag); }},
    JobField{"batchId"_L1, [](const Job &job, const Format &) { return text(job.batchId); }},
    JobField{"callback"_L1, [](const Job &job, const Format &) { return text(job.callback); }},
    JobField{"dependsOn"_L1, [](const Job &job, const Format &) { return number(job.dependsOn); }},
    JobField{"runAfter"_L1, [](const Job &job, const Format &) { return date(job.runAfter); }},
    JobField{"createdDate"_L1, [](const Job &job, const Format &) { return date(job.createdDate); }},
    JobField{"createdBy"_L1, [](const Job &job, const Format &) { return text(job.createdBy); }},
    JobField{"requestId"_L1, [](const Job &job, const Format &) { return text(job.requestId); }},
    JobField{"requestType"_L1, [](const Job &job, const Format &) { return text(job.requestType); }},
    JobField{"command"_L1, [](const Job &job, const Format &) { return text(job.command); }},
    JobField{"request"_L1, [](const Job &job, const Format &) { return text(job.request); }},
    JobField{"requestBody"_L1, [](const Job &job, const Format &) { return body(job.requestBody); }},
    JobField{"userId"_L1, [](const Job &job, const Format &) { return text(job.userId); }},
    JobField{"response"_L1, [](const Job &job, const Format &) { return text(job.response); }},
    JobField{"responseBody"_L1, [](const Job &job, const Format &) { return body(job.responseBody); }},
    JobField{"state"_L1, [](const Job &job, const Format &) { return text(toText(job.state)); }},
    JobField{"startedDate"_L1, [](const Job &job, const Format &) { return date(job.startedDate); }},
    JobField{"completedDate"_L1, [](const Job &job, const Format &) { return date(job.completedDate); }},
    JobField{"notifiedDate"_L1, [](const Job &job, const Format &) { return date(job.notifiedDate); }},
    JobField{"retryLimit"_L1, [](const Job &job, const Format &) { return number(job.retryLimit); }},
    JobField{"attempts"_L1, [](const Job &job, const Format &) { return number(job.attempts); }},
    JobField{"durationMs"_L1, [](const Job &job, const Format &) { return number(job.durationMs); }},
    JobField{"timeoutSecs"_L1, [](const Job &job, const Format &) { return number(job.timeoutSecs); }},
    JobField{"progress"_L1, [](const Job &job, const Format &) { return fraction(job.progress); }},
    JobField{"status"_L1, [](const Job &job, const Format &) { return text(job.status); }},
    JobField{"logs"_L1, [](const Job &job, const Format &) { return text(job.logs); }},
    JobField{"lastActivityDate"_L1, [](const Job &job, const Format &) { return date(job.lastActivityDate); }},
    JobField{"replyTo"_L1, [](const Job &job, const Format &format) { return replyTo(job.replyTo, format); }},
    JobField{"errorCode"_L1, [](const Job &job, const Format &) { return text(job.errorCode); }},
    JobField{"error"_L1, [](const Job &job, const Format &) { return column(job.error); }},
    JobField{"args"_L1, [](const Job &job, const Format &) { return column(job.args); }},
    JobField{"meta"_L1, [](const Job &job, const Format &) { return column(job.meta); }},
    JobField{"priority"_L1, [](const Job &job, const Format &) { return nonZero(job.priority); }},
    JobField{"uniqueKey"_L1, [](const Job &job, const Format &) { return text(job.uniqueKey); }},
    JobField{"backoff"_L1, [](const Job &job, const Format &) { return text(job.backoff); }},
    JobField{"dueDate"_L1, [](const Job &job, const Format &) { return dueDate(job); }},
    JobField{"cancelRequested"_L1, [](const Job &job, const Format &) { return date(job.cancelRequested); }},
    JobField{"interruptions"_L1, [](const Job &job, const Format &) { return nonZero(job.interruptions); }},
    JobField{"callbackAttempts"_L1, [](const Job &job, const Format &) { return nonZero(job.callbackAttempts); }},
    JobField{"estimatedProgress"_L1, [](const Job &job, const Format &) { return fraction(job.estimatedProgress); }},
    JobField{"unknownCommand"_L1, [](const Job &job, const Format &) { return flag(job.unknownCommand); }},
};

using SummaryField = NamedField<JobSummary>;
constexpr std::array summaryTable{
    SummaryField{"id"_L1, [](const JobSummary &job, const Format &) { return number(job.id); }},
    SummaryField{"parentId"_L1, [](const JobSummary &job, const Format &) { return number(job.parentId); }},
    SummaryField{"refId"_L1, [](const JobSummary &job, const Format &) { return text(job.refId); }},
    SummaryField{"worker"_L1, [](const JobSummary &job, const Format &) { return text(job.worker); }},
    SummaryField{"tag"_L1, [](const JobSummary &job, const Format &) { return text(job.tag); }},
    SummaryField{"batchId"_L1, [](const JobSummary &job, const Format &) { return text(job.batchId); }},
    SummaryField{"createdDate"_L1, [](const JobSummary &job, const Format &) { return date(job.createdDate); }},
    SummaryField{"createdBy"_L1, [](const JobSummary &job, const Format &) { return text(job.createdBy); }},
    SummaryField{"requestType"_L1, [](const JobSummary &job, const Format &) { return text(job.requestType); }},
    SummaryField{"command"_L1, [](const JobSummary &job, const Format &) { return text(job.command); }},
    SummaryField{"request"_L1, [](const JobSummary &job, const Format &) { return text(job.request); }},
    SummaryField{"response"_L1, [](const JobSummary &job, const Format &) { return text(job.response); }},
    SummaryField{"userId"_L1, [](const JobSummary &job, const Format &) { return text(job.userId); }},
    SummaryField{"callback"_L1, [](const JobSummary &job, const Format &) { return text(job.callback); }},
    SummaryField{"startedDate"_L1, [](const JobSummary &job, const Format &) { return date(job.startedDate); }},
    SummaryField{"completedDate"_L1, [](const JobSummary &job, const Format &) { return date(job.completedDate); }},
    SummaryField{"state"_L1, [](const JobSummary &job, const Format &) { return text(toText(job.state)); }},
    SummaryField{"durationMs"_L1, [](const JobSummary &job, const Format &) { return number(job.durationMs); }},
    SummaryField{"attempts"_L1, [](const JobSummary &job, const Format &) { return number(job.attempts); }},
    SummaryField{"errorCode"_L1, [](const JobSummary &job, const Format &) { return text(job.errorCode); }},
    SummaryField{"errorMessage"_L1, [](const JobSummary &job, const Format &) { return text(job.errorMessage); }},
};

using TaskField = NamedField<ScheduledTask>;
constexpr std::array taskTable{
    TaskField{"id"_L1, [](const ScheduledTask &task, const Format &) { return number(task.id); }},
    TaskField{"name"_L1, [](const ScheduledTask &task, const Format &) { return text(task.name); }},
    TaskField{"interval"_L1,
              [](const ScheduledTask &task, const Format &) { return task.interval ? text(toXsdDuration(*task.interval)) : Value{}; }},
    TaskField{"cronExpression"_L1, [](const ScheduledTask &task, const Format &) { return text(task.cronExpression); }},
    TaskField{"requestType"_L1, [](const ScheduledTask &task, const Format &) { return text(task.requestType); }},
    TaskField{"command"_L1, [](const ScheduledTask &task, const Format &) { return text(task.command); }},
    TaskField{"request"_L1, [](const ScheduledTask &task, const Format &) { return text(task.request); }},
    TaskField{"requestBody"_L1, [](const ScheduledTask &task, const Format &) { return body(task.requestBody); }},
    TaskField{"options"_L1, [](const ScheduledTask &task, const Format &format) { return options(task.options, format); }},
    TaskField{"lastRun"_L1, [](const ScheduledTask &task, const Format &) { return date(task.lastRun); }},
    TaskField{"lastJobId"_L1, [](const ScheduledTask &task, const Format &) { return number(task.lastJobId); }},
    TaskField{"zone"_L1, [](const ScheduledTask &task, const Format &) { return text(task.zone); }},
    TaskField{"missedRuns"_L1,
              [](const ScheduledTask &task, const Format &) {
                  return task.missedRuns == MissedRuns::once() ? Value{} : text(task.missedRuns.toText());
              }},
    TaskField{"noOverlap"_L1, [](const ScheduledTask &task, const Format &) { return flag(task.noOverlap); }},
    TaskField{"enabled"_L1,
              [](const ScheduledTask &task, const Format &) {
                  return task.enabled ? Value{} : Value{Value::Kind::Json, QByteArrayLiteral("false")};
              }},
    TaskField{"nextRun"_L1, [](const ScheduledTask &task, const Format &) { return date(task.nextRun); }},
    TaskField{"runRequested"_L1, [](const ScheduledTask &task, const Format &) { return date(task.runRequested); }},
    TaskField{"problem"_L1, [](const ScheduledTask &task, const Format &) { return text(task.problem); }},
};

template <typename Table>
QStringList names(const Table &table)
{
    QStringList names;
    for (const auto &field : table)
        names.append(field.name);
    return names;
}

void write(JsonWriter &json, QLatin1StringView name, const Value &value)
{
    if (value.kind == Value::Kind::Absent)
        return;
    json.name(QByteArrayView(name.data(), name.size()));
    if (value.kind == Value::Kind::Text)
        json.utf8(value.utf8);
    else
        json.json(value.utf8);
}

template <typename Table, typename Row>
QByteArray toObject(const Table &table, const Row &row, const Format &format)
{
    JsonWriter json;
    json.beginObject();
    for (const auto &field : table) {
        if (format.fields.isEmpty() || format.fields.contains(field.name, Qt::CaseInsensitive))
            write(json, field.name, field.get(row, format));
    }
    json.endObject();
    return json.result();
}

template <typename Row, std::size_t Count>
Field<Row> fieldIn(const std::array<NamedField<Row>, Count> &table, QStringView name)
{
    const auto found = std::find_if(table.begin(), table.end(), [name](const auto &field) {
        return name.size() == field.name.size() && name.compare(field.name, Qt::CaseInsensitive) == 0;
    });
    return found == table.end() ? nullptr : found->get;
}

template <typename Row>
QString textOf(Field<Row> field, const Row &row, const Format &format)
{
    return field ? toText(field(row, format)) : QString();
}

} // namespace

QStringList jobFields()
{
    return names(jobTable);
}

QStringList summaryFields()
{
    return names(summaryTable);
}

QStringList taskFields()
{
    return names(taskTable);
}

QByteArray toJson(const Job &job, const Format &format)
{
    return toObject(jobTable, job, format);
}

QByteArray toJson(const JobSummary &summary, const Format &format)
{
    return toObject(summaryTable, summary, format);
}

QByteArray toJson(const ScheduledTask &task, const Format &format)
{
    return toObject(taskTable, task, format);
}

QByteArray toJson(const JobAttempt &attempt)
{
    JsonWriter json;
    json.beginObject();
    write(json, "attempt"_L1, number(attempt.attempt));
    write(json, "outcome"_L1, text(toText(attempt.outcome)));
    write(json, "startedDate"_L1, date(attempt.startedDate));
    write(json, "endedDate"_L1, date(attempt.endedDate));
    write(json, "error"_L1, column(attempt.error));
    write(json, "logs"_L1, text(attempt.logs));
    if (!attempt.discarded.isEmpty()) {
        json.name("discarded");
        json.beginList();
        for (const std::int64_t id : attempt.discarded)
            json.number(id);
        json.endList();
    }
    json.endObject();
    return json.result();
}

QByteArray toJson(const LogLine &line)
{
    JsonWriter json;
    json.beginObject();
    write(json, "id"_L1, number(line.id));
    write(json, "jobId"_L1, number(line.jobId));
    write(json, "attempt"_L1, number(line.attempt));
    write(json, "level"_L1, text(toText(line.level)));
    write(json, "date"_L1, date(line.date));
    write(json, "message"_L1, text(line.message));
    json.endObject();
    return json.result();
}

QByteArray toJson(const JobError &error)
{
    return jsoncolumn::toColumn(error);
}

QByteArray quoted(QStringView text)
{
    JsonWriter json;
    json.text(text);
    return json.result();
}

QString toText(const FieldValue &value)
{
    return value.kind == FieldValue::Kind::Absent ? QString() : textFromUtf8(value.utf8);
}

Field<Job> jobField(QStringView name)
{
    return fieldIn(jobTable, name);
}

Field<ScheduledTask> taskField(QStringView name)
{
    return fieldIn(taskTable, name);
}

QString fieldText(const Job &job, QStringView field, const Format &format)
{
    return textOf(jobField(field), job, format);
}

QString fieldText(const ScheduledTask &task, QStringView field, const Format &format)
{
    return textOf(taskField(field), task, format);
}

} // namespace jobjson
} // namespace stint
