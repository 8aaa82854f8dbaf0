// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/hostfixture.h"

#include <QSemaphore>

#include <atomic>
#include <condition_variable>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Faults of the original, by their number, that must not exist here and that no other test is named for.
class tst_OriginalFaults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void w01_startUpRunsOnlyWhatIsLeftToRun();
    void w04_jobThatIgnoresItsStopTokenNeverRunsTwice();
    void w10_noWakeUpIsLost();
    void w11_anythingThrownLeavesTheLaneGoing();
    void w15_aLineCostsTheSameHoweverManyThereAre();
    void w17_cancelByWorkerStopsTheRunningJobAndKeepsTheLaneSerial();
    void w27_logsBeyondTheEndAreEmpty();
    void w28_theCallersOptionsAreNotTouched();
};

void tst_OriginalFaults::w01_startUpRunsOnlyWhatIsLeftToRun()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    std::atomic<int> calls = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return QJsonObject{};
    });
    addCommand(f, "Called", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++calls;
        return QJsonObject{};
    });
    const JobRef executed = f.enqueue(u"Count"_s, {.callback = u"Called"_s});
    const JobRef cancelled = f.enqueue(u"Count"_s);
    QVERIFY(f.queue->cancel({.ids = {cancelled.id}}).result().ok());
    // A host that dies with the callback in flight: claimed, executed, gone.
    const auto &store = f.queue->store();
    const auto claimed
        = waitFor<ClaimResult>([&](auto done) { store->claim({.hostId = u"dead"_s, .poolCapacity = 5, .commands = {u"Count"_s}}, done); });
    QCOMPARE(claimed->jobs.size(), 1u);
    const AttemptEnd end{.kind = AttemptEnd::Kind::Execute,
                         .jobId = executed.id,
                         .generation = claimed->jobs.front().generation,
                         .endedDate = SystemClock().now(),
                         .response = u"R"_s,
                         .responseBody = "{\"n\":1}"};
    QVERIFY(waitFor<void>([&](auto done) { store->finish(end, done); }).ok());
    f.start();
    const JobResult result = f.finished(executed.id);
    QVERIFY(result.completed);
    QCOMPARE(runs.load(), 0);
    QCOMPARE(calls.load(), 1);
    QCOMPARE(result.completed->responseBody, QByteArray("{\"n\":1}"));
    QCOMPARE(result.completed->completedDate, end.endedDate);
    QCOMPARE(f.stateOf(cancelled.id), JobState::Cancelled);
    QVERIFY(f.checkIsClean());
}

void tst_OriginalFaults::w04_jobThatIgnoresItsStopTokenNeverRunsTwice()
{
    HostFixture f;
    QSemaphore go;
    std::atomic<int> entered = 0;
    std::atomic<bool> asked = false;
    addCommand(f, "Stubborn", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        ++entered;
        const std::stop_callback note(context.stopToken(), [&] { asked = true; });
        go.acquire();
        return QJsonObject{};
    });
    f.start();
    const JobRef ref = f.enqueue(u"Stubborn"_s, {.worker = u"w"_s, .timeout = std::chrono::seconds{1}});
    const JobRef next = f.enqueue(u"Stubborn"_s, {.worker = u"w"_s});
    QTRY_VERIFY_WITH_TIMEOUT(asked.load(), patienceMs);
    QCOMPARE(f.stateOf(ref.id), JobState::Started);
    QCOMPARE(f.stateOf(next.id), JobState::Queued); // it keeps its lane
    QTRY_VERIFY_WITH_TIMEOUT(f.find(ref.id).queued->status.startsWith(u"not responding"), patienceMs);
    QCOMPARE(entered.load(), 1);
    go.release(2);
    QVERIFY(f.finished(ref.id).completed);
    QVERIFY(f.finished(next.id).completed);
    QCOMPARE(entered.load(), 2);
}

void tst_OriginalFaults::w10_noWakeUpIsLost()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return QJsonObject{};
    });
    f.start();
    // Each is enqueued at the moment at which the lane goes idle.
    for (int i = 1; i <= 300; ++i) {
        f.enqueue(u"Count"_s, {.worker = u"w"_s});
        if (i % 3 == 0)
            QTRY_VERIFY_WITH_TIMEOUT(runs.load() >= i - 1, patienceMs);
    }
    QTRY_COMPARE_WITH_TIMEOUT(runs.load(), 300, patienceMs);
}

