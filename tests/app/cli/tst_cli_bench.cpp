// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::test;

class TestCliBench final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void measuresAndLeavesNothing_data();
    void measuresAndLeavesNothing();
    void forPeople();
    void stopLeavesNothing();
    void badUsage_data();
    void badUsage();
};

void TestCliBench::measuresAndLeavesNothing_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("sync");

    QTest::newRow("pool") << QStringList() << u"full"_s;
    QTest::newRow("workers, several producers, each job its own commit")
        << QStringList{u"--workers"_s, u"3"_s, u"--producers"_s, u"4"_s, u"--batch"_s, u"1"_s} << u"full"_s;
    QTest::newRow("normal, with history") << QStringList{u"--sync"_s, u"normal"_s, u"--history"_s, u"500"_s} << u"normal"_s;
}

void TestCliBench::measuresAndLeavesNothing()
{
    QFETCH(QStringList, options);
    QFETCH(QString, sync);
    const TemporaryStore store;

    const Answer answer = store.run(QStringList{u"bench"_s, u"--jobs"_s, u"203"_s, u"--rounds"_s, u"2"_s, u"--json"_s} + options);

    QCOMPARE(answer.exitCode, 0);
    const QJsonObject result = answer.object();
    QCOMPARE(result.value("jobs"_L1).toInt(), 203);
    QCOMPARE(result.value("sync"_L1).toString(), sync);
    QCOMPARE(result.value("rounds"_L1).toArray().size(), 2);
    for (const auto name :
         {"enqueuePerSecond"_L1, "executePerSecond"_L1, "endToEndPerSecond"_L1, "bareEndToEndPerSecond"_L1, "ratioToBare"_L1,
          "startP50Ms"_L1, "startP95Ms"_L1, "startP99Ms"_L1, "fsyncs"_L1, "jobsPerCommit"_L1, "bytesPerJob"_L1})
        QVERIFY2(result.value(name).toDouble() > 0, name.latin1());
    QVERIFY(result.value("startP50Ms"_L1).toDouble() <= result.value("startP99Ms"_L1).toDouble());
    QCOMPARE(QDir(store.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

void TestCliBench::forPeople()
{
    const TemporaryStore store;

    const Answer answer = store.run({u"bench"_s, u"--jobs"_s, u"100"_s, u"--rounds"_s, u"1"_s});

    QCOMPARE(answer.exitCode, 0);
    QVERIFY(answer.out.startsWith("100 jobs a round, 1 rounds, synchronous FULL"));
    QVERIFY(answer.out.contains("ratio to bare:"));
}

void TestCliBench::stopLeavesNothing()
{
    const TemporaryStore store;
    const auto left = [&] { return QDir(store.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot); };
    QProcess bench;
    bench.start(QStringLiteral(STINT_BIN_DIR "/stint"), {u"--db"_s, store.path(), u"bench"_s, u"--jobs"_s, u"1000000"_s});
    QVERIFY(QTest::qWaitFor([&] { return !left().isEmpty(); }, 30'000));
    bench.terminate();
    QVERIFY(bench.waitForFinished());
    QCOMPARE(bench.exitStatus(), QProcess::NormalExit);
    QCOMPARE(left(), QStringList());
}

void TestCliBench::badUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("mode") << QStringList{u"bench"_s, u"--sync"_s, u"off"_s} << QByteArray("--sync: \"off\" is not full or normal");
    QTest::newRow("no job") << QStringList{u"bench"_s, u"--jobs"_s, u"0"_s} << QByteArray("\"0\" is not a whole number above 0");
    QTest::newRow("PostgreSQL") << QStringList{u"--db"_s, u"postgresql://u@127.0.0.1/x"_s, u"bench"_s} << QByteArray("SQLite alone");
}

void TestCliBench::badUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const Answer answer = runStint(arguments);
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.err.contains(said), answer.err);
}

QTEST_GUILESS_MAIN(TestCliBench)
#include "tst_cli_bench.moc"
