// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/clock.h"
#include "support/crashdrill.h"

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Commands that are not as they should be: their job fails with what is known, the host and other jobs go on.
class tst_HostileCommands final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void throwsWhatIsNoException();
    void floodsItsLog();
    void allocatesUntilRefused();
    void childAllocatesUntilKilled();

private:
    static std::int64_t enqueue(const CrashDrill &drill, const QString &name, const QByteArray &body)
    {
        const NewJob job{.name = name, .requestBody = body, .options = {.retryLimit = 0}, .force = true};
        const auto refs = waitFor<QList<JobRef>>([&, store = drill.open()](auto done) { store->enqueue({{job}, {}, 0}, done); });
        return refs ? refs->constFirst().id : 0;
    }
};

void tst_HostileCommands::throwsWhatIsNoException()
{
    CrashDrill drill;
    const auto id = drill.enqueue(u"ThrowsNumber"_s, {.retryLimit = 1});
    const auto other = drill.enqueue(u"Note"_s);
    QVERIFY(drill.runHost());
    const auto store = drill.open(OpenMode::ReadOnly);
    const JobResult result = **store->find(id);
    QCOMPARE(result.summary.state, JobState::Failed);
    QCOMPARE(result.summary.attempts, 2);
    QCOMPARE(result.failed->error->message, u"the command threw something that is not a std::exception"_s);
    QCOMPARE((*store->find(other))->summary.state, JobState::Completed);
    QVERIFY(store->check(false)->isEmpty());
}

/// Nothing is dropped: who logs faster than the disk takes it waits.
void tst_HostileCommands::floodsItsLog()
{
    constexpr int lines = 100'000;
    CrashDrill drill;
    const auto id = enqueue(drill, u"Floods"_s, "{\"lines\":" + QByteArray::number(lines) + '}');
    const auto other = drill.enqueue(u"Note"_s);
    QVERIFY(drill.runHost());
    const auto store = drill.open(OpenMode::ReadOnly);
    QCOMPARE((*store->find(id))->summary.state, JobState::Completed);
    QCOMPARE((*store->find(other))->summary.state, JobState::Completed);
    const auto log = store->logs(id, 0, 2 * lines);
    QCOMPARE(log->size(), lines);
    for (int i = 0; i < lines; ++i)
        QCOMPARE(log->at(i).message, u"line %1"_s.arg(i));
    QVERIFY(store->check(false)->isEmpty());
}

void tst_HostileCommands::allocatesUntilRefused()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("a sanitizer's own memory does not fit into the limit");
#endif
    CrashDrill drill;
    const auto id = drill.enqueue(u"Allocates"_s, {.retryLimit = 0});
    const auto other = drill.enqueue(u"Note"_s, {.runAfter = SystemClock().now() + std::chrono::milliseconds(1)});
    QVERIFY2(drill.run(u"sh"_s,
                       {u"-c"_s, u"ulimit -v 2000000; exec \"$0\" \"$@\""_s, QStringLiteral(STINT_TEST_HOST), drill.location(),
                        drill.journalPath()}),
             drill.output.constData());
    const auto store = drill.open(OpenMode::ReadOnly);
    const JobResult result = **store->find(id);
    QCOMPARE(result.summary.state, JobState::Failed);
    QCOMPARE(result.failed->error->message, u"std::bad_alloc"_s);
    QCOMPARE((*store->find(other))->summary.state, JobState::Completed);
    QVERIFY(store->check(false)->isEmpty());
}

/// As the kernel does it when a machine has no more memory: the host is told by the signal alone.
void tst_HostileCommands::childAllocatesUntilKilled()
{
    CrashDrill drill;
    const auto killed = enqueue(drill, u"RunProcess"_s, R"({"program":"sh","arguments":["-c","kill -KILL $$"]})");
    const auto refused = enqueue(drill, u"RunProcess"_s, R"({"program":"sh","arguments":["-c","ulimit -v 100000; exec tail /dev/zero"]})");
    QVERIFY(drill.run(QStringLiteral(STINT_BIN_DIR "/stint"), {u"--db"_s, drill.location(), u"host"_s, u"--drain"_s}));
    const auto store = drill.open(OpenMode::ReadOnly);
    const JobResult first = **store->find(killed);
    QCOMPARE(first.summary.state, JobState::Failed);
    QCOMPARE(first.failed->errorCode, u"Signal"_s);
    const JobResult second = **store->find(refused);
    QCOMPARE(second.summary.state, JobState::Failed);
    QVERIFY2(second.failed->logs.contains(u"memory"_s), qPrintable(second.failed->logs));
    QVERIFY(store->check(false)->isEmpty());
}

QTEST_GUILESS_MAIN(tst_HostileCommands)
#include "tst_hostilecommands.moc"
