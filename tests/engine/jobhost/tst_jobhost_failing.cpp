// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/greeting.h"
#include "support/hostfixture.h"
#include "support/runs.h"

#include <atomic>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Jobs that fail, and are tried again or requeued.
class TestJobHostFailing final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retriesAndFails();
    void retriesAndFailsAnApi();
    void unknownUserFailsTheJob();
    void retriedThenSuccessfulKeepsItsAttempts();
    void failForGoodIsNotRetried();
    void w07_timeoutIsNoFailureOfItsOwn();
    void callbackThatFailsIsRetriedAlone();
    void w02_callbackThatKillsItsHostFailsAtLast();
    void requeueRunsAgainAndKeepsTheEvidence();
    void requeueWithEditedArguments();
};

void TestJobHostFailing::retriesAndFails()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "AlwaysFail", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        throw std::runtime_error("Always Fails: " + std::to_string(++runs));
    });
    f.start();
    const JobRef ref = f.enqueue(u"AlwaysFail"_s);
    std::atomic<int> failed = 0;
    QString reported;
    f.queue->whenFinished(ref.id, {}, [&](const JobResult &result) {
        ++failed;
        reported = result.summary.errorMessage;
    });
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.failed);
    QCOMPARE(runs.load(), 3);
    QCOMPARE(result.failed->attempts, 3);
    QCOMPARE(result.failed->state, JobState::Failed);
    QCOMPARE(result.failed->errorCode, u"Exception"_s);
    QCOMPARE(result.failed->error->message, u"Always Fails: 3"_s);
    QCOMPARE(result.failed->request, u"NoArgs"_s);
    QCOMPARE(result.failed->requestBody, QByteArray("{}"));
    QVERIFY(!result.failed->completedDate); // W9: a .NET requeue would never run such a row
    QCOMPARE(result.summary.errorMessage, u"Always Fails: 3"_s);
    QCOMPARE(result.summary.attempts, 3); // W22
    QVERIFY(result.summary.startedDate && result.summary.completedDate);
    QCOMPARE(result.attempts.size(), 2);
    QCOMPARE(result.attempts.first().error->message, u"Always Fails: 1"_s);
    QTRY_COMPARE_WITH_TIMEOUT(failed.load(), 1, patienceMs);
    QCOMPARE(reported, u"Always Fails: 3"_s); // once, with the last error
    QVERIFY(f.checkIsClean());
}

void TestJobHostFailing::retriesAndFailsAnApi()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    f.registry.addApi<MyRequest, MyResponse>([&](const MyRequest &, JobContext &) -> Outcome<MyResponse> {
        throw std::runtime_error("Always Fails: " + std::to_string(++runs));
    });
    f.start();
    const JobResult result = f.finished(f.queue->enqueueApi(MyRequest{}).result()->id);
    QVERIFY(result.failed);
    QCOMPARE(runs.load(), 3);
    QVERIFY(result.failed->command.isNull());
}

void TestJobHostFailing::unknownUserFailsTheJob()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return QJsonObject{};
    });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Count"_s, {.userId = u"nobody"_s}).id);
    QVERIFY(result.failed);
    QCOMPARE(result.failed->errorCode, u"NotFound"_s);
    QCOMPARE(result.failed->error->message, u"User not found"_s);
    QCOMPARE(runs.load(), 0);
}

void TestJobHostFailing::retriedThenSuccessfulKeepsItsAttempts()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "SecondTime", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        context.log(u"run"_s);
        if (++runs < 2)
            throw JobException(u"Flaky"_s, u"not yet"_s);
        return QJsonObject{};
    });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"SecondTime"_s).id);
    QVERIFY(result.completed);
    QCOMPARE(result.completed->attempts, 2);
    QVERIFY(!result.completed->error);
    QCOMPARE(result.completed->logs, u"run\nrun"_s);
    QCOMPARE(result.attempts.size(), 1);
    QCOMPARE(result.attempts.first().error->errorCode, u"Flaky"_s);
    QCOMPARE(result.attempts.first().outcome, AttemptOutcome::Failed);
}

void TestJobHostFailing::failForGoodIsNotRetried()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Hopeless", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return Fail{JobError{u"Hopeless"_s, u"never"_s, {}, {}, {}}};
    });
    f.start();
    QCOMPARE(f.finished(f.enqueue(u"Hopeless"_s).id).failed->errorCode, u"Hopeless"_s);
    QCOMPARE(runs.load(), 1);
}

void TestJobHostFailing::w07_timeoutIsNoFailureOfItsOwn()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Waits", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        ++runs;
        waitForStop(context);
        context.throwIfCancelled(); // W7: this is a time-out, not a failure of its own
        return QJsonObject{};
    });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Waits"_s, {.retryLimit = 1, .timeout = std::chrono::seconds{1}}).id);
    QVERIFY(result.failed);
    QCOMPARE(result.failed->state, JobState::Failed);
    QCOMPARE(result.failed->errorCode, u"Timeout"_s);
    QCOMPARE(runs.load(), 2);
}

