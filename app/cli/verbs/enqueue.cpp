// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/enqueue.h"

#include "app/cli/bulkenqueue.h"
#include "app/cli/jsonscanner.h"
#include "app/cli/options.h"
#include "app/cli/requestnames.h"
#include "engine/jobqueue.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

bool addArgument(StringMap &args, const std::string &text)
{
    const QString pair = QString::fromStdString(text);
    const qsizetype equals = pair.indexOf(u'=');
    if (equals > 0)
        args.insert(pair.first(equals), pair.sliced(equals + 1));
    return equals > 0;
}

} // namespace

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
    addOptions();
    parser().add_flag("--force", m_job.force, "Also if the running host does not know the name");
    parser().add_flag("--json", m_json, "Write one JSON value: with --from-file an array");
}

void EnqueueVerb::addOptions()
{
    JobOptions &options = m_job.options;
    addText(parser(), "--worker", options.worker, "The worker: its jobs run one at a time")->type_name("W");
    addText(parser(), "--tag", options.tag, "A tag to find it by")->type_name("T");
    addText(parser(), "--batch", options.batchId, "The batch it belongs to")->type_name("B");
    addText(parser(), "--callback", options.callback, "The command that is run with the result")->type_name("C");
    addParsed(parser(), "--depends-on", options.dependsOn, value::id, "the id of a job", "Run after that job's success")->type_name("ID");
    addParsed(parser(), "--run-after", options.runAfter, value::moment, "a date such as 2026-08-22T10:00:00Z, or +10m",
              "Not before: an ISO date (UTC without a zone), or a duration from now such as +10m")
        ->type_name("ISO|+10m");
    addParsed(parser(), "--retry-limit", options.retryLimit, value::notNegative, "a whole number, 0 or more",
              "Retries after the first attempt")
        ->type_name("N");
    addParsed(parser(), "--timeout", options.timeout, value::timeout, "a duration in whole seconds such as 30s or 10m", "Of one attempt")
        ->type_name("30s");
    addParsed(
        parser(), "--backoff", options.backoff, [](const QString &text) { return RetryPolicy::parse(text); },
        "none, fixed:5s or exponential:1s..10m", "The wait before a retry: none, fixed:5s, exponential:1s..10m")
        ->type_name("HOW");
    addText(parser(), "--ref-id", options.refId, "A key of your own, unique in the store")->type_name("R");
    addText(parser(), "--reply-to", options.replyTo, "Where a webhook reports to")->type_name("U");
    addText(parser(), "--user", options.userId, "Run in that user's context")->type_name("U");
    addText(parser(), "--created-by", options.createdBy, "Who made it")->type_name("N");
    addParsed(parser(), "--parent", options.parentId, value::id, "the id of a job", "The job it belongs to, for the record")
        ->type_name("ID");
    addParsed(parser(), "--priority", options.priority, value::integer, "a whole number", "Higher runs first within its worker")
        ->type_name("N");
    addText(parser(), "--unique-key", options.uniqueKey, "While a job with this key is unfinished, that one is returned")->type_name("K");
    parser()
        .add_option_function<std::vector<std::string>>(
            "--arg",
            [&options](const std::vector<std::string> &pairs) {
                options.args = StringMap();
                for (const std::string &pair : pairs) {
                    if (!addArgument(*options.args, pair))
                        throw CLI::ValidationError("--arg", '"' + pair + "\" is not of the form key=value");
                }
            },
            "An argument; may come often")
        ->type_name("K=V")
        ->allow_extra_args(false);
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
