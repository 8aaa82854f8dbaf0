// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/requeue.h"

#include "app/cli/actionreport.h"
#include "app/cli/jsonscanner.h"
#include "app/cli/output.h"
#include "engine/jobqueue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::cli {

RequeueVerb::RequeueVerb(CLI::App &app)
    : Verb(app, "requeue", "Run finished jobs again, by id or all that match")
{
    addIds(parser(), m_ids);
    m_filter.addTo(parser());
    m_filter.addMonthTo(parser());
    parser()
        .add_option_function<std::string>(
            "--edit", [this](const std::string &text) { m_edit = QByteArray::fromStdString(text); },
            "Run them with this request instead of their own")
        ->type_name("JSON");
    parser().add_flag("--json", m_json, "Write a JSON array of {id, done, code, detail}");
}

int RequeueVerb::run(const QString &location)
{
    const JobFilter &filter = m_filter.filter;
    const bool byFilter = !filter.isEmpty() || m_filter.month;
    if (m_ids.empty() != byFilter || (byFilter && filter.states.isEmpty()))
        return fail(u"requeue: say which jobs, by ids or by --state (with --month, --worker, --name, --tag or --batch)"_s, BadUsage);
    if (!std::all_of(filter.states.begin(), filter.states.end(), isFinished))
        return fail(u"--state: only Failed, Cancelled and Completed jobs can be requeued"_s, BadUsage);
    if (m_edit) {
        if (auto valid = jsonscanner::check(*m_edit); !valid)
            return fail(u"--edit: "_s + valid.error().message, BadUsage);
    }

    const auto store = JobQueue::openStore(location, OpenMode::ReadWrite);
    if (!store)
        return fail(store.error());
    JobSelection selection{.ids = QList<std::int64_t>(m_ids.begin(), m_ids.end()), .month = m_filter.month};
    if (byFilter)
        selection.filter = filter;
    return reportActions(waitFor<QList<ActionResult>>([&](auto done) { (*store)->requeue(selection, {m_edit}, done); }), m_json);
}

} // namespace stint::cli
