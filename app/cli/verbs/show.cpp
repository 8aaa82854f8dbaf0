// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/show.h"

#include "app/cli/celltext.h"
#include "app/cli/jobdetails.h"
#include "app/cli/jobfollower.h"
#include "app/cli/options.h"
#include "engine/jobqueue.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

constexpr int linesAtOnce = 1000;

Result<QList<LogLine>> allLines(const JobStore &store, std::int64_t jobId)
{
    QList<LogLine> all;
    while (true) {
        const auto lines = store.logs(jobId, all.isEmpty() ? 0 : all.constLast().id, linesAtOnce);
        if (!lines)
            return lines.error();
        all += *lines;
        if (lines->size() < linesAtOnce)
            return all;
    }
}

} // namespace

ShowVerb::ShowVerb(CLI::App &app)
    : Verb(app, "show", "Show all that is known about a job")
{
    addText(parser(), "job", m_key, "Its id or RefId")->type_name("ID|REFID")->required();
    parser().add_flag("--json", m_json,
                      "Write {summary, queued|completed|failed, waitingFor, attempts, logs}; with --follow once it has ended");
    parser().add_flag("--follow", m_follow, "Print its log until it has ended; exit 1 unless it ended with success");
    parser().add_flag("--reveal", m_reveal, "Show the credentials in replyTo");
}

Result<std::optional<JobResult>> ShowVerb::find(const JobStore &store) const
{
    if (const auto id = value::id(m_key)) {
        auto byId = store.find(*id);
        if (!byId || *byId)
            return byId;
    }
    return store.find(m_key);
}

int ShowVerb::run(const QString &location)
{
    const auto store = JobQueue::openStore(location, OpenMode::ReadOnly);
    if (!store)
        return fail(store.error());
    const auto job = find(**store);
    if (!job)
        return fail(job.error());
    if (!*job)
        return fail(u"there is no job %1"_s.arg(m_key));
    if (!m_follow)
        return print(**store, **job);

    const auto ended = JobFollower(**store, m_json ? nullptr : &m_output).follow((*job)->summary.id);
    if (!ended)
        return fail(ended.error());
    if (m_json) {
        if (const int code = print(**store, *ended); code != Done)
            return code;
    } else {
        m_output.line(
            u"%1 in %2"_s.arg(toText(ended->summary.state), celltext::duration(std::chrono::milliseconds(ended->summary.durationMs))));
    }
    return m_output.finish(ended->summary.state == JobState::Completed ? Done : Refused);
}

int ShowVerb::print(const JobStore &store, const JobResult &job)
{
    JobDetails details{.result = job, .waitingFor = {}, .logs = {}};
    if (job.queued && !isFinished(job.queued->state)) {
        auto reasons = store.waitingFor(*job.queued);
        if (!reasons)
            return fail(reasons.error());
        details.waitingFor = *reasons;
    }
    auto lines = allLines(store, job.summary.id);
    if (!lines)
        return fail(lines.error());
    details.logs = *lines;

    const jobjson::Format format{{}, m_reveal};
    if (m_json)
        m_output.write(toJson(details, format) + '\n');
    else
        cli::print(m_output, details, format);
    return m_output.finish(Done);
}

} // namespace stint::cli
