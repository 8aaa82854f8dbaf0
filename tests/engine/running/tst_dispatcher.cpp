// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/dispatcher.h"
#include "engine/store/sqlite/sqlitestore.h"

#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <map>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A dispatcher on a fresh store, without event loops and Qt's futures, so that it can run under the thread sanitizer.
class Bench final
{
public:
    explicit Bench(HostOptions hostOptions = {})
        : options(std::move(hostOptions))
    {
        options.backoff = {.backoff = RetryPolicy::Backoff::None};
        store = *SqliteStore::open(folder.path(), OpenMode::Create);
    }
    ~Bench() { stop(); }
    Q_DISABLE_COPY_MOVE(Bench)

    void start()
    {
        QVERIFY(
            store->beginHosting({.id = u"host"_s, .name = u"bench"_s, .startedDate = clock.now(), .commands = registry.describe()}, false)
                .ok());
        dispatcher
            = std::make_unique<Dispatcher>(store, registry, options, clock, u"host"_s, EnteredJobs::open(folder.path(), u"host"_s).value(),
                                           Dispatcher::Events{.started = [](const JobEvent &) {},
                                                              .ended = [this](const JobEvent &job) { note(job); },
                                                              .logged = [](const LogLine &) {},
                                                              .problem = [](const QString &message) { qWarning().noquote() << message; },
                                                              .drained =
                                                                  [this](const QStringList &) {
                                                                      const std::lock_guard lock(mutex);
                                                                      drained = true;
                                                                      changed.notify_all();
                                                                  }});
        subscription = store->subscribe([this](const StoreChange &change) { dispatcher->onStoreChange(change); });
        store->setArrivalListener([this] { dispatcher->onArrival(); });
        dispatcher->start();
    }

    void stop()
    {
        if (!dispatcher)
            return;
        QVERIFY(dispatcher->stop(10s));
        store->setArrivalListener({});
        store->unsubscribe(subscription);
        dispatcher.reset();
        store->endHosting();
    }

    QList<JobRef> enqueue(std::vector<NewJob> jobs) const
    {
        return *waitFor<QList<JobRef>>([&](auto done) { store->enqueue({std::move(jobs), {}, 0}, done); });
    }

    /// Waits until `count` jobs have ended for good.
    [[nodiscard]] bool waitForEnds(std::size_t count)
    {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, 60s, [&] { return ends.size() >= count; });
    }

    QTemporaryDir folder;
    HostOptions options;
    CommandRegistry registry;
    SystemClock clock;
    std::shared_ptr<JobStore> store;
    std::unique_ptr<Dispatcher> dispatcher;
    int subscription = 0;

    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::int64_t, JobState> ends;
    bool drained = false;

private:
    void note(const JobEvent &job)
    {
        if (!isFinished(job.state))
            return;
        const std::lock_guard lock(mutex);
        if (!ends.emplace(job.id, job.state).second)
            qFatal("job %lld ended twice", static_cast<long long>(job.id));
        changed.notify_all();
    }
};

void addCommand(Bench &bench, const QString &name, std::function<Outcome<QJsonObject>(const QJsonObject &, JobContext &)> function)
{
    bench.registry.addFunction<QJsonObject, QJsonObject>(name, std::move(function));
}

} // namespace

class tst_Dispatcher final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsEachJobOnceInPoolAndLanes();
    void cancelsWhileOthersRun();
    void cancelsWhileJobsArrive();
    void stopGivesBackWhatRuns();
    void drainWaitsForRetries();
};

void tst_Dispatcher::runsEachJobOnceInPoolAndLanes()
{
    Bench bench({.concurrency = 4});
    std::atomic<int> runs = 0;
    std::map<QString, std::atomic<int>> inside;
    for (const QString &worker : {u"a"_s, u"b"_s, u"c"_s})
        inside[worker] = 0;
    std::atomic<bool> overlapped = false;
    addCommand(bench, u"Count"_s, [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        ++runs;
        if (const QString worker = context.job().worker; !worker.isNull()) {
            overlapped = overlapped || ++inside.at(worker) > 1;
            --inside.at(worker);
        }
        return QJsonObject{};
    });
    bench.start();
    std::vector<std::thread> producers;
    for (int producer = 0; producer < 4; ++producer) {
        producers.emplace_back([&, producer] {
            const QString worker = producer == 0 ? QString() : QString(QChar(u'a' + producer - 1));
            for (int i = 0; i < 100; ++i)
                bench.enqueue({NewJob{.name = u"Count"_s, .options = {.worker = worker}}});
        });
    }
    for (std::thread &producer : producers)
        producer.join();
    QVERIFY(bench.waitForEnds(400));
    QCOMPARE(runs.load(), 400);
    QVERIFY(!overlapped);
}

