// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/scheduledetails.h"

#include "app/cli/celltext.h"
#include "app/cli/jsonobject.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

std::optional<QTimeZone> zoneOf(const ScheduledTask &task)
{
    return task.zone.isEmpty() ? std::nullopt : std::optional(QTimeZone(task.zone.toUtf8()));
}

QList<Timestamp> runsFrom(std::optional<Timestamp> run, const ScheduledTask &task, int count)
{
    QList<Timestamp> runs;
    const auto schedule = Schedule::of(task);
    while (schedule && run && runs.size() < count) {
        runs.append(*run);
        run = schedule->next(*run, *run);
    }
    return runs;
}

void printField(Output &output, const QString &name, const QString &text)
{
    output.line(name.leftJustified(20) + printable(text));
}

QByteArray toJson(const TaskOccurrence &occurrence)
{
    return JsonObject()
        .add("moment", std::optional(occurrence.moment))
        .add("outcome", QString(stint::toText(occurrence.outcome)))
        .add("recordedDate", std::optional(occurrence.recordedDate))
        .add("jobId", occurrence.jobId)
        .toJson();
}

/// `object` with further members.
QByteArray joined(const QByteArray &object, const JsonObject &more)
{
    return object.chopped(1) + ',' + more.toJson().sliced(1);
}

} // namespace

Result<ScheduleDetails> ScheduleDetails::of(const JobStore &store, const QString &name, int count, Timestamp now)
{
    const auto tasks = store.scheduledTasks();
    if (!tasks)
        return tasks.error();
    const auto task = std::ranges::find(*tasks, name, &ScheduledTask::name);
    if (task == tasks->end())
        return Error{ErrorCode::NotFound, u"there is no scheduled task \"%1\""_s.arg(name)};
    const auto occurrences = store.occurrences(task->id, count);
    if (!occurrences)
        return occurrences.error();
    return ScheduleDetails{*task, runsFrom(task->expectedRun(now), *task, count), *occurrences};
}

QByteArray toJson(const ScheduledTask &task, Timestamp now, const jobjson::Format &format)
{
    ScheduledTask stored = task;
    stored.enabled = true; // told below
    stored.nextRun.reset();
    JsonObject more;
    more.add("enabled", task.enabled).add("nextRun", task.expectedRun(now));
    if (task.lastJobState)
        more.add("lastJobState", QString(stint::toText(*task.lastJobState)));
    return joined(jobjson::toJson(stored, format), more);
}

QByteArray toJson(const ScheduleDetails &details, Timestamp now, const jobjson::Format &format)
{
    JsonObject more;
    if (const auto schedule = Schedule::of(details.task))
        more.add("description", schedule->describe());
    QByteArrayList runs;
    for (const Timestamp run : details.nextRuns)
        runs.append('"' + celltext::isoMoment(run, zoneOf(details.task)).toUtf8() + '"');
    QByteArrayList occurrences;
    for (const TaskOccurrence &occurrence : details.occurrences)
        occurrences.append(toJson(occurrence));
    more.addJson("nextRuns", '[' + runs.join(',') + ']').addJson("occurrences", '[' + occurrences.join(',') + ']');
    return joined(toJson(details.task, now, format), more);
}

void print(Output &output, const ScheduleDetails &details, const jobjson::Format &format)
{
    const ScheduledTask &task = details.task;
    output.line(printable(u"Schedule %1  %2"_s.arg(task.name, task.enabled ? u"active"_s : u"paused"_s)));
    if (const auto schedule = Schedule::of(task))
        printField(output, u"description"_s, schedule->describe());
    for (const QString &field : jobjson::taskFields()) {
        const QString text = jobjson::fieldText(task, field, format);
        if (!text.isNull())
            printField(output, field, text);
    }
    if (task.lastJobState)
        printField(output, u"lastJobState"_s, stint::toText(*task.lastJobState));
    if (!details.nextRuns.isEmpty())
        output.line(u"\nNext runs"_s);
    for (const Timestamp run : details.nextRuns)
        output.line(u"  "_s + celltext::isoMoment(run, zoneOf(task)));
    if (!details.occurrences.isEmpty())
        output.line(u"\nLast runs"_s);
    for (const TaskOccurrence &occurrence : details.occurrences)
        output.line(u"  %1  %2%3"_s.arg(celltext::isoMoment(occurrence.moment, zoneOf(task)), stint::toText(occurrence.outcome),
                                        occurrence.jobId ? u" as job %1"_s.arg(*occurrence.jobId) : QString()));
}

} // namespace stint::cli