void tst_OriginalFaults::w11_anythingThrownLeavesTheLaneGoing()
{
    HostFixture f({.retryLimit = 0});
    addCommand(f, "Throws", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { throw 42; });
    addCommand(f, "Fine", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    f.start();
    const JobRef bad = f.enqueue(u"Throws"_s, {.worker = u"w"_s});
    const JobRef good = f.enqueue(u"Fine"_s, {.worker = u"w"_s});
    QVERIFY(f.finished(good.id).completed);
    QCOMPARE(f.finished(bad.id).failed->errorCode, u"Exception"_s);
}

void tst_OriginalFaults::w15_aLineCostsTheSameHoweverManyThereAre()
{
    HostFixture f;
    QSemaphore go;
    constexpr int lines = 30'000;
    addCommand(f, "Chatty",
               [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
                   for (int i = 0; i < lines; ++i)
                       context.log(u"a line of text that is not short, number %1"_s.arg(i));
                   go.acquire();
                   return QJsonObject{};
               },
               {.logToApplication = false});
    f.start();
    const JobRef ref = f.enqueue(u"Chatty"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!f.queue->store()->logs(ref.id, 0, lines)->isEmpty(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(f.queue->store()->logs(ref.id, 0, lines)->size(), lines, patienceMs);
    QVERIFY(f.find(ref.id).queued->logs.isNull()); // no column is rewritten line by line
    go.release();
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.completed->logs.size() <= 1'000'000);
    QVERIFY(result.completed->logs.startsWith(u"a line of text that is not short, number 0\n"));
    QCOMPARE(f.queue->store()->logs(ref.id, 0, lines)->last().message, u"a line of text that is not short, number %1"_s.arg(lines - 1));
}

void tst_OriginalFaults::w17_cancelByWorkerStopsTheRunningJobAndKeepsTheLaneSerial()
{
    HostFixture f;
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;
    addCommand(f, "Waits", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        most = std::max(most.load(), ++now);
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait(lock, context.stopToken(), [] { return false; });
        --now;
        context.throwIfCancelled();
        return QJsonObject{};
    });
    addCommand(f, "Fine", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        most = std::max(most.load(), ++now);
        --now;
        return QJsonObject{};
    });
    f.start();
    const JobRef running = f.enqueue(u"Waits"_s, {.worker = u"w"_s, .timeout = std::chrono::seconds{3600}});
    const JobRef waiting = f.enqueue(u"Waits"_s, {.worker = u"w"_s});
    QVERIFY(f.reaches(running.id, JobState::Started));
    QCOMPARE(f.queue->cancel({.filter = JobFilter{.worker = u"w"_s}}).result()->size(), 2);
    const JobRef after = f.enqueue(u"Fine"_s, {.worker = u"w"_s});
    QCOMPARE(f.finished(running.id).failed->state, JobState::Cancelled);
    QCOMPARE(f.finished(waiting.id).failed->state, JobState::Cancelled);
    QVERIFY(f.finished(after.id).completed);
    QCOMPARE(most.load(), 1);
}

void tst_OriginalFaults::w27_logsBeyondTheEndAreEmpty()
{
    HostFixture f;
    addCommand(f, "Logs", [](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        context.log(u"one"_s);
        return QJsonObject{};
    });
    f.start();
    const JobRef ref = f.enqueue(u"Logs"_s);
    QVERIFY(f.finished(ref.id).completed);
    const auto beyond = f.queue->store()->logs(ref.id, 1'000'000, 10);
    QVERIFY(beyond.ok());
    QVERIFY(beyond->isEmpty());
    QVERIFY(f.queue->store()->logs(4711, 0, 10)->isEmpty());
}

void tst_OriginalFaults::w28_theCallersOptionsAreNotTouched()
{
    HostFixture f;
    addCommand(f, "Mail", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; }, {.worker = u"smtp"_s});
    f.start();
    const NewJob job{.name = u"Mail"_s, .options = {.tag = u"t"_s}};
    const JobRef ref = f.enqueue(job);
    QVERIFY(f.finished(ref.id).completed);
    QVERIFY(job.options.worker.isNull());
    QCOMPARE(f.find(ref.id).completed->worker, u"smtp"_s);
}

QTEST_GUILESS_MAIN(tst_OriginalFaults)
#include "tst_originalfaults.moc"
