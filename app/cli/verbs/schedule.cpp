// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/schedule.h"

#include "app/cli/bulkenqueue.h"
#include "app/cli/celltext.h"
#include "app/cli/options.h"
#include "app/cli/scheduledetails.h"
#include "engine/clock.h"
#include "engine/jobqueue.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

ScheduleVerb::ScheduleVerb(CLI::App &app)
    : Verb(app, "schedule", "Run jobs by the clock: every so often, or by a cron expression")
    , m_add(parser())
    , m_list(parser())
    , m_show(parser())
    , m_remove(parser().add_subcommand("remove", "Forget a schedule; its jobs stay"))
    , m_pause(parser().add_subcommand("pause", "Run it no more until it is resumed"))
    , m_resume(parser().add_subcommand("resume", "Run it again, from its next time on"))
    , m_run(parser().add_subcommand("run", "Run it once now, beside its schedule"))
{
    parser().require_subcommand(1);
    for (CLI::App *action : {m_remove, m_pause, m_resume, m_run}) {
        addText(*action, "name", m_name, "The schedule")->type_name("NAME")->required();
        action->add_flag("--json", m_json, "Write a JSON value");
        action->fallthrough();
    }
    for (CLI::App *action : parser().get_subcommands({}))
        action->footer("");
}

int ScheduleVerb::run(const QString &location)
{
    for (Verb *verb : std::initializer_list<Verb *>{&m_add, &m_list, &m_show}) {
        if (verb->isChosen())
            return verb->run(location);
    }
    const auto store = JobQueue::openStore(location, OpenMode::ReadWrite);
    if (!store)
        return fail(store.error());
    if (m_remove->parsed())
        return remove(**store);
    return m_run->parsed() ? runNow(**store) : setPaused(**store, m_pause->parsed());
}

int ScheduleVerb::remove(JobStore &store) const
{
    const auto removed = waitFor<void>([&](auto done) { store.removeTask(m_name, done); });
    if (!removed)
        return fail(removed.error());
    if (!m_json)
        return say(u"removed"_s);
    Output output;
    output.write("{}\n");
    return output.finish(Done);
}

int ScheduleVerb::setPaused(JobStore &store, bool paused) const
{
    const auto task = waitFor<ScheduledTask>([&](auto done) { store.setTaskPaused(m_name, paused, done); });
    if (!task)
        return fail(task.error());
    const Timestamp now = SystemClock().now();
    if (!m_json)
        return say(paused ? u"paused"_s : u"next run "_s + celltext::moment(task->expectedRun(now), now));
    Output output;
    output.write(toJson(*task, now, {}) + '\n');
    return output.finish(Done);
}

int ScheduleVerb::runNow(JobStore &store) const
{
    const auto run = waitFor<TaskRun>([&](auto done) { store.runTask(m_name, done); });
    if (!run)
        return fail(run.error());
    if (run->jobs.isEmpty() && !m_json)
        return say(u"its host runs it"_s);
    Output output;
    output.write((run->jobs.isEmpty() ? QByteArrayLiteral("{}") : toJson(run->jobs.constFirst())) + '\n');
    return output.finish(Done);
}

int ScheduleVerb::say(const QString &what) const
{
    Output output;
    output.line(printable(u"%1: %2"_s.arg(m_name, what)));
    return output.finish(Done);
}

} // namespace stint::cli
