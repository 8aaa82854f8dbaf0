// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/schedulelooks.h"

#include "app/cli/jobtable.h"
#include "app/cli/jsonobject.h"
#include "app/cli/options.h"
#include "app/cli/scheduledetails.h"
#include "engine/clock.h"
#include "engine/jobqueue.h"

namespace stint::cli {

ScheduleListVerb::ScheduleListVerb(CLI::App &schedule)
    : Verb(schedule, "list", "What is scheduled, and when each runs next")
{
    parser().add_flag("--json", m_json, "Write a JSON array");
    parser().add_flag("--reveal", m_reveal, "Show the credentials in replyTo");
    parser().fallthrough();
}

int ScheduleListVerb::run(const QString &location)
{
    const auto store = JobQueue::openStore(location, OpenMode::ReadOnly);
    if (!store)
        return fail(store.error());
    const auto tasks = (*store)->scheduledTasks();
    if (!tasks)
        return fail(tasks.error());
    const Timestamp now = SystemClock().now();
    Output output;
    if (m_json) {
        QByteArrayList rows;
        for (const ScheduledTask &task : *tasks)
            rows.append(toJson(task, now, {{}, m_reveal}));
        output.write(toJsonArray(rows) + '\n');
        return output.finish(Done);
    }
    TextTable table(output, jobtable::taskHeadings());
    for (const ScheduledTask &task : *tasks)
        table.add(jobtable::cells(task, now));
    table.finish();
    return output.finish(Done);
}

ScheduleShowVerb::ScheduleShowVerb(CLI::App &schedule)
    : Verb(schedule, "show", "All about one, with its next runs and its last")
{
    addText(parser(), "name", m_name, "The schedule")->type_name("NAME")->required();
    addParsed(parser(), "--next", m_count, value::positive, "a number from 1", "So many of each (default 5)")->type_name("N");
    parser().add_flag("--json", m_json, "Write a JSON value");
    parser().add_flag("--reveal", m_reveal, "Show the credentials in replyTo");
    parser().fallthrough();
}

int ScheduleShowVerb::run(const QString &location)
{
    const auto store = JobQueue::openStore(location, OpenMode::ReadOnly);
    if (!store)
        return fail(store.error());
    const Timestamp now = SystemClock().now();
    const auto details = ScheduleDetails::of(**store, m_name, m_count, now);
    if (!details)
        return fail(details.error());
    const jobjson::Format format{{}, m_reveal};
    Output output;
    if (m_json)
        output.write(toJson(*details, now, format) + '\n');
    else
        print(output, *details, format);
    return output.finish(Done);
}

} // namespace stint::cli
