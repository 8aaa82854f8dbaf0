// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/cancel.h"

#include "app/cli/actionreport.h"
#include "app/cli/output.h"
#include "engine/jobqueue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::cli {

CancelVerb::CancelVerb(CLI::App &app)
    : Verb(app, "cancel", "Cancel jobs by id, or all that match: a running one is asked to stop")
{
    addIds(parser(), m_ids);
    m_filter.addTo(parser());
    parser().add_flag("--json", m_json, "Write a JSON array of {id, done, code, detail}");
}

int CancelVerb::run(const QString &location)
{
    const JobFilter &filter = m_filter.filter;
    if (m_ids.empty() == filter.isEmpty())
        return fail(u"cancel: say which jobs, by ids or by --state, --worker, --name, --tag or --batch"_s, BadUsage);
    if (std::any_of(filter.states.begin(), filter.states.end(), isFinished))
        return fail(u"--state: finished jobs cannot be cancelled"_s, BadUsage);

    const auto store = JobQueue::openStore(location, OpenMode::ReadWrite);
    if (!store)
        return fail(store.error());
    JobSelection selection{.ids = QList<std::int64_t>(m_ids.begin(), m_ids.end())};
    if (!filter.isEmpty())
        selection.filter = filter;
    return reportActions(waitFor<QList<ActionResult>>([&](auto done) { (*store)->cancel(selection, done); }), m_json);
}

} // namespace stint::cli
