// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/attempt.h"
#include "support/greeting.h"
#include "support/hostfixture.h"
#include "support/runs.h"

#include <QSemaphore>

#include <atomic>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Jobs that are cancelled before, while and after they run.
class TestJobHostCancelling final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void w06_jobCancelledWhileRunningIsInOnePlace();
    void w05_jobCancelledWhileQueuedNeverRuns();
    void cancelThatComesTooLate();
    void cancelledBeforeItWasEnteredNeverRuns();
    void stopCallbackMayEndItsAttempt_data();
    void stopCallbackMayEndItsAttempt();
    void logsOfAJobCancelledBetweenAttemptsAreKept();
};

void TestJobHostCancelling::w06_jobCancelledWhileRunningIsInOnePlace()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    QSemaphore entered;
    addCommand(f, "Waits", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        ++runs;
        entered.release();
        waitForStop(context);
        throw std::runtime_error("stopped in its own way");
    });
    f.start();
    const JobRef ref = f.enqueue(u"Waits"_s);
    const JobRef dependent = f.enqueue(u"Waits"_s, {.dependsOn = ref.id});
    QVERIFY(entered.tryAcquire(1, patienceMs));
    const auto report = f.queue->cancel({.ids = {ref.id}}).result();
    QVERIFY(report.ok());
    QCOMPARE(report->first().code, u"cancelRequested"_s);
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.failed);
    QCOMPARE(result.failed->state, JobState::Cancelled); // W6, W7: once, and never retried
    QVERIFY(!result.completed);
    QCOMPARE(runs.load(), 1);
    QCOMPARE(f.finished(dependent.id).failed->error->message, u"Parent Job failed"_s);
    QVERIFY(f.checkIsClean());
}

void TestJobHostCancelling::w05_jobCancelledWhileQueuedNeverRuns()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return QJsonObject{};
    });
    const JobRef ref = f.enqueue(u"Count"_s);
    const JobRef other = f.enqueue(u"Count"_s);
    const auto report = f.queue->cancel({.ids = {ref.id, 999}}).result();
    QCOMPARE(report->at(0).code, u"cancelled"_s);
    QCOMPARE(report->at(1).code, u"notFound"_s);
    f.start();
    QVERIFY(f.finished(other.id).completed);
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.failed); // W5: it never runs
    QCOMPARE(result.failed->error->message, u"Job was cancelled"_s);
    QCOMPARE(runs.load(), 1);
    QCOMPARE(f.queue->cancel({.ids = {ref.id}}).result()->first().code, u"finished"_s);
    QVERIFY(f.checkIsClean());
}

void TestJobHostCancelling::cancelThatComesTooLate()
{
    HostFixture f;
    QSemaphore entered;
    QSemaphore go;
    addCommand(f, "Finishes", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        entered.release();
        go.acquire();
        return QJsonObject{};
    });
    f.start();
    const JobRef ref = f.enqueue(u"Finishes"_s);
    const JobRef dependent = f.enqueue(u"Finishes"_s, {.dependsOn = ref.id});
    QVERIFY(entered.tryAcquire(1, patienceMs));
    QVERIFY(f.queue->cancel({.ids = {ref.id}}).result().ok());
    go.release();
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.completed);
    QVERIFY(result.completed->cancelRequested);
    QCOMPARE(f.finished(dependent.id).failed->state, JobState::Cancelled);
}

void TestJobHostCancelling::cancelledBeforeItWasEnteredNeverRuns()
{
    HostFixture fixture;
    JobStore &store = *fixture.queue->store();
    const auto job = fixture.enqueue(u"Any"_s);
    const auto dependent = fixture.enqueue(u"Any"_s, {.dependsOn = job.id});
    const auto claimed
        = waitFor<ClaimResult>([&](auto done) { store.claim({.hostId = u"h"_s, .poolCapacity = 1, .commands = {u"Any"_s}}, done); });
    QCOMPARE(claimed->jobs.size(), 1U);
    const auto cancelled = waitFor<QList<ActionResult>>([&](auto done) { store.cancel({.ids = {job.id}}, done); });
    QCOMPARE(cancelled->constFirst().code, u"cancelRequested"_s);
    QVERIFY(waitFor<void>([&](auto done) { store.release({job}, {claimed->jobs.front().generation}, done); }).ok());
    QCOMPARE(fixture.finished(job.id).summary.state, JobState::Cancelled);
    QCOMPARE(fixture.finished(dependent.id).summary.state, JobState::Cancelled);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.checkIsClean(), patienceMs);
}

void TestJobHostCancelling::stopCallbackMayEndItsAttempt_data()
{
    QTest::addColumn<StopReason>("reason");
    QTest::newRow("cancel") << StopReason::Cancel;
    QTest::newRow("time-out") << StopReason::Timeout;
    QTest::newRow("host stops") << StopReason::HostStop;
}

/// The callback runs on the thread that asks: it must hold no lock then.
void TestJobHostCancelling::stopCallbackMayEndItsAttempt()
{
    QFETCH(StopReason, reason);
    HostFixture fixture;
    fixture.registry.add<EndsWhenStopped>();
    fixture.start();
    JobOptions options{.retryLimit = 0};
    if (reason == StopReason::Timeout)
        options.timeout = std::chrono::seconds{1};
    const auto job = fixture.enqueue(u"EndsWhenStopped"_s, options);
    QVERIFY(fixture.reaches(job.id, JobState::Started));
    switch (reason) {
    case StopReason::Cancel:
        QVERIFY(fixture.queue->cancel({.ids = {job.id}}).result().ok());
        QCOMPARE(fixture.finished(job.id).summary.state, JobState::Cancelled);
        break;
    case StopReason::Timeout: QCOMPARE(fixture.finished(job.id).summary.errorCode, QString(joberror::timeout)); break;
    default: QVERIFY(fixture.host->stop()); QCOMPARE(fixture.stateOf(job.id), JobState::Queued);
    }
    QTRY_COMPARE_WITH_TIMEOUT(EndsWhenStopped::alive.load(), 0, patienceMs); // though it owns the promise that holds its run
}

void TestJobHostCancelling::logsOfAJobCancelledBetweenAttemptsAreKept()
{
    HostFixture fixture;
    addCommand(fixture, "Fails", [](const QJsonObject &, JobContext &context) -> QJsonObject {
        context.log(u"tried"_s);
        throw std::runtime_error("no");
    });
    fixture.start();
    const auto job
        = fixture.enqueue(u"Fails"_s, {.backoff = RetryPolicy{.backoff = RetryPolicy::Backoff::Fixed, .delay = std::chrono::minutes{10}}});
    QVERIFY(QTest::qWaitFor([&] { return fixture.find(job.id).attempts.size() == 1; }, patienceMs));
    QVERIFY(fixture.queue->cancel({.ids = {job.id}}).result().ok());
    const auto result = fixture.finished(job.id);
    QCOMPARE(result.summary.state, JobState::Cancelled);
    QCOMPARE(result.failed->logs, u"tried"_s);
}

QTEST_GUILESS_MAIN(TestJobHostCancelling)
#include "tst_jobhost_cancelling.moc"
