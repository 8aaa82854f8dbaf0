// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jobdetails.h"

#include "app/cli/celltext.h"
#include "app/cli/jsonobject.h"
#include "engine/clock.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

template <typename Values, typename ToJson>
QByteArray toArray(const Values &values, ToJson toJson)
{
    QByteArrayList rows;
    for (const auto &value : values)
        rows.append(toJson(value));
    return '[' + rows.join(',') + ']';
}

void section(Output &output, const QString &title)
{
    output.line(QString());
    output.line(title);
}

void printField(Output &output, const QString &name, const QString &text)
{
    // Further lines of a value stand under its first.
    const QStringList lines = text.split(u'\n');
    for (qsizetype index = 0; index < lines.size(); ++index)
        output.line((index == 0 ? name : QString()).leftJustified(20) + printable(lines[index]));
}

} // namespace

QByteArray toJson(const JobDetails &details, const jobjson::Format &format)
{
    JsonObject json;
    json.addJson("summary", jobjson::toJson(details.result.summary, format));
    const auto addJob = [&](QByteArrayView name, const std::optional<Job> &job) {
        if (job)
            json.addJson(name, jobjson::toJson(*job, format));
    };
    addJob("queued", details.result.queued);
    addJob("completed", details.result.completed);
    addJob("failed", details.result.failed);
    json.addJson("waitingFor", toArray(details.waitingFor, [](const WaitReason &reason) {
                     return JsonObject().add("code", reason.code).add("detail", reason.detail).toJson();
                 }));
    json.addJson("attempts", toArray(details.result.attempts, [](const JobAttempt &attempt) { return jobjson::toJson(attempt); }));
    json.addJson("logs", toArray(details.logs, [](const LogLine &line) { return jobjson::toJson(line); }));
    return json.toJson();
}

void print(Output &output, const JobDetails &details, const jobjson::Format &format)
{
    const JobSummary &summary = details.result.summary;
    output.line(printable(u"Job %1  %2  %3"_s.arg(QString::number(summary.id), summary.name(), stint::toText(summary.state))));
    if (const Job *job = details.result.job()) {
        for (const QString &field : jobjson::jobFields()) {
            const QString text = jobjson::fieldText(*job, field, format);
            if (!text.isNull() && field != u"logs")
                printField(output, field, text);
        }
    } else {
        output.line(u"Only its summary is there: the archive of its month is missing."_s);
        output.line(printable(QString::fromUtf8(jobjson::toJson(summary, format))));
    }
    if (!details.waitingFor.isEmpty()) {
        section(output, u"Waiting for"_s);
        for (const WaitReason &reason : details.waitingFor)
            printField(output, u"  "_s + reason.code, reason.detail);
    }
    if (!details.result.attempts.isEmpty()) {
        section(output, u"Earlier attempts"_s);
        for (const JobAttempt &attempt : details.result.attempts)
            printField(output, u"  %1 %2"_s.arg(QString::number(attempt.attempt), stint::toText(attempt.outcome)),
                       attempt.error ? attempt.error->errorCode + u": "_s + attempt.error->message : QString());
    }
    if (!details.logs.isEmpty()) {
        section(output, u"Log"_s);
        for (const LogLine &line : details.logs)
            output.line(u"  "_s + toText(line));
    }
}

QString toText(const LogLine &line)
{
    static const Timestamp noDate;
    const QString date = line.date == noDate ? QString() : celltext::moment(line.date, SystemClock().now()) + u"  "_s;
    const QString level = line.level == LogLevel::Info ? QString() : stint::toText(line.level) + u": "_s;
    return date + level + printable(line.message);
}

} // namespace stint::cli
