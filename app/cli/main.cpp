// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/output.h"
#include "app/cli/verbs/bench.h"
#include "app/cli/verbs/cancel.h"
#include "app/cli/verbs/check.h"
#include "app/cli/verbs/cron.h"
#include "app/cli/verbs/enqueue.h"
#include "app/cli/verbs/export.h"
#include "app/cli/verbs/host.h"
#include "app/cli/verbs/list.h"
#include "app/cli/verbs/prune.h"
#include "app/cli/verbs/requeue.h"
#include "app/cli/verbs/schedule.h"
#include "app/cli/verbs/show.h"
#include "app/cli/verbs/stats.h"
#include "app/cli/verbs/worker.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <clocale>

using namespace Qt::StringLiterals;
using namespace stint::cli;

namespace {

constexpr auto footer
    = R"(The store is the folder that --db or STINT_DB names: jobs.db and one jobs_YYYY-MM.db for each month's finished jobs.
Exit codes: 0 done, 1 refused or failed, 2 bad usage.

  stint --db jobs enqueue RunProcess '{"program":"sha256sum","arguments":["README.md"]}'
  stint --db jobs host --drain
  stint --db jobs list --pane all
  stint --db jobs show 1)";

int runChosen(CLI::App &app, int argc, char **argv)
{
    std::string location;
    app.add_option("--db", location, "The folder of the store, or the postgresql:// address of a database")
        ->envname("STINT_DB")
        ->type_name("DIR");
    app.set_version_flag("--version", "stint " STINT_VERSION, "Print the version");
    app.set_help_flag("-h,--help", "Print this help");
    app.require_subcommand(1);
    app.footer(footer);

    HostVerb host(app);
    EnqueueVerb enqueue(app);
    ListVerb list(app);
    ShowVerb show(app);
    CancelVerb cancel(app);
    RequeueVerb requeue(app);
    ScheduleVerb schedule(app);
    WorkerVerb worker(app);
    ExportVerb exportJobs(app);
    CheckVerb check(app);
    StatsVerb stats(app);
    PruneVerb prune(app);
    CronVerb cron(app);
    BenchVerb bench(app);
    for (CLI::App *verb : app.get_subcommands({})) {
        verb->fallthrough(); // so that --db is understood behind the verb too
        verb->footer("");
    }

    try {
        app.parse(argc, argv);
    } catch (const CLI::Success &wanted) {
        return app.exit(wanted); // help or version
    } catch (const CLI::ParseError &fault) {
        const auto unknown = app.get_subcommands().empty() ? app.remaining() : std::vector<std::string>();
        return fail(unknown.empty() ? QString::fromStdString(fault.what())
                                    : u"there is no verb \"%1\"; --help names them"_s.arg(QString::fromStdString(unknown.front())),
                    BadUsage);
    }

    const std::array<Verb *, 14> verbs{&host,   &enqueue,    &list,  &show,  &cancel, &requeue, &schedule,
                                       &worker, &exportJobs, &check, &stats, &prune,  &cron,    &bench};
    const auto chosen = std::find_if(verbs.begin(), verbs.end(), [](const Verb *verb) { return verb->isChosen(); });
    if (chosen == verbs.end())
        return BadUsage;
    if (location.empty() && (*chosen)->needsStore())
        return fail(u"no store: give --db DIR or set STINT_DB"_s, BadUsage);
    return (*chosen)->run(QString::fromStdString(location));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"stint"_s);
    std::setlocale(LC_CTYPE, ""); // NOLINT(concurrency-mt-unsafe): for the width of characters
    CLI::App app("Durable background jobs: run them, look at them, put them right.", "stint");
    return runChosen(app, argc, argv);
}