void tst_Dispatcher::cancelsWhileOthersRun()
{
    Bench bench({.concurrency = 8});
    std::atomic<int> stopped = 0;
    addCommand(bench, u"Waits"_s, [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait(lock, context.stopToken(), [] { return false; });
        ++stopped;
        context.throwIfCancelled();
        return QJsonObject{};
    });
    bench.start();
    const auto refs = bench.enqueue(std::vector<NewJob>(24, NewJob{.name = u"Waits"_s}));
    for (const JobRef &ref : refs)
        QVERIFY((*waitFor<QList<ActionResult>>([&](auto done) { bench.store->cancel({.ids = {ref.id}}, done); })).first().done);
    QVERIFY(bench.waitForEnds(static_cast<std::size_t>(std::max(1, stopped.load()))));
    QTRY_VERIFY_WITH_TIMEOUT(
        std::all_of(refs.cbegin(), refs.cend(),
                    [&](const JobRef &ref) { return (*bench.store->find(ref.id))->summary.state == JobState::Cancelled; }),
        60'000);
}

void tst_Dispatcher::cancelsWhileJobsArrive()
{
    Bench bench({.concurrency = 4});
    std::atomic<bool> entered = false;
    addCommand(bench, u"Waits"_s, [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        entered = true;
        wake.wait(lock, context.stopToken(), [] { return false; });
        context.throwIfCancelled();
        return QJsonObject{};
    });
    addCommand(bench, u"Quick"_s, [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    bench.start();
    const std::int64_t id = bench.enqueue({NewJob{.name = u"Waits"_s}}).first().id;
    QTRY_VERIFY_WITH_TIMEOUT(entered.load(), 60'000);
    std::vector<std::jthread> producers;
    for (int producer = 0; producer < 3; ++producer) {
        producers.emplace_back([&](const std::stop_token &stop) {
            while (!stop.stop_requested())
                bench.enqueue({NewJob{.name = u"Quick"_s}});
        });
    }
    const auto cancelled = waitFor<QList<ActionResult>>([&](auto done) { bench.store->cancel({.ids = {id}}, done); });
    QTRY_COMPARE_WITH_TIMEOUT((*bench.store->find(id))->summary.state, JobState::Cancelled, 60'000);
    producers.clear();
    QVERIFY(cancelled->first().done);
    bench.stop();
}

void tst_Dispatcher::stopGivesBackWhatRuns()
{
    Bench bench({.concurrency = 2});
    std::atomic<int> entered = 0;
    addCommand(bench, u"Waits"_s, [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        ++entered;
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait(lock, context.stopToken(), [] { return false; });
        context.throwIfCancelled();
        return QJsonObject{};
    });
    bench.start();
    const auto refs = bench.enqueue(std::vector<NewJob>(10, NewJob{.name = u"Waits"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(entered.load(), 2, 60'000);
    bench.stop();
    for (const JobRef &ref : refs) {
        const auto result = bench.store->find(ref.id);
        QCOMPARE((*result)->summary.state, JobState::Queued);
        QCOMPARE((*result)->queued->attempts, 1);
    }
}

void tst_Dispatcher::drainWaitsForRetries()
{
    Bench bench({.concurrency = 2});
    std::atomic<int> runs = 0;
    addCommand(bench, u"Third"_s, [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        if (++runs < 3)
            return Retry{JobError{u"Again"_s, u"not yet"_s, {}, {}, {}}, 50ms};
        return QJsonObject{};
    });
    bench.start();
    const auto refs = bench.enqueue({NewJob{.name = u"Third"_s}});
    bench.dispatcher->drainWhenIdle();
    {
        std::unique_lock lock(bench.mutex);
        QVERIFY(bench.changed.wait_for(lock, 60s, [&] { return bench.drained; }));
    }
    QCOMPARE(runs.load(), 3);
    QCOMPARE((*bench.store->find(refs.first().id))->summary.state, JobState::Completed);
}

QTEST_APPLESS_MAIN(tst_Dispatcher)
#include "tst_dispatcher.moc"
