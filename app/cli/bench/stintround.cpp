// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/bench/stintround.h"

#include "app/cli/bench/benchstore.h"
#include "app/cli/bench/sqlitecounters.h"
#include "engine/jobhost.h"
#include "engine/jobqueue.h"

#include <QDirIterator>
#include <QEventLoop>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

using Moment = std::chrono::steady_clock::time_point;
constexpr int fewestSamples = 50;
constexpr int mostSamples = 500;

double secondsSince(Moment begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// What the jobs themselves notice.
struct Probe {
    std::atomic<int> runs = 0;
    std::atomic<std::chrono::steady_clock::rep> lastStart = 0;
};

CommandRegistry registryOf(Probe &probe)
{
    CommandRegistry registry;
    registry.addFunction(u"Nothing"_s, [&probe](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        probe.lastStart.store(std::chrono::steady_clock::now().time_since_epoch().count());
        probe.runs.fetch_add(1, std::memory_order_relaxed);
        return QJsonObject{};
    });
    return registry;
}

Result<void> enqueueAll(JobStore &store, const BenchPlan &plan)
{
    std::vector<Result<void>> results(static_cast<std::size_t>(plan.producers));
    {
        std::vector<std::jthread> producers;
        producers.reserve(results.size());
        for (int producer = 0; producer < plan.producers; ++producer) {
            producers.emplace_back([&, producer] {
                int left = plan.jobs / plan.producers + (producer < plan.jobs % plan.producers ? 1 : 0);
                int worker = producer;
                while (left > 0) {
                    EnqueueRequest request;
                    for (; left > 0 && std::ssize(request.jobs) < plan.batch; --left) {
                        NewJob job{.name = u"Nothing"_s, .requestBody = "{}"};
                        if (plan.workers > 0)
                            job.options.worker = u"worker%1"_s.arg(worker++ % plan.workers);
                        request.jobs.push_back(std::move(job));
                    }
                    const auto recorded = waitFor<QList<JobRef>>([&](auto done) { store.enqueue(std::move(request), done); });
                    if (!recorded) {
                        results[static_cast<std::size_t>(producer)] = recorded.error();
                        return;
                    }
                }
            });
        }
    }
    const auto failed = std::find_if(results.begin(), results.end(), [](const Result<void> &result) { return !result.ok(); });
    return failed == results.end() ? Result<void>() : *failed;
}

void waitUntilDrained(JobHost &host)
{
    QEventLoop loop;
    QObject::connect(&host, &JobHost::drained, &loop, &QEventLoop::quit);
    host.drainWhenIdle();
    loop.exec();
}

Result<void> requireAllRan(const Probe &probe, int expected)
{
    const int runs = probe.runs.load();
    if (runs == expected)
        return {};
    return Error{ErrorCode::Internal, u"%1 jobs were enqueued and %2 runs counted"_s.arg(expected).arg(runs)};
}

qint64 bytesIn(const QString &folder)
{
    qint64 bytes = 0;
    QDirIterator files(folder, QDir::Files);
    while (files.hasNext()) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

Result<std::shared_ptr<JobStore>> openStore(const BenchPlan &plan, const QString &location)
{
    return JobQueue::openStore(location, OpenMode::Create, plan.isNormal ? Durability::Normal : Durability::Full);
}

HostOptions hostOptions(const BenchPlan &plan)
{
    return {.concurrency = plan.concurrency};
}

/// Enqueues with no host, then runs what is there.
Result<void> measureParts(const BenchPlan &plan, const QString &location, BenchRound &round)
{
    const auto store = openStore(plan, location);
    if (!store)
        return store.error();
    const auto enqueuing = std::chrono::steady_clock::now();
    if (auto enqueued = enqueueAll(**store, plan); !enqueued)
        return enqueued;
    round.enqueuePerSecond = plan.jobs / secondsSince(enqueuing);

    Probe probe;
    JobHost host(*store, registryOf(probe), hostOptions(plan));
    const auto executing = std::chrono::steady_clock::now();
    if (auto started = host.start(); !started)
        return started;
    waitUntilDrained(host);
    host.stop();
    round.executePerSecond = plan.jobs / secondsSince(executing);
    return requireAllRan(probe, plan.jobs);
}

/// Enqueues while the host runs.
Result<void> measureEndToEnd(const BenchPlan &plan, const QString &location, BenchRound &round)
{
    const auto store = openStore(plan, location);
    if (!store)
        return store.error();
    Probe probe;
    JobHost host(*store, registryOf(probe), hostOptions(plan));
    if (auto started = host.start(); !started)
        return started;
    const auto syncs = sqlitecounters::syncs();
    const auto commits = sqlitecounters::queueCommits();
    const auto begin = std::chrono::steady_clock::now();
    Result<void> enqueued;
    QEventLoop loop;
    QObject::connect(&host, &JobHost::drained, &loop, &QEventLoop::quit);
    const std::jthread producing([&] {
        enqueued = enqueueAll(**store, plan);
        QMetaObject::invokeMethod(&host, [&host] { host.drainWhenIdle(); });
    });
    loop.exec();
    host.stop();
    round.endToEndPerSecond = plan.jobs / secondsSince(begin);
    round.syncs = sqlitecounters::syncs() - syncs;
    round.jobsPerCommit = static_cast<double>(plan.jobs) / static_cast<double>(sqlitecounters::queueCommits() - commits);
    return enqueued ? requireAllRan(probe, plan.jobs) : enqueued;
}

double percentile(const std::vector<double> &sorted, double share)
{
    return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

/// One job at a time, each on an idle host.
Result<void> measureLatency(const BenchPlan &plan, const QString &location, BenchRound &round)
{
    const auto store = openStore(plan, location);
    if (!store)
        return store.error();
    Probe probe;
    JobHost host(*store, registryOf(probe), hostOptions(plan));
    if (auto started = host.start(); !started)
        return started;
    std::vector<double> samples;
    const int count = std::clamp(plan.jobs / 10, fewestSamples, mostSamples);
    for (int sample = 0; sample < count; ++sample) {
        const auto begin = std::chrono::steady_clock::now();
        const auto recorded = waitFor<QList<JobRef>>(
            [&](auto done) { (*store)->enqueue({.jobs = {NewJob{.name = u"Nothing"_s, .requestBody = "{}"}}}, done); });
        if (!recorded)
            return recorded.error();
        waitUntilDrained(host);
        const Moment start{Moment::duration(probe.lastStart.load())};
        samples.push_back(std::chrono::duration<double, std::milli>(start - begin).count());
    }
    host.stop();
    std::sort(samples.begin(), samples.end());
    round.startP50Ms = percentile(samples, 0.50);
    round.startP95Ms = percentile(samples, 0.95);
    round.startP99Ms = percentile(samples, 0.99);
    return requireAllRan(probe, count);
}

} // namespace

Result<void> runStint(const BenchPlan &plan, const QString &folder, BenchRound &round)
{
    const QString parts = folder + u"/parts"_s;
    const QString endToEnd = folder + u"/end-to-end"_s;
    const QString latency = folder + u"/latency"_s;
    for (const QString &location : {parts, endToEnd, latency}) {
        if (auto made = makeBenchStore(location, plan.history); !made)
            return made;
    }
    const qint64 bytesBefore = bytesIn(endToEnd);
    if (auto measured = measureEndToEnd(plan, endToEnd, round); !measured)
        return measured;
    round.bytesPerJob = static_cast<double>(bytesIn(endToEnd) - bytesBefore) / plan.jobs;
    if (auto measured = measureParts(plan, parts, round); !measured)
        return measured;
    return measureLatency(plan, latency, round);
}

} // namespace stint::cli
