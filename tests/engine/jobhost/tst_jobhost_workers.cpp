// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/hostfixture.h"
#include "support/runs.h"

#include <QSignalSpy>

#include <atomic>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Named workers: order, one at a time, paused, many at once.
class TestJobHostWorkers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void priorityAndOrderWithinAWorker();
    void namedWorkerIsSerial();
    void pausedWorkerWaits();
    void fixedWorkerOfACommand();
    void jobMovedToAnEarlierWorkerIsServed();
    void manyQuickWorkersAtOnce();
};

void TestJobHostWorkers::priorityAndOrderWithinAWorker()
{
    HostFixture f;
    Runs runs;
    addCommand(f, "Note", [&](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
        runs.enter(request.value(u"name"_s).toString());
        return QJsonObject{};
    });
    const JobRef last = f.enqueue(u"Note"_s, {.worker = u"w"_s}, "{\"name\":\"a\"}");
    f.enqueue(u"Note"_s, {.worker = u"w"_s, .priority = 1}, "{\"name\":\"b\"}");
    f.enqueue(u"Note"_s, {.worker = u"w"_s, .priority = 2}, "{\"name\":\"c\"}");
    f.enqueue(u"Note"_s, {.worker = u"w"_s, .priority = 2}, "{\"name\":\"d\"}");
    f.start();
    QVERIFY(f.finished(last.id).completed);
    QCOMPARE(runs.order(), (QStringList{u"c"_s, u"d"_s, u"b"_s, u"a"_s}));
}

void TestJobHostWorkers::namedWorkerIsSerial()
{
    HostFixture f;
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;
    Runs runs;
    addCommand(f, "Note", [&](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
        most = std::max(most.load(), ++now);
        runs.enter(request.value(u"name"_s).toString());
        --now;
        return QJsonObject{};
    });
    f.start();
    QStringList expected;
    JobRef last;
    for (int i = 0; i < 200; ++i) {
        expected.append(QString::number(i));
        last = f.enqueue(u"Note"_s, {.worker = u"serial"_s}, "{\"name\":\"" + QByteArray::number(i) + "\"}");
    }
    QVERIFY(f.finished(last.id).completed);
    QCOMPARE(most.load(), 1);
    QCOMPARE(runs.order(), expected);
    QTRY_VERIFY_WITH_TIMEOUT(!f.queue->store()->workers()->isEmpty(), patienceMs); // the counters are flushed about once a second
    QTRY_COMPARE_WITH_TIMEOUT(f.queue->store()->workers()->first().completed, 200, patienceMs);
}

void TestJobHostWorkers::pausedWorkerWaits()
{
    HostFixture f;
    Runs runs;
    addCommand(f, "Note", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        runs.enter(context.job().worker);
        return QJsonObject{};
    });
    QVERIFY(f.queue->setWorkerPaused(u"w"_s, true).result().ok());
    f.start();
    const JobRef paused = f.enqueue(u"Note"_s, {.worker = u"w"_s});
    const JobRef other = f.enqueue(u"Note"_s, {.worker = u"x"_s});
    QVERIFY(f.finished(other.id).completed);
    QCOMPARE(f.stateOf(paused.id), JobState::Queued);
    QCOMPARE(f.queue->store()->waitingFor(*f.find(paused.id).queued)->first().code, u"workerPaused"_s);
    QVERIFY(f.queue->setWorkerPaused(u"w"_s, false).result().ok());
    QVERIFY(f.finished(paused.id).completed);
    QCOMPARE(runs.order(), (QStringList{u"x"_s, u"w"_s}));
}

void TestJobHostWorkers::fixedWorkerOfACommand()
{
    HostFixture f;
    addCommand(f, "Mail", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; }, {.worker = u"smtp"_s});
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Mail"_s).id);
    QVERIFY(result.completed);
    QCOMPARE(result.completed->worker, u"smtp"_s);
    QCOMPARE(result.summary.worker, u"smtp"_s);
}

/// Its command's own worker sorts before the one that the job names: nothing else wakes that worker.
void TestJobHostWorkers::jobMovedToAnEarlierWorkerIsServed()
{
    HostFixture fixture;
    addCommand(fixture, "SendEmail", [](const QJsonObject &, JobContext &) { return QJsonObject(); }, {.worker = u"alpha"_s});
    const auto job = fixture.enqueue(u"SendEmail"_s, {.worker = u"zeta"_s});
    fixture.start();
    QSignalSpy drained(fixture.host.get(), &JobHost::drained);
    fixture.host->drainWhenIdle();
    QVERIFY(drained.wait(patienceMs));
    const auto result = fixture.finished(job.id);
    QCOMPARE(result.summary.state, JobState::Completed);
    QCOMPARE(result.completed->worker, u"alpha"_s);
}

/// Together they would claim many times what the host keeps places for.
void TestJobHostWorkers::manyQuickWorkersAtOnce()
{
    constexpr int workers = 24;
    constexpr int jobsOfEach = 500;
    HostFixture fixture;
    std::atomic<int> ran{0};
    addCommand(fixture, "Quick", [&](const QJsonObject &, JobContext &) {
        ++ran;
        return QJsonObject();
    });
    QList<NewJob> jobs;
    for (int i = 0; i < workers * jobsOfEach; ++i)
        jobs.append({.name = u"Quick"_s, .options = {.worker = u"worker %1"_s.arg(i % workers)}});
    QVERIFY(fixture.queue->enqueueMany(jobs).result().ok());
    fixture.start();
    QTRY_COMPARE_WITH_TIMEOUT(ran.load(), workers * jobsOfEach, 3 * patienceMs);
    QVERIFY(fixture.host->stop());
    QVERIFY(fixture.checkIsClean());
    QCOMPARE(ran.load(), workers * jobsOfEach);
}

QTEST_GUILESS_MAIN(TestJobHostWorkers)
#include "tst_jobhost_workers.moc"
