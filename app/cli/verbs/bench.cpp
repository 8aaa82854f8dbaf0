// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/bench.h"

#include "app/cli/bench/bareround.h"
#include "app/cli/bench/benchreport.h"
#include "app/cli/bench/benchstore.h"
#include "app/cli/bench/sqlitecounters.h"
#include "app/cli/bench/stintround.h"
#include "app/cli/options.h"
#include "app/cli/output.h"

#include <QDir>
#include <QStorageInfo>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

std::optional<bool> isNormal(const QString &text)
{
    return text == u"normal" ? std::optional(true) : text == u"full" ? std::optional(false) : std::nullopt;
}

/// Stint and the bare program in turn, so that both meet the same moods of the machine; every other round the other
/// way round.
Result<BenchRound> runRound(const BenchPlan &plan, int number, const QString &folder)
{
    BenchRound round;
    const auto bare = [&]() -> Result<void> {
        const QString location = folder + u"/bare"_s;
        auto made = makeBenchStore(location, plan.history);
        return made ? runBare(plan, location, round) : made;
    };
    const auto stint = [&] { return runStint(plan, folder, round); };
    auto first = number % 2 == 0 ? stint() : bare();
    if (!first)
        return first.error();
    auto second = number % 2 == 0 ? bare() : stint();
    return second ? Result<BenchRound>(round) : second.error();
}

} // namespace

BenchVerb::BenchVerb(CLI::App &app)
    : Verb(app, "bench", "Measure this machine: jobs that do nothing, beside the bare SQLite C API")
{
    const auto count = [&](const char *name, int &target, auto parse, const char *description) {
        addParsed(parser(), name, target, parse, "a number", description)->type_name("N");
    };
    count("--jobs", m_plan.jobs, value::positive, "Jobs of each round (20000)");
    count("--producers", m_plan.producers, value::positive, "Threads that enqueue (1)");
    count("--batch", m_plan.batch, value::positive, "Jobs an enqueue call; 1: each job waits for its own commit (100)");
    count("--workers", m_plan.workers, value::notNegative, "Named workers that share the jobs (0: the pool)");
    count("--concurrency", m_plan.concurrency, value::positive, "Jobs at once in the pool");
    count("--history", m_plan.history, value::notNegative, "Finished jobs that are there before (0)");
    count("--rounds", m_plan.rounds, value::positive, "Rounds, of which the median counts (5)");
    addParsed(parser(), "--sync", m_plan.isNormal, isNormal, "full or normal", "full (default) or normal: how durable a commit is")
        ->type_name("MODE");
    parser().add_flag("--json", m_json, "Write one JSON value");
}

int BenchVerb::run(const QString &location)
{
    sqlitecounters::install();
    QDir parent(location.isEmpty() ? QDir::tempPath() : location);
    if (!parent.mkpath(u"."_s))
        return fail(u"%1: cannot be made"_s.arg(location));
    if (QStorageInfo(parent).fileSystemType() == "tmpfs")
        warn(u"%1 is in memory, where a sync costs nothing; --db DIR names a folder on a disk"_s.arg(parent.path()));
    QList<BenchRound> rounds;
    for (int number = 0; number < m_plan.rounds; ++number) {
        QTemporaryDir folder(parent.filePath(u"stint-bench-XXXXXX"_s));
        if (!folder.isValid())
            return fail(folder.errorString());
        const auto round = runRound(m_plan, number, folder.path());
        if (!round)
            return fail(round.error());
        rounds.append(*round);
    }
    Output output;
    if (m_json) {
        output.write(benchreport::toJson(m_plan, rounds) + '\n');
    } else {
        for (const QString &line : benchreport::toLines(m_plan, rounds))
            output.line(line);
    }
    return output.finish(Done);
}

} // namespace stint::cli
