// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/worker.h"

#include "app/cli/celltext.h"
#include "app/cli/jsonobject.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "engine/clock.h"
#include "engine/jobqueue.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

QByteArray toJson(const WorkerInfo &worker)
{
    return JsonObject()
        .add("name", worker.name.isEmpty() ? QString() : worker.name)
        .add("paused", worker.paused)
        .add("queued", worker.queued)
        .add("running", worker.running)
        .add("runningJob", worker.runningJob)
        .add("runningSince", worker.runningSince)
        .add("received", worker.received)
        .add("completed", worker.completed)
        .add("retries", worker.retries)
        .add("failed", worker.failed)
        .add("cancelled", worker.cancelled)
        .add("lastActivity", worker.lastActivity)
        .toJson();
}

QList<TextTable::Cell> cells(const WorkerInfo &worker, Timestamp now)
{
    const TextTable::Cell state = worker.paused ? TextTable::Cell{u"paused"_s, Tint::Bad}
        : worker.running > 0                    ? TextTable::Cell{u"running"_s, Tint::Busy}
                                                : TextTable::Cell{u"idle"_s, Tint::None};
    const QString queued = QString::number(worker.queued) + (worker.queued >= JobCounts::countLimit ? u"+"_s : u""_s);
    return {{worker.name.isEmpty() ? u"(unnamed)"_s : worker.name},
            state,
            {worker.runningJob ? QString::number(*worker.runningJob) : QString()},
            {celltext::between(worker.runningSince, now)},
            {queued},
            {QString::number(worker.received)},
            {QString::number(worker.completed)},
            {QString::number(worker.retries)},
            {QString::number(worker.failed)},
            {celltext::moment(worker.lastActivity, now)}};
}

} // namespace

WorkerVerb::WorkerVerb(CLI::App &app)
    : Verb(app, "worker", "Show the workers; pause and resume one")
    , m_list(parser().add_subcommand("list", "What each worker does and has done"))
    , m_pause(parser().add_subcommand("pause", "Start no more jobs of a worker until it is resumed"))
    , m_resume(parser().add_subcommand("resume", "Start the jobs of a worker again"))
{
    parser().require_subcommand(1);
    m_list->add_flag("--json", m_json, "Write a JSON array");
    for (CLI::App *action : {m_pause, m_resume}) {
        CLI::Option *name = addText(*action, "name", m_name, "The worker")->type_name("NAME");
        action->add_flag("--unnamed", m_unnamed, "The jobs without worker")->excludes(name);
        action->add_flag("--json", m_json, "Write a JSON value");
    }
    for (CLI::App *action : {m_list, m_pause, m_resume})
        action->fallthrough();
}

int WorkerVerb::run(const QString &location)
{
    if (!m_list->parsed() && !m_unnamed && m_name.isEmpty())
        return fail(u"worker: say which one, by its name or --unnamed"_s, BadUsage);
    const auto store = JobQueue::openStore(location, m_list->parsed() ? OpenMode::ReadOnly : OpenMode::ReadWrite);
    if (!store)
        return fail(store.error());
    return m_list->parsed() ? list(**store) : setPaused(**store, m_pause->parsed());
}

int WorkerVerb::list(const JobStore &store) const
{
    const auto workers = store.workers();
    if (!workers)
        return fail(workers.error());
    Output output;
    if (m_json) {
        QByteArrayList rows;
        for (const WorkerInfo &worker : *workers)
            rows.append(toJson(worker));
        output.write(toJsonArray(rows) + '\n');
        return output.finish(Done);
    }
    TextTable table(output,
                    {{u"NAME"_s},
                     {u"STATE"_s},
                     {u"JOB"_s, true},
                     {u"RUNNING FOR"_s, true},
                     {u"QUEUED"_s, true},
                     {u"RECEIVED"_s, true},
                     {u"COMPLETED"_s, true},
                     {u"RETRIES"_s, true},
                     {u"FAILED"_s, true},
                     {u"LAST ACTIVITY"_s}});
    const Timestamp now = SystemClock().now();
    for (const WorkerInfo &worker : *workers)
        table.add(cells(worker, now));
    table.finish();
    return output.finish(Done);
}

int WorkerVerb::setPaused(JobStore &store, bool paused) const
{
    const auto done = waitFor<void>([&](auto completion) { store.setWorkerPaused(m_name, paused, completion); });
    if (!done)
        return fail(done.error());
    Output output;
    if (m_json) {
        output.write(JsonObject().add("name", m_name).add("paused", paused).toJson() + '\n');
    } else {
        output.line(printable(u"%1: %2"_s.arg(m_unnamed ? u"(unnamed)"_s : m_name, paused ? u"paused"_s : u"resumed"_s)));
    }
    return output.finish(Done);
}

} // namespace stint::cli
