// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/hostfixture.h"
#include "tests/app/cli/stintprocess.h"

#include <csignal>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Requests that are not as they should be: a clear error, the host goes on, nothing is lost.
class tst_HostileRequests final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badJson_data();
    void badJson();
    void badJsonLines();
    void requestThatTheCommandCannotRead();
    void unknownCommandBesideAHost();
    void unknownCommandOfAQueuedJob();
};

void tst_HostileRequests::badJson_data()
{
    QTest::addColumn<QString>("body");
    QTest::newRow("unfinished") << u"{"_s;
    QTest::newRow("single quotes") << u"{'a':1}"_s;
    QTest::newRow("words") << u"hello"_s;
    QTest::newRow("NaN") << u"{\"a\":NaN}"_s;
    QTest::newRow("two values") << u"{}{}"_s;
    QTest::newRow("too deep") << QString(100'000, u'[');
}

void tst_HostileRequests::badJson()
{
    QFETCH(QString, body);
    const TemporaryStore store;
    const qint64 job = store.enqueue({u"RunProcess"_s});
    const Answer answer = store.run({u"enqueue"_s, u"RunProcess"_s, body});
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.saidOneLine() && answer.err.contains("not JSON"), answer.err);
    QCOMPARE(idsOf(store.run({u"list"_s, u"--pane"_s, u"queue"_s, u"--json"_s}).array()), QSet<qint64>{job});
    QCOMPARE(store.run({u"check"_s}).exitCode, 0);
}

void tst_HostileRequests::badJsonLines()
{
    const TemporaryStore store;
    const qint64 job = store.enqueue({u"RunProcess"_s});
    const Answer answer = store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s}, "{\"name\":\"A\"}\n{\"name\":\"B\"}\n{\"name\":\n");
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.saidOneLine() && answer.err.contains("line 3"), answer.err);
    QVERIFY(answer.out.isEmpty());
    QCOMPARE(idsOf(store.run({u"list"_s, u"--pane"_s, u"queue"_s, u"--json"_s}).array()), QSet<qint64>{job});
    QCOMPARE(store.run({u"check"_s}).exitCode, 0);
}

void tst_HostileRequests::requestThatTheCommandCannotRead()
{
    const TemporaryStore store;
    for (const QString &body : {u"[]"_s, u"{\"program\":{}}"_s, u"null"_s, u"{}"_s})
        QVERIFY(store.enqueue({u"RunProcess"_s, body, u"--retry-limit"_s, u"0"_s}) > 0);
    const qint64 good = store.enqueue({u"RunProcess"_s, u"{\"program\":\"true\"}"_s});
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(good), u"Completed"_s);
    for (qint64 id = 1; id < good; ++id) {
        const QJsonObject failed = store.show(id).value("failed"_L1).toObject();
        QVERIFY(!failed.value("error"_L1)["message"_L1].toString().isEmpty());
    }
    QCOMPARE(store.run({u"check"_s}).exitCode, 0);
}

void tst_HostileRequests::unknownCommandBesideAHost()
{
    const TemporaryStore store;
    BackgroundHost host(store);
    QVERIFY(host.isUp());
    const Answer answer = store.run({u"enqueue"_s, u"RunProces"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.saidOneLine() && answer.err.contains("RunProces"), answer.err);
    QVERIFY(QFile::exists(store.file(u"jobs/jobs.db-wal"_s))); // a process that leaves must not take the host's log away
    QVERIFY(store.enqueue({u"RunProcess"_s, uR"({"program":"true"})"_s}) > 0);
    QVERIFY(host.waitForText("completed 1 RunProcess"));
    host.signal(SIGTERM);
    QCOMPARE(host.waitForEnd(), 0);
    QCOMPARE(store.run({u"list"_s, u"--pane"_s, u"all"_s, u"--json"_s}).array().size(), 1);
    QCOMPARE(store.run({u"check"_s}).exitCode, 0);
}

void tst_HostileRequests::unknownCommandOfAQueuedJob()
{
    const TemporaryStore store;
    const qint64 unknown = store.enqueue({u"Nobody"_s});
    const qint64 known = store.enqueue({u"RunProcess"_s, uR"({"program":"true"})"_s});
    const Answer host = store.drain({u"--quiet"_s});
    QCOMPARE(host.exitCode, 1);
    QVERIFY2(host.err.contains("Nobody"), host.err);
    QCOMPARE(store.state(known), u"Completed"_s);
    QCOMPARE(store.state(unknown), u"Queued"_s);
    QCOMPARE(store.run({u"check"_s}).exitCode, 0);
}

QTEST_GUILESS_MAIN(tst_HostileRequests)
#include "tst_hostilerequests.moc"
