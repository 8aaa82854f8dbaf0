// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include <QDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace stint::test;

namespace {
const QString sleeps = uR"({"program":"/bin/sleep","arguments":["60"]})"_s;
const QString succeeds = uR"({"program":"/bin/true"})"_s;
} // namespace

class TestCliHost final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drainRunsWhatIsDue();
    void drainNamesWhatItDoesNotKnow();
    void drainLeavesLaterJobs();
    void aSignalStopsGracefully_data();
    void aSignalStopsGracefully();
    void runsWhatAnotherProcessEnqueues();
    void cancelStopsARunningJob();
    void unknownNamesAreRefusedWhileItLives();
    void aSecondHostIsRefused();
    void defaultsOfRetriesAndTimeout();
    void usersFile();
    void accountsOfTheMachine();
    void quietSaysNothing();
    void busyHostSumsUp();
    void adoptsAFolderOfTheOtherSystem();
};

void TestCliHost::drainRunsWhatIsDue()
{
    const TemporaryStore store;
    QByteArray lines;
    for (int index = 0; index < 10; ++index)
        lines += "{\"name\":\"RunProcess\",\"request\":" + succeeds.toUtf8() + "}\n";
    QCOMPARE(store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s}, lines).exitCode, 0);
    const Answer answer = store.drain();
    QCOMPARE(answer.exitCode, 0);
    QVERIFY2(answer.out.contains("completed 1 RunProcess"), answer.out);
    QCOMPARE(store.run({u"list"_s, u"--pane"_s, u"completed"_s, u"--json"_s}).array().size(), 10);
    QCOMPARE(store.run({u"list"_s, u"--json"_s}).array().size(), 0);
}

void TestCliHost::drainNamesWhatItDoesNotKnow()
{
    const TemporaryStore store;
    const qint64 unknown = store.enqueue({u"NobodyKnowsMe"_s});
    const qint64 known = store.enqueue({u"RunProcess"_s, succeeds});
    const Answer answer = store.drain({u"--quiet"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.err.contains("NobodyKnowsMe"), answer.err);
    QCOMPARE(store.state(unknown), u"Queued"_s);
    QCOMPARE(store.state(known), u"Completed"_s);
    QVERIFY(store.run({u"list"_s}).out.contains("no host knows it"));
}

void TestCliHost::drainLeavesLaterJobs()
{
    const TemporaryStore store;
    const qint64 later = store.enqueue({u"RunProcess"_s, succeeds, u"--run-after"_s, u"+10m"_s});
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(later), u"Queued"_s);
}

void TestCliHost::aSignalStopsGracefully_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestCliHost::aSignalStopsGracefully()
{
    QFETCH(int, number);
    const TemporaryStore store;
    const qint64 id = store.enqueue({u"RunProcess"_s, sleeps});
    BackgroundHost host(store);
    QVERIFY(host.waitForText("started 1 "));
    host.signal(number);
    QCOMPARE(host.waitForEnd(), 0);
    // Its attempt was given back.
    const QJsonObject job = store.show(id).value("queued"_L1).toObject();
    QCOMPARE(job.value("state"_L1).toString(), u"Queued"_s);
    QCOMPARE(job.value("attempts"_L1).toInt(), 1);
    QCOMPARE(store.run({u"check"_s}).exitCode, 0);
}

void TestCliHost::runsWhatAnotherProcessEnqueues()
{
    const TemporaryStore store;
    BackgroundHost host(store);
    QVERIFY(host.isUp());
    const qint64 id = store.enqueue({u"RunProcess"_s, succeeds});
    QVERIFY(host.waitForText("completed " + QByteArray::number(id) + " RunProcess"));
    host.signal(SIGTERM);
    QCOMPARE(host.waitForEnd(), 0);
    QCOMPARE(store.state(id), u"Completed"_s);
}

void TestCliHost::cancelStopsARunningJob()
{
    const TemporaryStore store;
    const qint64 id = store.enqueue({u"RunProcess"_s, sleeps});
    BackgroundHost host(store);
    QVERIFY(host.waitForText("started 1 "));
    const QJsonObject result = store.run({u"cancel"_s, QString::number(id), u"--json"_s}).array().at(0).toObject();
    QCOMPARE(result.value("code"_L1).toString(), u"cancelRequested"_s);
    QVERIFY(host.waitForText("cancelled 1 RunProcess"));
    host.signal(SIGTERM);
    QCOMPARE(host.waitForEnd(), 0);
    QCOMPARE(store.state(id), u"Cancelled"_s);
}

void TestCliHost::unknownNamesAreRefusedWhileItLives()
{
    const TemporaryStore store;
    BackgroundHost host(store);
    QVERIFY(host.isUp());
    const Answer refused = store.run({u"enqueue"_s, u"RunProces"_s});
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.saidOneLine() && refused.err.contains("\"RunProces\""), refused.err);
    const Answer fromFile
        = store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s}, "{\"name\":\"RunProcess\",\"runAfter\":\"+1h\"}\n{\"name\":\"RunProces\"}\n");
    QCOMPARE(fromFile.exitCode, 1);
    QVERIFY2(fromFile.err.contains("standard input line 2: "), fromFile.err);
    QCOMPARE(store.run({u"list"_s, u"--json"_s}).array().size(), 0);
    QCOMPARE(store.run({u"enqueue"_s, u"RunProces"_s, u"--force"_s}).exitCode, 0);
    host.signal(SIGTERM);
    QCOMPARE(host.waitForEnd(), 0);
    QCOMPARE(store.run({u"enqueue"_s, u"AnyName"_s}).exitCode, 0);
}

