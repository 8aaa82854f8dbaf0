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
#include "app/cli/stopsignals.h"

#include <QDir>
#include <QEventLoop>
#include <QStorageInfo>
#include <QTemporaryDir>

#include <cstdlib>
#include <thread>

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

Result<QList<BenchRound>> runRounds(const BenchPlan &plan, const QString &folder)
{
    QList<BenchRound> rounds;
    for (int number = 0; number < plan.rounds; ++number) {
        const QString ofRound = folder + u'/' + QString::number(number);
        const auto round = runRound(plan, number, ofRound);
        QDir(ofRound).removeRecursively();
        if (!round)
            return round.error();
        rounds.append(*round);
    }
    return rounds;
}

/// On a thread of its own: a signal is to leave nothing behind.
Result<QList<BenchRound>> runUnlessStopped(const BenchPlan &plan, const QString &folder, const StopSignals &signals)
{
    Result<QList<BenchRound>> rounds = QList<BenchRound>();
    QEventLoop loop;
    QObject::connect(&signals, &StopSignals::stopRequested, &loop, [&folder] {
        for (int i = 0; i < 20; ++i) { // a store may just be in the making
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            QDir(folder).removeRecursively();
        }
        std::_Exit(Refused);
    });
    const std::jthread runner([&] {
        rounds = runRounds(plan, folder);
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    return rounds;
}

} // namespace

BenchVerb::BenchVerb(CLI::App &app)
    : Verb(app, "bench", "Measure this machine: jobs that do nothing, beside the bare SQLite C API")
{
    const auto some = [&](const char *name, int &target, const char *description) {
        addParsed(parser(), name, target, value::positive, "a whole number above 0", description)->type_name("N");
    };
    const auto someOrNone = [&](const char *name, int &target, const char *description) {
        addParsed(parser(), name, target, value::notNegative, "a whole number, 0 or more", description)->type_name("N");
    };
    some("--jobs", m_plan.jobs, "Jobs of each round (20000)");
    some("--producers", m_plan.producers, "Threads that enqueue (1); the bare program has always one");
    some("--batch", m_plan.batch, "Jobs an enqueue call; 1: each job waits for its own commit (100)");
    someOrNone("--workers", m_plan.workers, "Named workers that share the jobs (0: the pool)");
    some("--concurrency", m_plan.concurrency, "Jobs at once in the pool");
    someOrNone("--history", m_plan.history, "Finished jobs that are there before (0)");
    some("--rounds", m_plan.rounds, "Rounds, of which the median counts (5)");
    addParsed(parser(), "--sync", m_plan.isNormal, isNormal, "full or normal", "full (default) or normal: how durable a commit is")
        ->type_name("MODE");
    parser().add_flag("--json", m_json, "Write one JSON value");
}

int BenchVerb::run(const QString &location)
{
    if (location.contains(u"://"_s)) // the address of a database
        return fail(u"bench: measures SQLite alone; name a folder by --db"_s, BadUsage);
    sqlitecounters::install();
    QDir parent(location.isEmpty() ? QDir::tempPath() : location);
    if (!parent.mkpath(u"."_s))
        return fail(u"%1: cannot be made"_s.arg(location));
    if (QStorageInfo(parent).fileSystemType() == "tmpfs")
        warn(u"%1 is in memory, where a sync costs nothing; --db DIR names a folder on a disk"_s.arg(parent.path()));
    const StopSignals signals; // before there is something to leave behind
    const QTemporaryDir folder(parent.filePath(u"stint-bench-XXXXXX"_s));
    if (!folder.isValid())
        return fail(folder.errorString());
    const auto rounds = runUnlessStopped(m_plan, folder.path(), signals);
    if (!rounds)
        return fail(rounds.error());
    Output output;
    if (m_json) {
        output.write(benchreport::toJson(m_plan, *rounds) + '\n');
    } else {
        for (const QString &line : benchreport::toLines(m_plan, *rounds))
            output.line(line);
    }
    return output.finish(Done);
}

} // namespace stint::cli
