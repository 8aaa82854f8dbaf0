// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jobtable.h"

#include "app/cli/celltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::cli::jobtable {

namespace {

using Cell = TextTable::Cell;

struct Column {
    TextTable::Heading heading;
    Cell (*cell)(const Job &job, Timestamp now);
};

Cell took(const Job &job)
{
    return {isFinished(job.state) ? celltext::duration(std::chrono::milliseconds(job.durationMs)) : QString()};
}

Cell message(const Job &job)
{
    return {job.error ? job.error->message.section(u'\n', 0, 0) : QString()};
}

QString progress(const Job &job)
{
    if (job.unknownCommand)
        return u"no host knows it"_s;
    const QString sign = job.progress ? u""_s : u"~"_s;
    const auto fraction = job.progress ? job.progress : job.estimatedProgress;
    const QString percent = fraction ? sign + QString::number(*fraction * 100, 'f', 0) + u'%' : QString();
    return percent + (percent.isEmpty() || job.status.isEmpty() ? u""_s : u" "_s) + job.status;
}

const Column state{{u"STATE"_s}, [](const Job &job, Timestamp) { return celltext::state(job.state); }};
const Column id{{u"ID"_s, true}, [](const Job &job, Timestamp) { return Cell{QString::number(job.id)}; }};
const Column name{{u"NAME"_s}, [](const Job &job, Timestamp) { return Cell{job.name()}; }};
const Column worker{{u"WORKER"_s}, [](const Job &job, Timestamp) { return Cell{job.worker}; }};
const Column tag{{u"TAG"_s}, [](const Job &job, Timestamp) { return Cell{job.tag}; }};
const Column created{{u"CREATED"_s}, [](const Job &job, Timestamp now) { return Cell{celltext::moment(job.createdDate, now)}; }};
const Column started{{u"STARTED"_s}, [](const Job &job, Timestamp now) { return Cell{celltext::moment(job.startedDate, now)}; }};
const Column completed{{u"COMPLETED"_s}, [](const Job &job, Timestamp now) { return Cell{celltext::moment(job.completedDate, now)}; }};
const Column waited{{u"WAITED"_s, true}, [](const Job &job, Timestamp now) {
                        return Cell{celltext::between(job.createdDate, job.startedDate ? *job.startedDate : now)};
                    }};
const Column duration{{u"DURATION"_s, true}, [](const Job &job, Timestamp) { return took(job); }};
const Column attempts{{u"ATTEMPTS"_s, true}, [](const Job &job, Timestamp) { return Cell{QString::number(job.attempts)}; }};
const Column errorCode{{u"ERROR CODE"_s}, [](const Job &job, Timestamp) { return Cell{job.errorCode, Tint::Bad}; }};
const Column errorMessage{{u"MESSAGE"_s}, [](const Job &job, Timestamp) { return message(job); }};

QList<Column> columns(Pane pane)
{
    static const QList<Column> queue{
        state,
        id,
        {{u"PROGRESS"_s},
         [](const Job &job, Timestamp) {
             return Cell{progress(job), job.unknownCommand ? Tint::Bad : Tint::None};
         }},
        name,
        worker,
        tag,
        {{u"RUN AFTER"_s}, [](const Job &job, Timestamp now) { return Cell{celltext::moment(job.runAfter, now)}; }},
        created,
        waited,
        attempts};
    static const QList<Column> all{state, id, name, worker, tag, created, completed, duration, attempts, {{u"ERROR"_s}, errorMessage.cell}};
    static const QList<Column> finished{
        id,      name,   worker,   tag,      created,
        started, waited, duration, attempts, {{u"RESPONSE"_s}, [](const Job &job, Timestamp) { return Cell{job.response}; }}};
    static const QList<Column> failed{state,
                                      id,
                                      name,
                                      errorCode,
                                      errorMessage,
                                      worker,
                                      created,
                                      {{u"FAILED AT"_s},
                                       [](const Job &job, Timestamp now) {
                                           return Cell{celltext::moment(job.completedDate ? job.completedDate : job.lastActivityDate, now)};
                                       }},
                                      {{u"ATTEMPTS"_s, true},
                                       [](const Job &job, Timestamp) {
                                           return Cell{job.retryLimit ? u"%1/%2"_s.arg(job.attempts).arg(*job.retryLimit + 1)
                                                                      : QString::number(job.attempts)};
                                       }},
                                      duration};
    switch (pane) {
    case Pane::Queue: break;
    case Pane::All: return all;
    case Pane::Completed: return finished;
    case Pane::Failed: return failed;
    }
    return queue;
}

} // namespace

QList<TextTable::Heading> headings(Pane pane)
{
    QList<TextTable::Heading> headings;
    for (const Column &column : columns(pane))
        headings.append(column.heading);
    return headings;
}

QList<Cell> cells(Pane pane, const Job &job, Timestamp now)
{
    QList<Cell> cells;
    for (const Column &column : columns(pane))
        cells.append(column.cell(job, now));
    return cells;
}

QList<TextTable::Heading> taskHeadings()
{
    return {{u"ID"_s, true}, {u"NAME"_s},           {u"SCHEDULE"_s}, {u"NEXT RUN"_s}, {u"LAST RUN"_s},
            {u"RESULT"_s},   {u"LAST JOB"_s, true}, {u"RUNS"_s},     {u"PROBLEM"_s}};
}

QList<Cell> cells(const ScheduledTask &task, Timestamp now)
{
    const auto schedule = Schedule::of(task);
    const QString text = schedule ? schedule->toText()
        : task.interval           ? u"every "_s + celltext::duration(std::chrono::duration_cast<std::chrono::milliseconds>(*task.interval))
                                  : task.cronExpression;
    return {{QString::number(task.id)},
            {task.name},
            {text},
            task.enabled ? Cell{celltext::moment(task.expectedRun(now), now)} : Cell{u"paused"_s, Tint::Dim},
            {celltext::moment(task.lastRun, now)},
            task.lastJobState ? celltext::state(*task.lastJobState) : Cell{},
            {task.lastJobId ? QString::number(*task.lastJobId) : QString()},
            {task.jobName()},
            {task.problem.section(u'\n', 0, 0), Tint::Bad}};
}

} // namespace stint::cli::jobtable
