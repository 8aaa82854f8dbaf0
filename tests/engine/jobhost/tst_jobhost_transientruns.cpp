// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/greeting.h"
#include "support/hostfixture.h"
#include "support/runs.h"

#include <QSemaphore>

#include <atomic>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Runs that are not stored.
class TestJobHostTransientRuns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsATransientCommand();
    void transientCommandAsFuture();
    void transientCommandThatThrows();
    void transientCommandTimesOut();
    void w12_twoTransientRunsOnABusyWorkerBothRun();
    void transientRunsAreAskedToStopWithTheHost();
    void asyncTransientRunKeepsItsWorker();
};

void TestJobHostTransientRuns::runsATransientCommand()
{
    HostFixture f;
    f.registry.add<MyCommand>();
    f.start();
    std::atomic<int> calls = 0;
    const auto run = f.host->runCommand(JobQueue::newJob<MyCommand>({.id = 4}, {.worker = u"w"_s}), [&](const Job &) { ++calls; });
    QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 1, patienceMs);
    const Job job = run->job();
    QCOMPARE(job.id, 0);
    QCOMPARE(job.worker, u"w"_s);
    QCOMPARE(job.state, JobState::Completed);
    QCOMPARE(job.logs, u"MyCommand Started...\nMyCommand Finished"_s);
    QVERIFY(f.queue->store()->list({.pane = Pane::All})->jobs.isEmpty());
}

void TestJobHostTransientRuns::transientCommandAsFuture()
{
    HostFixture f;
    f.registry.add<MyCommand>();
    f.start();
    const auto result = f.host->runCommandAsync<MyCommand>({.id = 5}).result();
    QVERIFY(result.ok());
    QCOMPARE(result->result, u"Hello 5"_s);
}

void TestJobHostTransientRuns::transientCommandThatThrows()
{
    HostFixture f;
    addCommand(f, "Throws", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { throw std::runtime_error("Throw 1"); });
    f.start();
    std::atomic<int> calls = 0;
    const auto run = f.host->runCommand({.name = u"Throws"_s}, [&](const Job &) { ++calls; });
    QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 1, patienceMs);
    QCOMPARE(run->job().state, JobState::Failed);
    QCOMPARE(run->job().error->message, u"Throw 1"_s);
}

void TestJobHostTransientRuns::transientCommandTimesOut()
{
    HostFixture f;
    addCommand(f, "Waits", [](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        waitForStop(context);
        context.throwIfCancelled();
        return QJsonObject{};
    });
    f.start();
    std::atomic<int> calls = 0;
    const auto run
        = f.host->runCommand({.name = u"Waits"_s, .options = {.timeout = std::chrono::seconds{1}}}, [&](const Job &) { ++calls; });
    QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 1, patienceMs);
    QCOMPARE(run->job().errorCode, u"Timeout"_s);
}

void TestJobHostTransientRuns::w12_twoTransientRunsOnABusyWorkerBothRun()
{
    HostFixture f;
    QSemaphore go;
    addCommand(f, "Hold", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        go.acquire();
        return QJsonObject{};
    });
    f.start();
    std::atomic<int> calls = 0;
    const NewJob job{.name = u"Hold"_s, .options = {.worker = u"w"_s}};
    const auto a = f.host->runCommand(job, [&](const Job &) { ++calls; });
    const auto b = f.host->runCommand(job, [&](const Job &) { ++calls; });
    QTRY_COMPARE_WITH_TIMEOUT(a->job().state, JobState::Started, patienceMs);
    QCOMPARE(b->job().state, JobState::Queued);
    go.release(2);
    QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 2, patienceMs);
}

void TestJobHostTransientRuns::transientRunsAreAskedToStopWithTheHost()
{
    HostFixture fixture;
    QSemaphore entered;
    addCommand(fixture, "Waits", [&](const QJsonObject &, JobContext &context) {
        entered.release();
        waitForStop(context);
        context.throwIfCancelled();
        return QJsonObject();
    });
    fixture.start();
    const auto run = fixture.host->runCommand({.name = u"Waits"_s});
    QVERIFY(entered.tryAcquire(1, patienceMs));
    QVERIFY(fixture.host->stop());
    QCOMPARE(run->job().state, JobState::Cancelled);
}

/// Its place is taken until it has ended, not until it has returned a future.
void TestJobHostTransientRuns::asyncTransientRunKeepsItsWorker()
{
    HostFixture fixture;
    Runs runs;
    fixture.registry.add<EndsWhenStopped>();
    addCommand(fixture, "Next", [&](const QJsonObject &, JobContext &) {
        runs.enter(u"Next"_s);
        return QJsonObject();
    });
    fixture.start();
    const auto first = fixture.host->runCommand({.name = u"EndsWhenStopped"_s, .options = {.worker = u"lane"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(first->job().state, JobState::Started, patienceMs);
    const auto second = fixture.host->runCommand({.name = u"Next"_s, .options = {.worker = u"lane"_s}});
    const auto other = fixture.host->runCommand({.name = u"Next"_s, .options = {.worker = u"other"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(other->job().state, JobState::Completed, patienceMs);
    QCOMPARE(second->job().state, JobState::Queued);
    first->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(second->job().state, JobState::Completed, patienceMs);
    QCOMPARE(runs.count(u"Next"_s), 2);
    QTRY_COMPARE_WITH_TIMEOUT(EndsWhenStopped::alive.load(), 0, patienceMs);
}

QTEST_GUILESS_MAIN(TestJobHostTransientRuns)
#include "tst_jobhost_transientruns.moc"