void TestCliHost::aSecondHostIsRefused()
{
    const TemporaryStore store;
    BackgroundHost host(store);
    QVERIFY(host.isUp());
    const Answer second = store.run({u"host"_s});
    QCOMPARE(second.exitCode, 1);
    QVERIFY2(second.saidOneLine(), second.err);
    QVERIFY2(second.err.contains(QByteArray::number(host.process().processId())), second.err);
    host.signal(SIGTERM);
    QCOMPARE(host.waitForEnd(), 0);
}

void TestCliHost::defaultsOfRetriesAndTimeout()
{
    const TemporaryStore store;
    const qint64 failing = store.enqueue({u"RunProcess"_s, uR"({"program":"/bin/false"})"_s, u"--backoff"_s, u"none"_s});
    const qint64 slow = store.enqueue({u"RunProcess"_s, sleeps, u"--retry-limit"_s, u"0"_s});
    QCOMPARE(store.drain({u"--retry-limit"_s, u"1"_s, u"--timeout"_s, u"1s"_s, u"--concurrency"_s, u"2"_s}).exitCode, 0);
    QCOMPARE(store.show(failing).value("failed"_L1).toObject().value("attempts"_L1).toInt(), 2);
    QCOMPARE(store.show(slow).value("failed"_L1).toObject().value("errorCode"_L1).toString(), u"Timeout"_s);
}

void TestCliHost::usersFile()
{
    const TemporaryStore store;
    const QString users = store.write(u"users.json"_s, R"([{"id":"7","name":"Zoe","roles":["Admin"]}])");
    const qint64 known = store.enqueue({u"RunProcess"_s, succeeds, u"--user"_s, u"7"_s});
    const qint64 unknown = store.enqueue({u"RunProcess"_s, succeeds, u"--user"_s, u"8"_s, u"--retry-limit"_s, u"0"_s});
    QCOMPARE(store.drain({u"--users"_s, users}).exitCode, 0);
    QCOMPARE(store.state(known), u"Completed"_s);
    QCOMPARE(store.show(unknown).value("failed"_L1).toObject().value("errorCode"_L1).toString(), u"NotFound"_s);

    const Answer bad = store.drain({u"--users"_s, store.write(u"bad.json"_s, "[\n{]")});
    QCOMPARE(bad.exitCode, 2);
    QVERIFY2(bad.saidOneLine() && bad.err.contains("bad.json line 2"), bad.err);
}

void TestCliHost::accountsOfTheMachine()
{
    const TemporaryStore store;
    const qint64 known = store.enqueue({u"RunProcess"_s, succeeds, u"--user"_s, u"root"_s});
    const qint64 unknown = store.enqueue({u"RunProcess"_s, succeeds, u"--user"_s, u"no such account"_s, u"--retry-limit"_s, u"0"_s});
    QCOMPARE(store.drain({u"--users"_s, u"system"_s}).exitCode, 0);
    QCOMPARE(store.state(known), u"Completed"_s);
    const QJsonObject failed = store.show(unknown).value("failed"_L1).toObject();
    QCOMPARE(failed.value("errorCode"_L1).toString(), u"NotFound"_s);
    QCOMPARE(failed.value("error"_L1).toObject().value("message"_L1).toString(), u"User not found"_s);
}

void TestCliHost::quietSaysNothing()
{
    const TemporaryStore store;
    QVERIFY(store.enqueue({u"RunProcess"_s, uR"({"program":"/bin/echo","arguments":["hello"]})"_s}) > 0);
    const Answer answer = store.drain({u"--quiet"_s});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(answer.err, QByteArray());
}

void TestCliHost::busyHostSumsUp()
{
    const TemporaryStore store;
    QByteArray lines;
    for (int index = 0; index < 300; ++index)
        lines += "{\"name\":\"RunProcess\",\"request\":{\"program\":\"/bin/true\"}}\n";
    QCOMPARE(store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s}, lines).exitCode, 0);
    const Answer answer = store.drain();
    QCOMPARE(answer.exitCode, 0);
    QVERIFY2(answer.out.count('\n') < 150, answer.out);
    QVERIFY2(answer.out.contains(" started, "), answer.out);
}

void TestCliHost::adoptsAFolderOfTheOtherSystem()
{
    const QTemporaryDir target;
    const QString shop = copyOf(u"servicestack-sqlite"_s, target);
    QVERIFY(runStint({u"--db"_s, shop, u"host"_s, u"--drain"_s}).err.contains("adopt"));
    const Answer adopted = runStint({u"--db"_s, shop, u"host"_s, u"--drain"_s, u"--adopt"_s, u"--quiet"_s});
    QVERIFY2(adopted.exitCode == 0, adopted.err);
    // From now on it is one of ours, with all that was in it.
    QCOMPARE(runStint({u"--db"_s, shop, u"list"_s, u"--pane"_s, u"all"_s, u"--json"_s}).array().size(), 310);
    QCOMPARE(runStint({u"--db"_s, shop, u"enqueue"_s, u"RunProcess"_s, succeeds}).object().value("id"_L1).toInteger(), 311);
    QCOMPARE(runStint({u"--db"_s, shop, u"host"_s, u"--drain"_s}).exitCode, 0);
}

QTEST_GUILESS_MAIN(TestCliHost)
#include "tst_cli_host.moc"
