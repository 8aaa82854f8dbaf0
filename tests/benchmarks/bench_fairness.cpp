// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// What a host at full speed and other processes at the same store cost each other: how long a single enqueue of another process
// takes, and how much slower the host is for that, and for one that looks on as a console does. In turn, round after round. No
// test: run it by hand.
// usage: bench_fairness [jobs a round, default 100000] [rounds, default 5]

#include "engine/jobhost.h"
#include "engine/jobqueue.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int batch = 1000;
constexpr auto betweenEnqueues = 10ms;
constexpr auto betweenLooks = 300ms; ///< the console gathers changes for as long

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

std::shared_ptr<JobStore> open(const QString &location, OpenMode mode)
{
    auto store = JobQueue::openStore(location, mode);
    if (!store)
        qFatal("%s", qUtf8Printable(store.error().message));
    return *store;
}

double percentile(const std::vector<double> &values, double share)
{
    if (values.empty())
        return 0;
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

/// True once the other end has closed standard input.
class EndOfInput final
{
public:
    EndOfInput()
        : m_thread([this] {
            while (std::cin.get() != std::char_traits<char>::eof()) { }
            m_ended = true;
            m_ended.notify_all();
        })
    {
    }
    explicit operator bool() const { return m_ended; }

private:
    std::atomic<bool> m_ended = false;
    std::jthread m_thread;
};

/// Another process: enqueues one job after another, and writes how many ms each took.
int enqueueSingly(const QString &location)
{
    const auto store = open(location, OpenMode::ReadWrite);
    for (const EndOfInput end; !end;) {
        const auto begin = Clock::now();
        const auto refs = waitFor<QList<JobRef>>([&](auto done) {
            store->enqueue({{NewJob{.name = u"Nothing"_s, .requestBody = "{}"}}, {}, 0}, done);
        });
        if (!refs)
            qFatal("%s", qUtf8Printable(refs.error().message));
        std::printf("%.3f\n", millisecondsSince(begin));
        std::this_thread::sleep_for(betweenEnqueues);
    }
    return 0;
}

/// Another process: reads what a console shows after each change, and writes how long each look took.
int lookOn(const QString &location)
{
    const auto store = open(location, OpenMode::ReadOnly);
    std::atomic<int> changes = 0;
    const int subscription = store->subscribe([&](const StoreChange &) { ++changes; });
    for (const EndOfInput end; !end;) {
        if (changes.exchange(0) == 0) {
            std::this_thread::sleep_for(1ms);
            continue;
        }
        const auto begin = Clock::now();
        (void)store->list({.pane = Pane::Queue, .limit = 200});
        (void)store->list({.pane = Pane::All, .limit = 200});
        (void)store->counts();
        (void)store->workers();
        std::printf("%.3f\n", millisecondsSince(begin));
        std::this_thread::sleep_for(betweenLooks);
    }
    store->unsubscribe(subscription);
    return 0;
}

/// What a round gave.
struct Round {
    double jobsPerSecond = 0;
    double walMb = 0; ///< the largest it was
    std::vector<double> otherMs;
};

void enqueueAll(JobStore &store, int jobs)
{
    for (int recorded = 0; recorded < jobs; recorded += batch) {
        if (!waitFor<QList<JobRef>>([&](auto done) {
                 store.enqueue({std::vector<NewJob>(batch, NewJob{.name = u"Nothing"_s, .requestBody = "{}"}), {}, 0}, done);
             }).ok())
            qFatal("the jobs cannot be enqueued");
    }
}

/// A host runs so many jobs, enqueued before, beside another process that is given `role`; alone where that is empty.
Round run(int jobs, const QString &role)
{
    const QTemporaryDir folder;
    const auto store = open(folder.path(), OpenMode::Create);
    enqueueAll(*store, jobs);
    std::atomic<int> runs = 0;
    CommandRegistry registry;
    registry.addFunction(u"Nothing"_s, [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        runs.fetch_add(1, std::memory_order_relaxed);
        return QJsonObject{};
    });
    JobHost host(store, std::move(registry));
    QProcess other;
    other.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    if (!role.isEmpty()) {
        other.start(QCoreApplication::applicationFilePath(), {role, folder.path()});
        if (!other.waitForStarted())
            qFatal("the other process does not start");
    }
    Round round;
    QTimer samples;
    QObject::connect(&samples, &QTimer::timeout, &samples, [&] {
        round.walMb = std::max(round.walMb, static_cast<double>(QFileInfo(folder.filePath(u"jobs.db-wal"_s)).size()) / 1e6);
    });
    samples.start(20ms);
    const auto begin = Clock::now();
    if (const auto started = host.start(); !started)
        qFatal("%s", qUtf8Printable(started.error().message));
    QEventLoop loop;
    QTimer done; // while the other process enqueues the host is never drained
    QObject::connect(&done, &QTimer::timeout, &loop, [&] {
        if (runs >= jobs)
            loop.quit();
    });
    done.start(5ms);
    loop.exec();
    round.jobsPerSecond = runs / millisecondsSince(begin) * 1000;
    if (!role.isEmpty()) {
        other.closeWriteChannel();
        other.waitForFinished();
        for (const QByteArray &line : other.readAllStandardOutput().split('\n')) {
            if (!line.isEmpty())
                round.otherMs.push_back(line.toDouble());
        }
    }
    host.stop();
    return round;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--enqueue"_s)
        return enqueueSingly(arguments.at(2));
    if (arguments.value(1) == u"--look"_s)
        return lookOn(arguments.at(2));

    const int jobs = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    const QStringList roles{QString(), u"--enqueue"_s, u"--look"_s};
    std::array<std::vector<Round>, 3> all;
    for (int round = 0; round < rounds; ++round) {
        for (qsizetype i = 0; i < roles.size(); ++i) {
            const qsizetype role = (i + round) % roles.size();
            all.at(static_cast<std::size_t>(role)).push_back(run(jobs, roles.at(role)));
        }
    }
    const char *const names[]{"alone", "another process enqueues", "another process looks on"};
    std::printf("| %d jobs, %d rounds | jobs/s, median | of alone, median (range) | its p50 | p99 | max | largest WAL |\n"
                "|---|---|---|---|---|---|---|\n",
                jobs, rounds);
    for (std::size_t role = 0; role < all.size(); ++role) {
        std::vector<double> speeds;
        std::vector<double> ratios;
        std::vector<double> other;
        double wal = 0;
        for (std::size_t round = 0; round < all[role].size(); ++round) {
            const Round &measured = all[role][round];
            speeds.push_back(measured.jobsPerSecond);
            ratios.push_back(measured.jobsPerSecond / all[0][round].jobsPerSecond);
            other.insert(other.end(), measured.otherMs.begin(), measured.otherMs.end());
            wal = std::max(wal, measured.walMb);
        }
        for (std::vector<double> *const values : {&speeds, &ratios, &other})
            std::sort(values->begin(), values->end());
        std::printf("| %s | %.0f | %.3f (%.3f to %.3f) | %.2f ms | %.2f ms | %.2f ms | %.1f MB |\n", names[role], percentile(speeds, 0.5),
                    percentile(ratios, 0.5), ratios.front(), ratios.back(), percentile(other, 0.5), percentile(other, 0.99),
                    other.empty() ? 0 : other.back(), wal);
    }
    return 0;
}
