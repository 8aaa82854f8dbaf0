// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/enqueue.h"

#include "app/cli/bulkenqueue.h"
#include "app/cli/joboptions.h"
#include "app/cli/jsonscanner.h"
#include "app/cli/options.h"
#include "app/cli/requestnames.h"
#include "engine/jobqueue.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

EnqueueVerb::EnqueueVerb(CLI::App &app)
    : Verb(app, "enqueue", "Record a job, or many from a file; prints {\"id\", \"refId\"}")
{
    CLI::Option *name = addText(parser(), "name", m_job.name, "The command, or with --api the API's request type")->type_name("NAME");
    CLI::Option *body = parser()
                            .add_option_function<std::string>(
                                "request", [this](const std::string &text) { m_body = QByteArray::fromStdString(text); },
                                "The request as JSON, kept byte for byte (default {})")
                            ->type_name("JSON");
    CLI::Option *file = addText(parser(), "--from-file", m_file,
                                "JSON lines {\"name\" or \"api\", \"request\", and options in camelCase}; - is standard input")
                            ->type_name("FILE");
    CLI::Option *api = parser().add_flag("--api", m_job.isApi, "NAME is an API");
    for (CLI::Option *option : {name, body, api})
        file->excludes(option);
    addJobOptions(parser(), m_job.options);
    addOneJobOptions(parser(), m_job.options);
    parser().add_flag("--force", m_job.force, "Also if the running host does not know the name");
    parser().add_flag("--json", m_json, "Write one JSON value: with --from-file an array");
}

int EnqueueVerb::run(const QString &location)
{
    if (!m_file.isEmpty())
        return enqueueFile(location);
    if (m_job.name.isEmpty())
        return fail(u"enqueue: the name of a command is missing (or --from-file)"_s, BadUsage);
    return enqueueOne(location);
}

int EnqueueVerb::enqueueOne(const QString &location)
{
    if (m_body) {
        if (auto valid = jsonscanner::check(*m_body); !valid)
            return fail(u"the request is not JSON: "_s + valid.error().message, BadUsage);
        m_job.requestBody = *m_body;
    }
    const auto store = JobQueue::openStore(location, OpenMode::Create);
    if (!store)
        return fail(store.error());
    RequestNames(**store).fill(m_job);
    EnqueueRequest request;
    request.jobs.push_back(m_job);
    const auto refs = waitFor<QList<JobRef>>([&](auto done) { (*store)->enqueue(std::move(request), done); });
    if (!refs)
        return fail(refs.error());
    m_output.write(toJson(refs->constFirst()) + '\n');
    return m_output.finish(Done);
}

int EnqueueVerb::enqueueFile(const QString &location)
{
    if (!m_job.options.refId.isEmpty())
        return fail(u"--ref-id: the jobs of a file need a \"refId\" each"_s, BadUsage);
    BulkEnqueue bulk(m_file, m_job);
    if (auto checked = bulk.checkLines(); !checked)
        return fail(checked.error());
    const auto store = JobQueue::openStore(location, OpenMode::Create);
    if (!store)
        return fail(store.error());
    if (auto checked = bulk.checkAgainst(**store); !checked)
        return fail(checked.error().message);

    bool isFirst = true;
    const auto enqueued = bulk.run(**store, [&](const QList<JobRef> &refs) {
        for (const JobRef &ref : refs) {
            if (m_json)
                m_output.write(isFirst ? "[" : ",\n");
            m_output.write(toJson(ref));
            m_output.write(m_json ? "" : "\n");
            isFirst = false;
        }
        m_output.flush();
    });
    if (m_json)
        m_output.write(isFirst ? "[]\n" : "]\n");
    const int code = m_output.finish(Done);
    return enqueued ? code : fail(enqueued.error().message);
}

} // namespace stint::cli
