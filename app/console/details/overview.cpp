// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/overview.h"

#include "engine/clock.h"
#include "engine/jobjson.h"
#include "engine/store/jsoncolumn.h"
#include "models/displaytext.h"

#include <QCoreApplication>

namespace stint::overview {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(stint::Overview)
};

/// Leaves out what the job does not have.
class Fields
{
public:
    void add(const QString &name, const QString &value)
    {
        if (!value.isEmpty())
            list.append({name, value});
    }
    void addTime(const QString &name, const std::optional<Timestamp> &moment)
    {
        if (moment)
            list.append({name,
                         displaytext::shortTime(*moment, now),
                         {},
                         displaytext::fullTime(*moment) + QLatin1Char('\n') + displaytext::age(*moment, now)});
    }
    void addJob(const QString &name, std::optional<std::int64_t> id)
    {
        if (id)
            list.append({name, QString::number(*id), *id});
    }

    QList<FieldList::Field> list;
    Timestamp now = SystemClock().now();
};

void addOptions(Fields &fields, const Job &job)
{
    fields.add(Text::tr("Retry limit"), job.retryLimit ? QString::number(*job.retryLimit) : QString());
    fields.add(Text::tr("Time-out"), job.timeoutSecs ? displaytext::duration(std::chrono::seconds{*job.timeoutSecs}) : QString());
    fields.add(Text::tr("Backoff"), job.backoff);
    fields.add(Text::tr("Priority"), job.priority != 0 ? QString::number(job.priority) : QString());
    fields.add(Text::tr("Unique key"), job.uniqueKey);
    fields.add(Text::tr("Reply to"), maskedReplyTo(job.replyTo));
    fields.add(Text::tr("Arguments"), job.args ? QString::fromUtf8(jsoncolumn::toColumn(*job.args)) : QString());
    fields.add(Text::tr("Meta"), job.meta ? QString::fromUtf8(jsoncolumn::toColumn(*job.meta)) : QString());
    fields.add(Text::tr("Interruptions"), job.interruptions > 0 ? QString::number(job.interruptions) : QString());
    fields.add(Text::tr("Callback runs"), job.callbackAttempts > 0 ? QString::number(job.callbackAttempts) : QString());
    fields.add(Text::tr("Run id"), job.requestId);
}

} // namespace

std::optional<JobError> errorOf(const JobResult &result)
{
    if (const Job *job = result.job(); job && job->error)
        return job->error;
    if (result.summary.errorCode.isEmpty() && result.summary.errorMessage.isEmpty())
        return std::nullopt;
    return JobError{result.summary.errorCode, result.summary.errorMessage, {}, {}, {}};
}

QList<FieldList::Field> fields(const JobResult &result)
{
    Fields fields;
    const JobSummary &summary = result.summary;
    const Job *job = result.job();
    if (const auto error = errorOf(result))
        fields.add(Text::tr("Error"),
                   error->errorCode.isEmpty() ? error->message : error->errorCode + QStringLiteral(": ") + error->message);
    if (job && job->progress && !isFinished(job->state))
        fields.add(Text::tr("Progress"), QStringLiteral("%1 %  %2").arg(qRound(*job->progress * 100)).arg(job->status));
    else if (job)
        fields.add(Text::tr("Status"), job->status);
    fields.addTime(Text::tr("Created"), summary.createdDate);
    if (job) {
        fields.addTime(Text::tr("Run after"), job->runAfter);
        if (job->state == JobState::Queued && job->attempts > 1)
            fields.addTime(Text::tr("Next attempt"), job->dueDate);
        fields.addTime(Text::tr("Started"), job->startedDate);
        fields.add(Text::tr("Waited"), displaytext::jobWait(*job, fields.now));
        fields.addTime(isFinished(job->state) && job->state != JobState::Completed ? Text::tr("Ended") : Text::tr("Completed"),
                       displaytext::endOf(*job));
        fields.add(Text::tr("Duration"), displaytext::jobDuration(*job, fields.now));
        fields.addTime(Text::tr("Notified"), job->notifiedDate);
        fields.addTime(Text::tr("Cancel asked"), job->cancelRequested);
        fields.add(Text::tr("Attempts"), displaytext::attempts(*job));
        if (!isFinished(job->state))
            fields.addTime(Text::tr("Last activity"), job->lastActivityDate);
    } else {
        fields.addTime(Text::tr("Started"), summary.startedDate);
        fields.addTime(Text::tr("Completed"), summary.completedDate);
        fields.add(Text::tr("Attempts"), QString::number(summary.attempts));
        fields.add(Text::tr("Full row"), Text::tr("not in this store: only the summary is left"));
    }
    fields.add(Text::tr("Worker"), summary.worker);
    fields.add(Text::tr("Tag"), summary.tag);
    fields.add(Text::tr("Batch"), summary.batchId);
    fields.addJob(Text::tr("Parent"), summary.parentId);
    if (job)
        fields.addJob(Text::tr("Depends on"), job->dependsOn);
    fields.add(Text::tr("RefId"), summary.refId);
    fields.add(summary.requestType == requesttype::api ? Text::tr("API") : Text::tr("Command"), summary.name());
    fields.add(Text::tr("Request type"), displaytext::requestName(summary.request));
    fields.add(Text::tr("Result type"), summary.response);
    fields.add(Text::tr("Callback"), summary.callback);
    fields.add(Text::tr("User"), summary.userId);
    fields.add(Text::tr("Created by"), summary.createdBy);
    if (job)
        addOptions(fields, *job);
    return fields.list;
}

} // namespace stint::overview
