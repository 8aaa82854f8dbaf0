// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/taskdetails.h"

#include "app/console/details/bodyview.h"
#include "app/console/details/fieldlist.h"
#include "app/console/details/runlist.h"
#include "engine/clock.h"
#include "engine/jobjson.h"
#include "engine/store/jsoncolumn.h"
#include "models/displaytext.h"

namespace stint {

namespace {

QList<FieldList::Field> fieldsOfOptions(const TaskOptions &options)
{
    return {
        {TaskDetails::tr("Worker"), options.worker},
        {TaskDetails::tr("Tag"), options.tag},
        {TaskDetails::tr("Retry limit"), options.retryLimit ? QString::number(*options.retryLimit) : QString()},
        {TaskDetails::tr("Back-off"), options.backoff},
        {TaskDetails::tr("Time-out"), options.timeoutSecs ? displaytext::duration(std::chrono::seconds{*options.timeoutSecs}) : QString()},
        {TaskDetails::tr("Priority"), options.priority ? QString::number(*options.priority) : QString()},
        {TaskDetails::tr("Callback"), options.callback},
        {TaskDetails::tr("User"), options.userId},
        {TaskDetails::tr("Batch"), options.batchId},
        {TaskDetails::tr("Unique key"), options.uniqueKey},
        {TaskDetails::tr("Created by"), options.createdBy},
        {TaskDetails::tr("Reply to"), maskedReplyTo(options.replyTo)},
        {TaskDetails::tr("Arguments"), options.args ? QString::fromUtf8(jsoncolumn::toColumn(*options.args)) : QString()}};
}

QList<FieldList::Field> fieldsOf(const ScheduledTask &task, bool ours)
{
    const bool isCron = !task.cronExpression.isEmpty();
    const auto next = task.expectedRun(SystemClock().now());
    QList<FieldList::Field> fields{
        {TaskDetails::tr("Schedule"), TaskDetails::tr("%1  (id %2)").arg(task.name).arg(task.id)},
        {TaskDetails::tr("Problem"), task.problem},
        {TaskDetails::tr("Runs"), displaytext::scheduleOf(task)},
        {TaskDetails::tr("Cron expression"), task.cronExpression},
        {TaskDetails::tr("Time zone"),
         !isCron                   ? QString()
             : task.zone.isEmpty() ? QStringLiteral("UTC")
                                   : task.zone},
        {TaskDetails::tr("Next run"),
         !task.enabled ? TaskDetails::tr("paused")
             : next    ? displaytext::fullTime(*next)
                       : QString()},
        {TaskDetails::tr("Last run"), task.lastRun ? displaytext::fullTime(*task.lastRun) : TaskDetails::tr("never")},
        {TaskDetails::tr("Last result"), task.lastJobState ? displaytext::stateWord(*task.lastJobState) : QString()},
        {TaskDetails::tr("Last job"), task.lastJobId ? QString::number(*task.lastJobId) : QString(), task.lastJobId},
        {task.isApi() ? TaskDetails::tr("API") : TaskDetails::tr("Command"), task.jobName()},
        {TaskDetails::tr("Missed runs"), ours ? displaytext::missedRuns(task.missedRuns) : QString()},
        {TaskDetails::tr("Overlap"), task.noOverlap ? TaskDetails::tr("none: passed over while the last run is unfinished") : QString()},
        {TaskDetails::tr("Recorded"), task.isTransient() ? TaskDetails::tr("no: runs are not stored as jobs") : QString()}};
    if (task.options)
        fields += fieldsOfOptions(*task.options);
    fields.removeIf([](const FieldList::Field &field) { return field.value.isEmpty(); });
    return fields;
}

} // namespace

TaskDetails::TaskDetails(QWidget *parent)
    : QSplitter(parent)
    , m_fields(new FieldList(this))
    , m_runs(new RunList(this))
    , m_request(new BodyView(tr("Request"), this))
{
    for (QWidget *part : std::initializer_list<QWidget *>{m_fields, m_runs, m_request})
        addWidget(part);
    setChildrenCollapsible(false);
    setHandleWidth(7);
    setSizes({3'000, 4'000, 3'000}); // in these proportions
    connect(m_fields, &FieldList::openJob, this, &TaskDetails::openJob);
}

void TaskDetails::setTask(const ScheduledTask &task, bool ours)
{
    m_fields->setFields(fieldsOf(task, ours));
    m_runs->setPreview(RunPreview::of(task, SystemClock().now()), task.zone, !task.enabled);
    m_request->setBody(displaytext::requestName(task.request), task.requestBody);
}

} // namespace stint
