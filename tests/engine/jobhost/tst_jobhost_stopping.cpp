// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/hostfixture.h"
#include "support/runs.h"

#include <QSemaphore>

#include <thread>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Hosts that begin, end, and have nothing to do.
class TestJobHostStopping final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopRefundsTheAttempt();
    void unknownCommandStaysQueued();
    void hostRefusesUnknownCommandAtEnqueue();
    void drainReportsUnknown();
    void secondHostIsRefused();
    void startsAgainAfterAStop();
    void stopEndsAtItsDeadline();
    void hostIsWaitedForWhenItGoes();
};

void TestJobHostStopping::stopRefundsTheAttempt()
{
    HostFixture f;
    QSemaphore entered; // a job that is claimed and not entered goes back without a trace
    addCommand(f, "Waits", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        entered.release();
        waitForStop(context);
        context.throwIfCancelled();
        return QJsonObject{};
    });
    f.start();
    const JobRef ref = f.enqueue(u"Waits"_s);
    QVERIFY(entered.tryAcquire(1, patienceMs));
    QVERIFY(f.host->stop());
    const JobResult result = f.find(ref.id);
    QVERIFY(result.queued);
    QCOMPARE(result.queued->state, JobState::Queued);
    QCOMPARE(result.queued->attempts, 1);
    QCOMPARE(result.attempts.size(), 1);
    QCOMPARE(result.attempts.first().outcome, AttemptOutcome::Refunded);
    QVERIFY(f.checkIsClean());
}

void TestJobHostStopping::unknownCommandStaysQueued()
{
    HostFixture f;
    addCommand(f, "Known", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    const JobRef unknown = f.enqueue(u"Unknown"_s);
    const JobRef known = f.enqueue(u"Known"_s);
    f.start();
    QVERIFY(f.finished(known.id).completed);
    QVERIFY(f.find(unknown.id).queued->unknownCommand);
    f.host.reset();
    addCommand(f, "Unknown", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    f.start();
    QVERIFY(f.finished(unknown.id).completed);
}

void TestJobHostStopping::hostRefusesUnknownCommandAtEnqueue()
{
    HostFixture f;
    f.start();
    const auto refused = f.queue->enqueueAndWait({.name = u"Nobody"_s});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::Unknown);
    QVERIFY(f.queue->enqueueAndWait({.name = u"Nobody"_s, .force = true}).ok());
}

void TestJobHostStopping::drainReportsUnknown()
{
    HostFixture f;
    addCommand(f, "Known", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    f.enqueue(u"Unknown"_s);
    const JobRef known = f.enqueue(u"Known"_s);
    f.enqueue(u"Known"_s, {.runAfter = SystemClock().now() + std::chrono::hours{1}});
    f.start();
    QStringList unknown;
    bool drained = false;
    QObject::connect(f.host.get(), &JobHost::drained, f.host.get(), [&](const QStringList &names) {
        unknown = names;
        drained = true;
    });
    f.host->drainWhenIdle();
    QTRY_VERIFY_WITH_TIMEOUT(drained, patienceMs);
    QCOMPARE(unknown, QStringList{u"Unknown"_s});
    QCOMPARE(f.stateOf(known.id), JobState::Completed);
}

void TestJobHostStopping::secondHostIsRefused()
{
    HostFixture f;
    f.start();
    auto other = JobQueue::open(f.folder.path());
    JobHost second((*other)->store(), f.registry);
    const auto refused = second.start();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().message.contains(QString::number(QCoreApplication::applicationPid())));
}

void TestJobHostStopping::startsAgainAfterAStop()
{
    HostFixture fixture;
    addCommand(fixture, "Greet", [](const QJsonObject &, JobContext &) { return QJsonObject(); });
    fixture.start();
    QVERIFY(fixture.host->stop());
    const auto started = fixture.host->start();
    QVERIFY2(started.ok(), started.ok() ? "" : qPrintable(started.error().message));
    const auto job = fixture.enqueue(u"Greet"_s);
    QCOMPARE(fixture.finished(job.id).summary.state, JobState::Completed);
}

/// A command that ignores its stop token cannot be ended: the host says so, keeps the job, and may be asked again.
void TestJobHostStopping::stopEndsAtItsDeadline()
{
    HostFixture fixture({.stopDeadline = std::chrono::milliseconds{50}});
    QSemaphore entered;
    QSemaphore go;
    addCommand(fixture, "Ignores", [&](const QJsonObject &, JobContext &) {
        entered.release();
        go.acquire();
        return QJsonObject{{u"done"_s, true}};
    });
    fixture.start();
    const auto job = fixture.enqueue(u"Ignores"_s);
    const auto waiting = fixture.enqueue(u"Ignores"_s, {.dependsOn = job.id});
    QVERIFY(entered.tryAcquire(1, patienceMs));
    QVERIFY(!fixture.host->stop());
    QVERIFY(fixture.host->isRunning());
    QCOMPARE(fixture.stateOf(job.id), JobState::Started);
    JobHost second(std::move(JobQueue::openStore(fixture.folder.path(), OpenMode::ReadWrite)).value(), fixture.registry);
    QCOMPARE(second.start().error().code, ErrorCode::Conflict); // it would run twice, side by side
    go.release();
    QVERIFY(QTest::qWaitFor([&] { return fixture.host->stop(); }, patienceMs));
    QVERIFY(!fixture.host->isRunning());
    QCOMPARE(fixture.stateOf(job.id), JobState::Completed);  // work that is done counts
    QCOMPARE(fixture.stateOf(waiting.id), JobState::Queued); // but nothing new was begun
    QVERIFY(second.start().ok());
    go.release();
    QCOMPARE(fixture.finished(waiting.id).summary.state, JobState::Completed);
    QVERIFY(second.stop());
}

void TestJobHostStopping::hostIsWaitedForWhenItGoes()
{
    HostFixture fixture({.stopDeadline = std::chrono::milliseconds{1}});
    QSemaphore entered;
    QSemaphore go;
    addCommand(fixture, "Ignores", [&](const QJsonObject &, JobContext &) {
        entered.release();
        go.acquire();
        return QJsonObject();
    });
    fixture.start();
    const auto job = fixture.enqueue(u"Ignores"_s);
    QVERIFY(entered.tryAcquire(1, patienceMs));
    QVERIFY(!fixture.host->stop());
    std::thread later([&] { go.release(); });
    fixture.host.reset();
    later.join();
    QCOMPARE(fixture.stateOf(job.id), JobState::Completed);
}

QTEST_GUILESS_MAIN(TestJobHostStopping)
#include "tst_jobhost_stopping.moc"
