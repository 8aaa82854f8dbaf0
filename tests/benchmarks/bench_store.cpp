// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// What the store costs, each figure beside one of the same run to compare it with. No test: run it by hand.
// usage: bench_store [jobs, default 1000000] [lines, default 200000]

#include "engine/jobhost.h"
#include "engine/jobqueue.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int idleMs = 3000;

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

long residentKb()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toLong();
    }
    return 0;
}

/// A job's log: what a line costs among the first ten thousand and among the last.
void benchLog(JobStore &store, int lines)
{
    constexpr int part = 10'000;
    const auto refs = waitFor<QList<JobRef>>([&](auto done) { store.enqueue({{NewJob{.name = u"Any"_s}}, {}, 0}, done); });
    const std::int64_t id = refs->first().id;
    double first = 0;
    double last = 0;
    for (int written = 0; written < lines; written += part) {
        const auto begin = Clock::now();
        for (int i = 0; i < part; ++i)
            store.appendLog({{.jobId = id, .date = SystemClock().now(), .message = u"a line of a job's log, of usual length"_s}});
        (void)waitFor<void>([&](auto done) { store.heartbeat(u"bench"_s, {}, {}, done); });
        last = millisecondsSince(begin);
        first = written == 0 ? last : first;
    }
    std::printf("log line:             first 10,000: %.1f us each, last 10,000 of %d: %.1f us each, ratio %.2f\n", first * 1000 / part,
                lines, last * 1000 / part, last / first);
}

void benchQueue(JobStore &store, int jobs, CommandRegistry registry, const std::shared_ptr<JobStore> &shared)
{
    const auto page = [&](const char *what) {
        const auto begin = Clock::now();
        const auto found = store.list({.pane = Pane::Queue, .limit = 200, .detail = RowDetail::Full});
        std::printf("%-21s %.1f ms for %lld rows\n", what, millisecondsSince(begin),
                    static_cast<long long>(found ? found->jobs.size() : 0));
    };
    page("page, empty queue:");
    const auto begin = Clock::now();
    for (int recorded = 0; recorded < jobs; recorded += 1000) {
        if (!waitFor<QList<JobRef>>([&](auto done) {
                 store.enqueue({std::vector<NewJob>(1000, NewJob{.name = u"Held"_s, .options = {.worker = u"held"_s}}), {}, 0}, done);
             }).ok())
            std::abort();
    }
    std::printf("enqueue, by thousands: %.0f jobs/s\n", jobs / millisecondsSince(begin) * 1000);
    page("page, full queue:");
    page("the same again:");
    (void)waitFor<void>([&](auto done) { store.setWorkerPaused(u"held"_s, true, done); });
    const long before = residentKb();
    const auto starting = Clock::now();
    JobHost host(shared, std::move(registry));
    if (const auto started = host.start(); !started)
        std::abort();
    std::printf("host start:           %.0f ms\n", millisecondsSince(starting));
    const auto latency = Clock::now();
    const auto refs = waitFor<QList<JobRef>>([&](auto done) { store.enqueue({{NewJob{.name = u"Any"_s}}, {}, 0}, done); });
    while (store.find(refs->first().id)->value().summary.state != JobState::Completed)
        QCoreApplication::processEvents();
    std::printf("one job beside them:  %.1f ms from enqueue to its end on disk\n", millisecondsSince(latency));
    std::printf("host's memory:        %+ld KB for %d queued jobs\n", residentKb() - before, jobs);
    const std::clock_t cpu = std::clock();
    QEventLoop idle;
    QTimer::singleShot(idleMs, &idle, &QEventLoop::quit);
    idle.exec();
    std::printf("idle for %d ms:      %.2f %% CPU\n", idleMs,
                100.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / (idleMs / 1000.0));
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const int jobs = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    const int lines = argc > 2 ? std::atoi(argv[2]) : 200'000;
    QTemporaryDir folder;
    const auto store = JobQueue::openStore(folder.path(), OpenMode::Create);
    if (!store)
        return 1;
    CommandRegistry registry;
    registry.addFunction(u"Any"_s, [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    registry.addFunction(u"Held"_s, [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    benchLog(**store, lines);
    benchQueue(**store, jobs, registry, *store);
    return 0;
}
