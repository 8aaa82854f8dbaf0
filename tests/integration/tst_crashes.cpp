// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/crashdrill.h"
#include "support/storefolder.h"

#include <QDeadlineTimer>
#include <QDir>

#include <algorithm>
#include <csignal>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

namespace {
const QString stintProgram = QStringLiteral(STINT_BIN_DIR "/stint");

/// Whether nobody else holds the write lock.
bool isWritable(const CrashDrill &drill)
{
    try {
        SqliteConnection db(drill.location() + u"/jobs.db"_s, "mode=rw", std::chrono::milliseconds{50});
        const SqliteTransaction transaction(db, SqliteTransaction::Kind::Write);
        return true;
    } catch (const SqliteError &) {
        return false;
    }
}

/// Whether SIGSTOP has reached every thread: it comes when the thread is next about to run.
bool isStopped(pid_t pid)
{
    const QDir threads(u"/proc/%1/task"_s.arg(pid));
    const QStringList ids = threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return !ids.isEmpty() && std::all_of(ids.begin(), ids.end(), [&](const QString &id) {
        QFile status(threads.filePath(id + u"/status"_s));
        return status.open(QIODevice::ReadOnly) && status.readAll().contains("\nState:\tT");
    });
}
} // namespace

/// What a kill between two steps leaves, in detail, and what others do to it then. Every failpoint: tst_crashmatrix.
class tst_Crashes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelDies_data();
    void cancelDies();
    void requeueDies_data();
    void requeueDies();
    void requeueBetweenTheSteps_data();
    void requeueBetweenTheSteps();
    void cancelRequestSurvivesTheHost();
    void w02_interruptionsHaveALimitOfTheirOwn();
    void pruneDies_data();
    void pruneDies();
    void stoppedHostIsNotReplaced();
};

void tst_Crashes::cancelDies_data()
{
    QTest::addColumn<QByteArray>("failpoint");
    for (const char *const failpoint : {"t1.before-commit", "t1.committed", "m1.before-commit", "m1.committed", "t2.committed"})
        QTest::newRow(failpoint) << QByteArray(failpoint);
}

void tst_Crashes::cancelDies()
{
    QFETCH(QByteArray, failpoint);
    CrashDrill drill;
    const auto id = drill.enqueue(u"Note"_s);
    const auto dependent = drill.enqueue(u"Note"_s, {.dependsOn = id});
    QVERIFY(!drill.run(stintProgram, {u"--db"_s, drill.location(), u"cancel"_s, QString::number(id)}, failpoint));
    QVERIFY(drill.runHost());
    drill.verifyAllIsWell();
    const auto store = drill.open(OpenMode::ReadOnly);
    const JobState expected = failpoint == "t1.before-commit" ? JobState::Completed : JobState::Cancelled;
    QCOMPARE((*store->find(id))->summary.state, expected);
    QCOMPARE((*store->find(dependent))->summary.state, expected);
}

void tst_Crashes::requeueDies_data()
{
    QTest::addColumn<QByteArray>("failpoint");
    QTest::addColumn<bool>("requeued");
    QTest::newRow("before R1") << QByteArray("t1.before-commit") << false;
    QTest::newRow("after R1") << QByteArray("r1.committed") << true;
    QTest::newRow("after R2") << QByteArray("r2.committed") << true;
    QTest::newRow("after the note is gone") << QByteArray("t1.committed:2") << true;
}

void tst_Crashes::requeueDies()
{
    QFETCH(QByteArray, failpoint);
    QFETCH(bool, requeued);
    CrashDrill drill;
    const auto id = drill.enqueue(u"AlwaysFail"_s, {.retryLimit = 0});
    QVERIFY(drill.runHost());
    QVERIFY(!drill.run(stintProgram, {u"--db"_s, drill.location(), u"requeue"_s, QString::number(id)}, failpoint));
    {
        const auto result = drill.open(OpenMode::ReadOnly)->find(id); // one meaning, whatever is in both places
        QCOMPARE((*result)->summary.state, requeued ? JobState::Queued : JobState::Failed);
        QCOMPARE((*result)->queued.has_value(), requeued);
        const auto failed = drill.open(OpenMode::ReadOnly)->list({.pane = Pane::Failed});
        QCOMPARE(failed->jobs.size(), requeued ? 0 : 1);
    }
    drill.requeues = requeued ? 1 : 0;
    QVERIFY(drill.runHost());
    drill.verifyAllIsWell();
    QCOMPARE(drill.runs().value(id), requeued ? 2 : 1);
    QCOMPARE((*drill.open(OpenMode::ReadOnly)->find(id))->attempts.size(), requeued ? 1 : 0);
}

