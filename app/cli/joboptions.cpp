// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/joboptions.h"

#include "app/cli/options.h"

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

void addJobOptions(CLI::App &parser, JobOptions &options)
{
    addText(parser, "--worker", options.worker, "The worker: its jobs run one at a time")->type_name("W");
    addText(parser, "--tag", options.tag, "A tag to find it by")->type_name("T");
    addText(parser, "--batch", options.batchId, "The batch it belongs to")->type_name("B");
    addText(parser, "--callback", options.callback, "The command that is run with the result")->type_name("C");
    addParsed(parser, "--retry-limit", options.retryLimit, value::notNegative, "a whole number, 0 or more",
              "Retries after the first attempt")
        ->type_name("N");
    addParsed(parser, "--timeout", options.timeout, value::timeout, "a duration in whole seconds such as 30s or 10m", "Of one attempt")
        ->type_name("30s");
    addParsed(
        parser, "--backoff", options.backoff, [](const QString &text) { return RetryPolicy::parse(text); },
        "none, fixed:5s or exponential:1s..10m", "The wait before a retry: none, fixed:5s, exponential:1s..10m")
        ->type_name("HOW");
    addText(parser, "--reply-to", options.replyTo, "Where a webhook reports to")->type_name("U");
    addText(parser, "--user", options.userId, "Run in that user's context")->type_name("U");
    addText(parser, "--created-by", options.createdBy, "Who made it")->type_name("N");
    addParsed(parser, "--priority", options.priority, value::integer, "a whole number", "Higher runs first within its worker")
        ->type_name("N");
    addText(parser, "--unique-key", options.uniqueKey, "While a job with this key is unfinished, that one is returned")->type_name("K");
    parser
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

void addOneJobOptions(CLI::App &parser, JobOptions &options)
{
    addParsed(parser, "--depends-on", options.dependsOn, value::id, "the id of a job", "Run after that job's success")->type_name("ID");
    addParsed(parser, "--run-after", options.runAfter, value::moment, "a date such as 2026-08-22T10:00:00Z, or +10m",
              "Not before: an ISO date (UTC without a zone), or a duration from now such as +10m")
        ->type_name("ISO|+10m");
    addText(parser, "--ref-id", options.refId, "A key of your own, unique in the store")->type_name("R");
    addParsed(parser, "--parent", options.parentId, value::id, "the id of a job", "The job it belongs to, for the record")->type_name("ID");
}

} // namespace stint::cli
