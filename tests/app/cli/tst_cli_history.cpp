// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::test;

/// `stint stats` and `stint prune`.
class TestCliHistory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statsCountWhatEnded();
    void statsOfAnotherProgramsFolderAreCounted();
    void statsAreRefused_data();
    void statsAreRefused();
    void pruneOnlyTellsAtFirst();
    void pruneNeedsALimit();
    void anotherProgramsFolderIsNotPruned();
};

void TestCliHistory::statsCountWhatEnded()
{
    const TemporaryStore store;
    for (int i = 0; i < 3; ++i)
        (void)store.enqueue({u"Simulate"_s});
    (void)store.enqueue({u"RunProcess"_s, uR"({"program":"/bin/false"})"_s, u"--retry-limit"_s, u"0"_s, u"--worker"_s, u"w"_s});
    QCOMPARE(store.drain().exitCode, 0);

    const QJsonArray byName = store.run({u"stats"_s, u"--json"_s}).array();
    QCOMPARE(byName.size(), 2);
    QCOMPARE(byName.at(0).toObject().value("name"_L1).toString(), u"RunProcess"_s);
    QCOMPARE(byName.at(0).toObject().value("failed"_L1).toInt(), 1);
    QVERIFY(byName.at(0).toObject().value("p50Ms"_L1).isUndefined());
    QCOMPARE(byName.at(1).toObject().value("completed"_L1).toInt(), 3);
    QVERIFY(byName.at(1).toObject().value("p50Ms"_L1).toInt(-1) >= 0);

    const QJsonArray byWorker = store.run({u"stats"_s, u"--by"_s, u"worker,hour"_s, u"--last"_s, u"1h"_s, u"--json"_s}).array();
    QCOMPARE(byWorker.size(), 2);
    QVERIFY(byWorker.at(0).toObject().value("hour"_L1).toString().endsWith(u":00:00Z"));
    QCOMPARE(byWorker.at(1).toObject().value("worker"_L1).toString(), u"w"_s);
    const QByteArray table = store.run({u"stats"_s}).out;
    QVERIFY2(table.contains("COMPLETED") && table.contains("Simulate"), table);
    QCOMPARE(store.run({u"stats"_s, u"--until"_s, u"2020-01-01"_s, u"--json"_s}).array().size(), 0);
    QCOMPARE(store.run({u"stats"_s, u"--rebuild"_s, u"--json"_s}).array(), byName);
}

void TestCliHistory::statsOfAnotherProgramsFolderAreCounted()
{
    const QTemporaryDir target;
    const QString folder = copyOf(u"servicestack-sqlite"_s, target);
    const QStringList before = fingerprint(folder);
    const QJsonArray stats = runStint({u"--db"_s, folder, u"stats"_s, u"--json"_s}).array();
    int sum = 0;
    for (const QJsonValue &stat : stats)
        sum += stat["completed"_L1].toInt() + stat["failed"_L1].toInt() + stat["cancelled"_L1].toInt();
    const auto rows = [&folder](const QString &pane) {
        return static_cast<int>(
            runStint({u"--db"_s, folder, u"list"_s, u"--pane"_s, pane, u"--limit"_s, u"100000"_s, u"--json"_s}).array().size());
    };
    QVERIFY(sum > 0);
    QCOMPARE(sum, rows(u"completed"_s) + rows(u"failed"_s));
    QCOMPARE(fingerprint(folder), before);
}

void TestCliHistory::statsAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("by what") << QStringList{u"--by"_s, u"colour"_s};
    QTest::newRow("from when") << QStringList{u"--from"_s, u"yesterday"_s};
    QTest::newRow("both") << QStringList{u"--from"_s, u"2026-01-01"_s, u"--last"_s, u"1h"_s};
}

void TestCliHistory::statsAreRefused()
{
    QFETCH(QStringList, arguments);
    const TemporaryStore store;
    const Answer answer = store.run(QStringList{u"stats"_s} + arguments);
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.saidOneLine(), answer.err);
}

void TestCliHistory::pruneOnlyTellsAtFirst()
{
    const QTemporaryDir target;
    const QString folder = copyOf(u"servicestack-sqlite"_s, target);
    const QString newest = QDir(folder).entryList({u"jobs_*.db"_s}, QDir::Files, QDir::Name).constLast();
    const QString later = newest.mid(5, 4) + u"-12"_s; // of its year, so that it goes unless it is this month
    QCOMPARE(runStint({u"--db"_s, folder, u"host"_s, u"--drain"_s, u"--adopt"_s}).exitCode, 0);

    const Answer would = runStint({u"--db"_s, folder, u"prune"_s, u"--before"_s, later, u"--json"_s});
    QCOMPARE(would.exitCode, 0);
    QVERIFY(!would.array().isEmpty());
    for (const QJsonValue &month : would.array())
        QVERIFY(!month["moved"_L1].toBool(true));
    QVERIFY(!QDir(folder).exists(u"pruned"_s));
    const Answer done = runStint({u"--db"_s, folder, u"prune"_s, u"--before"_s, later, u"--apply"_s, u"--json"_s});
    QCOMPARE(done.exitCode, 0);
    QCOMPARE(done.array().size(), would.array().size());
    const QByteArray findings = runStint({u"--db"_s, folder, u"check"_s}).out; // the data has its own
    for (const QJsonValue &month : done.array()) {
        QVERIFY(QFile::exists(month["file"_L1].toString()));
        QVERIFY2(!findings.contains("jobs_" + month["month"_L1].toString().toLatin1()), findings);
    }
}

void TestCliHistory::pruneNeedsALimit()
{
    const TemporaryStore store;
    const Answer answer = store.run({u"prune"_s, u"--apply"_s});
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.err.contains("--older-than"), answer.err);
}

void TestCliHistory::anotherProgramsFolderIsNotPruned()
{
    const QTemporaryDir target;
    const QString folder = copyOf(u"servicestack-sqlite"_s, target);
    const QStringList before = fingerprint(folder);
    const Answer answer = runStint({u"--db"_s, folder, u"prune"_s, u"--keep"_s, u"0"_s, u"--apply"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.saidOneLine(), answer.err);
    QCOMPARE(fingerprint(folder), before);
}

QTEST_GUILESS_MAIN(TestCliHistory)
#include "tst_cli_history.moc"