void tst_Crashes::requeueBetweenTheSteps_data()
{
    QTest::addColumn<QByteArray>("hostDiesAt");
    QTest::newRow("after T1") << QByteArray("m1.before-commit");
    QTest::newRow("after M1") << QByteArray("m1.committed");
    QTest::newRow("after T2") << QByteArray("t2.committed");
}

/// A requeue from another process while the finished job is between two steps, with the job then run to its end.
void tst_Crashes::requeueBetweenTheSteps()
{
    QFETCH(QByteArray, hostDiesAt);
    CrashDrill drill;
    const auto id = drill.enqueue(u"AlwaysFail"_s, {.retryLimit = 0});
    QVERIFY(!drill.runHost(hostDiesAt));
    QVERIFY(drill.run(stintProgram, {u"--db"_s, drill.location(), u"requeue"_s, QString::number(id)}));
    QVERIFY2(drill.output.contains("requeued"), drill.output.constData());
    drill.requeues = 1;
    QVERIFY(drill.runHost());
    drill.verifyAllIsWell();
    QCOMPARE(drill.runs().value(id), 2);
    const auto result = drill.open(OpenMode::ReadOnly)->find(id);
    QVERIFY((*result)->failed);
    QCOMPARE((*result)->attempts.size(), 1);
}

void tst_Crashes::cancelRequestSurvivesTheHost()
{
    CrashDrill drill;
    const auto id = drill.enqueue(u"Note"_s);
    QVERIFY(!drill.runHost("run.entered"));
    QCOMPARE((*drill.open(OpenMode::ReadOnly)->find(id))->summary.state, JobState::Started);
    QVERIFY(drill.run(stintProgram, {u"--db"_s, drill.location(), u"cancel"_s, QString::number(id)}));
    QVERIFY(drill.runHost());
    drill.verifyAllIsWell();
    QCOMPARE((*drill.open(OpenMode::ReadOnly)->find(id))->summary.state, JobState::Cancelled);
    QVERIFY(drill.runs().isEmpty());
}

void tst_Crashes::w02_interruptionsHaveALimitOfTheirOwn() // W2: a job that kills its host does not loop for ever
{
    CrashDrill drill;
    const auto store = drill.open();
    const auto refs = waitFor<QList<JobRef>>([&](auto done) {
        store->enqueue(
            {{NewJob{.name = u"RunProcess"_s, .requestBody = R"({"program":"sh","arguments":["-c","kill -9 $PPID"]})", .force = true}},
             {},
             0},
            done);
    });
    for (int i = 0; i < 4; ++i)
        QVERIFY(!drill.run(stintProgram, {u"--db"_s, drill.location(), u"host"_s, u"--drain"_s}));
    QVERIFY(drill.run(stintProgram, {u"--db"_s, drill.location(), u"host"_s, u"--drain"_s}));
    const auto result = drill.open(OpenMode::ReadOnly)->find(refs->constFirst().id);
    QVERIFY((*result)->failed);
    QCOMPARE((*result)->failed->errorCode, u"HostLost"_s);
    QCOMPARE((*result)->failed->attempts, 1);
    QCOMPARE((*result)->attempts.size(), 3);
}

void tst_Crashes::pruneDies_data()
{
    QTest::addColumn<QByteArray>("failpoint");
    QTest::addColumn<bool>("moved");
    QTest::newRow("before the file is moved") << QByteArray("prune.before-move") << false;
    QTest::newRow("after it was moved") << QByteArray("prune.moved") << true;
}

