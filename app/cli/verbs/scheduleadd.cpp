// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/scheduleadd.h"

#include "app/cli/celltext.h"
#include "app/cli/joboptions.h"
#include "app/cli/jsonscanner.h"
#include "app/cli/options.h"
#include "app/cli/requestnames.h"
#include "app/cli/scheduledetails.h"
#include "engine/clock.h"
#include "engine/jobqueue.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

ScheduleAddVerb::ScheduleAddVerb(CLI::App &parent)
    : Verb(parent, "add", "Register a schedule, or change the one of that name")
{
    addText(parser(), "name", m_name, "The schedule's name, unique in the store")->type_name("NAME")->required();
    parser()
        .add_option_function<std::string>(
            "request", [this](const std::string &text) { m_body = QByteArray::fromStdString(text); },
            "The request as JSON, kept byte for byte (default {})")
        ->type_name("JSON");
    CLI::Option *const command = addText(parser(), "--command", m_job.name, "The command to run")->type_name("C");
    CLI::Option *const api = addText(parser(), "--api", m_api, "The API to run, by its request type")->type_name("A")->excludes(command);
    CLI::Option *const cron
        = addText(parser(), "--cron", m_cron, "When: five fields, six with seconds, or a macro such as @daily")->type_name("EXPR");
    addText(parser(), "--zone", m_zone, "The time zone of the expression instead of UTC")->type_name("TZ")->needs(cron);
    addParsed(parser(), "--format", m_format, value::cronFormat, "auto, standard or seconds",
              "auto (default), standard (five fields), seconds (six)")
        ->type_name("FORMAT")
        ->needs(cron);
    addParsed(parser(), "--every", m_interval, value::interval, "a duration from 100ms, such as 30s or 10m",
              "So often instead, the first time at once")
        ->type_name("30s")
        ->excludes(cron);
    parser().add_flag("--start-now", m_startNow, "The first run at once, not at the next time of the expression")->needs(cron);
    addParsed(
        parser(), "--missed", m_missedRuns, [](const QString &text) { return MissedRuns::parse(text); },
        "once, skip or catch-up:N with N from 1 to 1000",
        "Runs that no host lived for: one for them all (once, the default), none (skip), the newest N (catch-up:N)")
        ->type_name("HOW");
    parser().add_flag("--no-overlap", m_noOverlap, "Pass over a run while the last one is unfinished");
    parser().add_flag("--transient", m_transient, "Run without recording a job")->excludes(api);
    parser().add_flag("--paused", m_paused, "Do not run it until it is resumed");
    addJobOptions(parser(), m_job.options);
    parser().add_flag("--force", m_job.force, "Also if the running host does not know the name");
    parser().add_flag("--json", m_json, "Write the schedule as a JSON value");
    parser().fallthrough();
}

Result<Schedule> ScheduleAddVerb::when() const
{
    return m_interval ? Result<Schedule>(Schedule::every(*m_interval)) : Schedule::cron(m_cron, m_zone, m_format);
}

int ScheduleAddVerb::run(const QString &location)
{
    if (m_job.name.isEmpty() && m_api.isEmpty())
        return fail(u"schedule add: say what to run: --command C or --api A"_s, BadUsage);
    if (m_cron.isEmpty() && !m_interval)
        return fail(u"schedule add: say when: --cron EXPR or --every 30s"_s, BadUsage);
    if (m_body) {
        if (auto valid = jsonscanner::check(*m_body); !valid)
            return fail(u"the request is not JSON: "_s + valid.error().message, BadUsage);
        m_job.requestBody = *m_body;
    }
    const auto schedule = when();
    if (!schedule)
        return fail(schedule.error());
    if (!m_api.isEmpty()) {
        m_job.name = m_api;
        m_job.isApi = true;
    }
    const auto store = JobQueue::openStore(location, OpenMode::Create);
    if (!store)
        return fail(store.error());
    RequestNames(**store).fill(m_job);
    const NewTask task{.name = m_name,
                       .schedule = *schedule,
                       .job = m_job,
                       .missedRuns = m_missedRuns,
                       .noOverlap = m_noOverlap,
                       .transient = m_transient,
                       .startNow = m_startNow,
                       .paused = m_paused ? std::optional(true) : std::nullopt};
    const auto saved = waitFor<ScheduledTask>([&](auto done) { (*store)->saveTask(task, done); });
    if (!saved)
        return fail(saved.error());
    const Timestamp now = SystemClock().now();
    Output output;
    if (m_json) {
        output.write(toJson(*saved, now, {}) + '\n');
        return output.finish(Done);
    }
    const auto next = saved->expectedRun(now);
    output.line(printable(
        u"%1: %2, %3"_s.arg(saved->name, schedule->describe(), next ? u"next run "_s + celltext::moment(next, now) : u"paused"_s)));
    return output.finish(Done);
}

} // namespace stint::cli