void TestJobHostFailing::callbackThatFailsIsRetriedAlone()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    std::atomic<int> calls = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return QJsonObject{};
    });
    addCommand(f, "Called", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        if (++calls < 3)
            throw std::runtime_error("down");
        return QJsonObject{};
    });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Count"_s, {.callback = u"Called"_s}).id);
    QVERIFY(result.completed);
    QCOMPARE(runs.load(), 1);
    QCOMPARE(calls.load(), 3);
    calls = -100;
    const JobResult failed = f.finished(f.enqueue(u"Count"_s, {.callback = u"Called"_s}).id);
    QVERIFY(failed.failed);
    QCOMPARE(failed.failed->error->message, u"down"_s);
    QCOMPARE(runs.load(), 2);
    QVERIFY(!failed.failed->completedDate);
    QVERIFY(f.checkIsClean());
}

void TestJobHostFailing::w02_callbackThatKillsItsHostFailsAtLast()
{
    HostFixture fixture({.interruptionLimit = 1});
    Runs runs;
    addCommand(fixture, "Work", [](const QJsonObject &, JobContext &) { return QJsonObject(); });
    addCommand(fixture, "Called", [&](const QJsonObject &, JobContext &) {
        runs.enter(u"Called"_s);
        return QJsonObject();
    });
    JobStore &store = *fixture.queue->store();
    const auto job = fixture.enqueue(u"Work"_s, {.callback = u"Called"_s, .retryLimit = 0});
    // What hosts leave behind that die while the callback runs: its attempts are counted, its end is not.
    for (int death = 0; death < 2; ++death) {
        const auto claimed
            = waitFor<ClaimResult>([&](auto done) { store.claim({.hostId = u"h"_s, .poolCapacity = 1, .commands = {u"Work"_s}}, done); });
        QCOMPARE(claimed->jobs.size(), 1U);
        const std::int64_t generation = claimed->jobs.front().generation;
        if (death == 0)
            QVERIFY(waitFor<void>([&](auto done) {
                        store.finish({.kind = AttemptEnd::Kind::Execute, .jobId = job.id, .generation = generation}, done);
                    }).ok());
        QVERIFY(waitFor<void>([&](auto done) { store.beginCallback(job.id, generation, done); }).ok());
        QVERIFY(waitFor<void>([&](auto done) { store.release({job}, {generation}, done); }).ok());
    }
    fixture.start();
    const auto result = fixture.finished(job.id);
    QCOMPARE(result.summary.state, JobState::Failed);
    QCOMPARE(result.summary.errorCode, QString(joberror::hostLost));
    QCOMPARE(runs.count(u"Called"_s), 0);
}

void TestJobHostFailing::requeueRunsAgainAndKeepsTheEvidence()
{
    HostFixture f({.retryLimit = 0});
    std::atomic<bool> fail = true;
    addCommand(f, "Sometimes", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        context.log(fail ? u"bad run"_s : u"good run"_s);
        if (fail)
            throw std::runtime_error("bad");
        return QJsonObject{};
    });
    f.start();
    const JobRef ref = f.enqueue(u"Sometimes"_s);
    QVERIFY(f.finished(ref.id).failed);
    fail = false;
    const auto report = f.queue->requeue({.ids = {ref.id}}).result();
    QVERIFY(report.ok());
    QCOMPARE(report->first().code, u"requeued"_s); // W29
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.completed);
    QVERIFY(!result.failed);
    QCOMPARE(result.completed->attempts, 1);
    QCOMPARE(result.completed->logs, u"good run"_s);
    QCOMPARE(result.summary.state, JobState::Completed);
    QVERIFY(result.summary.errorMessage.isNull());
    QCOMPARE(result.attempts.size(), 1);
    QCOMPARE(result.attempts.first().logs, u"bad run"_s);
    QCOMPARE(result.attempts.first().error->message, u"bad"_s);
    QVERIFY(f.checkIsClean());
}

void TestJobHostFailing::requeueWithEditedArguments()
{
    HostFixture f({.retryLimit = 0});
    addCommand(f, "Echo", [](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
        if (!request.contains(u"ok"_s))
            throw std::runtime_error("wrong arguments");
        return request;
    });
    f.start();
    const JobRef ref = f.enqueue(u"Echo"_s, {}, "{\"n\":9007199254740993}");
    QVERIFY(f.finished(ref.id).failed);
    QVERIFY(f.queue->requeue({.ids = {ref.id}}, {.requestBody = QByteArray("{\"ok\":1.10}")}).result().ok());
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.completed);
    QCOMPARE(result.completed->requestBody, QByteArray("{\"ok\":1.10}"));
    QCOMPARE(result.attempts.first().requestBody, QByteArray("{\"n\":9007199254740993}"));
}

QTEST_GUILESS_MAIN(TestJobHostFailing)
#include "tst_jobhost_failing.moc"