/// Wherever it dies, the month is in one place, and the next prune ends the work.
void tst_Crashes::pruneDies()
{
    QFETCH(QByteArray, failpoint);
    QFETCH(bool, moved);
    CrashDrill drill;
    std::int64_t id = 0;
    {
        const auto clock = std::make_shared<FakeClock>();
        clock->set(Timestamp(std::chrono::sys_days(std::chrono::year(2025) / 3 / 15)));
        const auto store = *SqliteStore::open(drill.location(), OpenMode::Create, clock);
        const auto refs = waitFor<QList<JobRef>>([&](auto done) { store->enqueue({{NewJob{.name = u"Note"_s}}, {}, 0}, done); });
        id = refs->constFirst().id;
        QVERIFY(waitFor<QList<ActionResult>>([&](auto done) { store->cancel({.ids = {id}}, done); }).ok());
    }
    const auto recent = drill.enqueue(u"Note"_s);
    QVERIFY(drill.runHost());
    const QString month = drill.location() + u"/jobs_2025-03.db"_s;
    const QString old = drill.location() + u"/old"_s;
    const QStringList prune{u"--db"_s, drill.location(), u"prune"_s, u"--before"_s, u"2026-01"_s, u"--to"_s, old, u"--apply"_s};
    QVERIFY(!drill.run(stintProgram, prune, failpoint));
    QCOMPARE(QFile::exists(month), !moved);
    QCOMPARE(QFile::exists(old + u"/jobs_2025-03.db"_s), moved);
    QCOMPARE((*drill.open(OpenMode::ReadOnly)->find(id))->summary.state, JobState::Cancelled);

    QVERIFY2(drill.run(stintProgram, prune), drill.output.constData());
    QVERIFY(!QFile::exists(month));
    QVERIFY(QFile::exists(old + u"/jobs_2025-03.db"_s));
    QVERIFY(!drill.open(OpenMode::ReadOnly)->find(id)->has_value());
    QCOMPARE((*drill.open(OpenMode::ReadOnly)->find(recent))->summary.state, JobState::Completed);
    drill.verifyAllIsWell();
}

void tst_Crashes::stoppedHostIsNotReplaced()
{
    constexpr std::chrono::seconds timeout{3};
    CrashDrill drill;
    const auto first = drill.enqueue(u"WaitsForWord"_s, {.timeout = timeout});
    QProcess host;
    host.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    host.start(QStringLiteral(STINT_TEST_HOST), {drill.location(), drill.journalPath(), u"--forever"_s});
    QVERIFY(host.waitForStarted());
    const auto isCompleted = [&](std::int64_t id) {
        return QTest::qWaitFor([&] { return (*drill.open(OpenMode::ReadOnly)->find(id))->summary.state == JobState::Completed; }, 30'000);
    };
    QVERIFY(QTest::qWaitFor([&] { return drill.runs().contains(first); }, 30'000));

    const auto pid = static_cast<pid_t>(host.processId());
    // Within a transaction it would hold the write lock, and with it those who enqueue.
    QVERIFY(QTest::qWaitFor(
        [&] {
            if (::kill(pid, SIGSTOP) != 0 || !QTest::qWaitFor([&] { return isStopped(pid); }, 10'000))
                return false;
            return isWritable(drill) || ::kill(pid, SIGCONT) != 0;
        },
        30'000));
    const QDeadlineTimer longerThanItsTime(timeout + std::chrono::seconds{2});
    const auto second = drill.enqueue(u"Note"_s);
    QVERIFY(second > first);
    do {
        QVERIFY(drill.run(stintProgram, {u"--db"_s, drill.location(), u"host"_s, u"--drain"_s})); // it ends by itself, refused
        QVERIFY2(drill.output.contains("already runs the jobs"), drill.output.constData());
    } while (!longerThanItsTime.hasExpired());
    QCOMPARE((*drill.open(OpenMode::ReadOnly)->find(second))->summary.state, JobState::Queued);

    QCOMPARE(::kill(pid, SIGCONT), 0);
    QVERIFY(isCompleted(second)); // and by now it has looked whose time is over
    QVERIFY(QFile(drill.journalPath() + u".word"_s).open(QIODevice::WriteOnly));
    QVERIFY(isCompleted(first));
    host.kill();
    QVERIFY(host.waitForFinished());
    QVERIFY(drill.runHost());
    drill.verifyAllIsWell();
    QCOMPARE(drill.runs(), (QHash<std::int64_t, int>{{first, 1}, {second, 1}}));
}

QTEST_GUILESS_MAIN(tst_Crashes)
#include "tst_crashes.moc"
