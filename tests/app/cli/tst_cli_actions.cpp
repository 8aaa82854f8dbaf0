// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::test;

namespace {
const QString succeeds = uR"({"program":"/bin/echo","arguments":["hello"]})"_s;
const QString fails = uR"({"program":"/bin/false"})"_s;
} // namespace

class TestCliActions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelById();
    void cancelByFilter();
    void requeueById();
    void requeueByFilterWithEdit();
    void showSaysAll();
    void showNotFound();
    void showSaysWhatAJobWaitsFor();
    void followPrintsTheLogUntilTheEnd();
    void followReportsAFailure();
    void pauseAndResume();
    void checkIsClean();
    void checkFindsAndRepairs();

private:
    static QStringList enqueueArguments(const QString &body, const QStringList &more = {})
    {
        return QStringList{u"RunProcess"_s, body, u"--retry-limit"_s, u"0"_s} + more;
    }
    static QJsonObject result(const Answer &answer, int index) { return answer.array().at(index).toObject(); }
};

void TestCliActions::cancelById()
{
    const TemporaryStore store;
    const qint64 id = store.enqueue({u"A"_s});
    const qint64 dependent = store.enqueue({u"A"_s, u"--depends-on"_s, QString::number(id)});
    const Answer answer = store.run({u"cancel"_s, QString::number(id), u"99"_s, u"--json"_s});
    QCOMPARE(answer.exitCode, 1);
    QCOMPARE(answer.array().size(), 2);
    QCOMPARE(result(answer, 0).value("id"_L1).toInteger(), id);
    QVERIFY(result(answer, 0).value("done"_L1).toBool());
    QCOMPARE(result(answer, 0).value("code"_L1).toString(), u"cancelled"_s);
    QVERIFY(!result(answer, 1).value("done"_L1).toBool());
    QCOMPARE(result(answer, 1).value("code"_L1).toString(), u"notFound"_s);
    QCOMPARE(store.state(id), u"Cancelled"_s);
    QCOMPARE(store.state(dependent), u"Cancelled"_s);

    const Answer again = store.run({u"cancel"_s, QString::number(id)});
    QCOMPARE(again.exitCode, 1);
    QVERIFY2(again.out.startsWith(QByteArray::number(id) + ": finished"), again.out);
}

void TestCliActions::cancelByFilter()
{
    const TemporaryStore store;
    const qint64 kept = store.enqueue({u"A"_s, u"--worker"_s, u"other"_s});
    const qint64 first = store.enqueue({u"A"_s, u"--worker"_s, u"w"_s});
    const qint64 second = store.enqueue({u"A"_s, u"--worker"_s, u"w"_s});
    QCOMPARE(store.run({u"cancel"_s, u"--worker"_s, u"w"_s, u"--state"_s, u"Queued"_s, u"--json"_s}).array().size(), 2);
    QCOMPARE(store.state(first), u"Cancelled"_s);
    QCOMPARE(store.state(second), u"Cancelled"_s);
    QCOMPARE(store.state(kept), u"Queued"_s);
    const Answer none = store.run({u"cancel"_s, u"--worker"_s, u"w"_s});
    QCOMPARE(none.exitCode, 0);
    QCOMPARE(none.out, "no job matches\n"_ba);
}

void TestCliActions::requeueById()
{
    const TemporaryStore store;
    const qint64 id = store.enqueue(enqueueArguments(fails));
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(id), u"Failed"_s);
    const Answer answer = store.run({u"requeue"_s, QString::number(id), u"--json"_s});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(result(answer, 0).value("code"_L1).toString(), u"requeued"_s);
    const QJsonObject shown = store.show(id);
    QCOMPARE(shown.value("queued"_L1).toObject().value("attempts"_L1).toInt(), 1);
    QVERIFY(!shown.contains("failed"_L1));
    QCOMPARE(shown.value("attempts"_L1).toArray().size(), 1);
    QCOMPARE(store.run({u"requeue"_s, QString::number(id)}).exitCode, 1);
}

void TestCliActions::requeueByFilterWithEdit()
{
    const TemporaryStore store;
    const qint64 first = store.enqueue(enqueueArguments(fails, {u"--tag"_s, u"t"_s}));
    const qint64 second = store.enqueue(enqueueArguments(fails, {u"--tag"_s, u"t"_s}));
    const qint64 other = store.enqueue(enqueueArguments(fails));
    QCOMPARE(store.drain().exitCode, 0);
    const Answer none = store.run({u"requeue"_s, u"--state"_s, u"Failed"_s, u"--month"_s, u"2020-01"_s, u"--json"_s});
    QCOMPARE(none.out, "[]\n"_ba);
    const QString edit = uR"({"program":"/bin/true", "big":9007199254740993})"_s;
    const Answer answer = store.run({u"requeue"_s, u"--state"_s, u"Failed"_s, u"--tag"_s, u"t"_s, u"--edit"_s, edit, u"--json"_s});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.array().size(), 2);
    QCOMPARE(store.show(first).value("queued"_L1).toObject().value("requestBody"_L1).toString(), edit);
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(first), u"Completed"_s);
    QCOMPARE(store.state(second), u"Completed"_s);
    QCOMPARE(store.state(other), u"Failed"_s);
}

void TestCliActions::showSaysAll()
{
    const TemporaryStore store;
    const qint64 id = store.enqueue(enqueueArguments(succeeds, {u"--ref-id"_s, u"my-ref"_s}));
    QCOMPARE(store.drain().exitCode, 0);
    const Answer byRef = store.run({u"show"_s, u"my-ref"_s, u"--json"_s});
    const QJsonObject shown = byRef.object();
    QCOMPARE(shown, store.show(id));
    QVERIFY2(byRef.out.startsWith("{\"summary\":{\"id\":1,"), byRef.out);
    QCOMPARE(shown.keys(), (QStringList{u"attempts"_s, u"completed"_s, u"logs"_s, u"summary"_s, u"waitingFor"_s}));
    QCOMPARE(shown.value("waitingFor"_L1).toArray(), QJsonArray());
    QCOMPARE(shown.value("attempts"_L1).toArray(), QJsonArray());
    QVERIFY2(byRef.out.contains("\"message\":\"hello\""), byRef.out);
    const QByteArray text = store.run({u"show"_s, QString::number(id)}).out;
    QVERIFY(text.startsWith("Job 1  RunProcess  Completed\n"));
    QVERIFY(text.contains("requestBody         " + succeeds.toUtf8() + '\n'));
    QVERIFY(text.contains("hello"));
}

void TestCliActions::showNotFound()
{
    const TemporaryStore store;
    QVERIFY(store.enqueue({u"A"_s}) > 0);
    for (const QString &key : {u"99"_s, u"no-such-ref"_s, u"0"_s, u""_s, u"99999999999999999999"_s}) {
        const Answer answer = store.run({u"show"_s, key, u"--json"_s});
        QVERIFY2(answer.exitCode != 0, qPrintable(key));
        QVERIFY2(answer.saidOneLine(), answer.err);
        QCOMPARE(answer.out, QByteArray());
    }
}

void TestCliActions::showSaysWhatAJobWaitsFor()
{
    const TemporaryStore store;
    const qint64 parent = store.enqueue({u"A"_s, u"--worker"_s, u"w"_s});
    const qint64 dependent = store.enqueue({u"A"_s, u"--depends-on"_s, QString::number(parent)});
    QCOMPARE(store.run({u"worker"_s, u"pause"_s, u"w"_s}).exitCode, 0);
    const auto codes = [&store](qint64 id) {
        QStringList found;
        for (const QJsonValue reason : store.show(id).value("waitingFor"_L1).toArray()) {
            found.append(reason.toObject().value("code"_L1).toString());
            if (reason.toObject().value("detail"_L1).toString().isEmpty())
                found.append(u"no detail"_s);
        }
        found.sort();
        return found;
    };
    QCOMPARE(codes(parent), (QStringList{u"noHost"_s, u"workerPaused"_s}));
    QCOMPARE(codes(dependent), (QStringList{u"dependsOn"_s, u"noHost"_s}));
}

void TestCliActions::followPrintsTheLogUntilTheEnd()
{
    const TemporaryStore store;
    const qint64 id = store.enqueue(
        enqueueArguments(uR"({"program":"/bin/sh","arguments":["-c","for i in 1 2 3; do echo line $i; sleep 0.1; done"]})"_s));
    QProcess follower;
    follower.start(QString::fromLatin1(STINT_BIN_DIR "/stint"), {u"--db"_s, store.path(), u"show"_s, QString::number(id), u"--follow"_s});
    QVERIFY(follower.waitForStarted());
    QCOMPARE(store.drain().exitCode, 0);
    QVERIFY(follower.waitForFinished());
    QCOMPARE(follower.exitCode(), 0);
    const QByteArray out = follower.readAllStandardOutput();
    for (const QByteArray &line : {"line 1"_ba, "line 2"_ba, "line 3"_ba})
        QVERIFY2(out.count(line) == 1, out);
    QVERIFY2(out.trimmed().split('\n').constLast().startsWith("Completed in "), out);
}

void TestCliActions::followReportsAFailure()
{
    const TemporaryStore store;
    const qint64 id = store.enqueue(enqueueArguments(fails));
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.run({u"show"_s, QString::number(id), u"--follow"_s}).exitCode, 1);
    const Answer answer = store.run({u"show"_s, QString::number(id), u"--follow"_s, u"--json"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY(answer.object().contains("failed"_L1));
}

void TestCliActions::pauseAndResume()
{
    const TemporaryStore store;
    const qint64 id = store.enqueue(enqueueArguments(succeeds, {u"--worker"_s, u"w"_s}));
    QCOMPARE(store.run({u"worker"_s, u"pause"_s, u"w"_s, u"--json"_s}).out, "{\"name\":\"w\",\"paused\":true}\n"_ba);
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(id), u"Queued"_s);
    const QJsonObject worker = store.run({u"worker"_s, u"list"_s, u"--json"_s}).array().at(0).toObject();
    QCOMPARE(worker.value("name"_L1).toString(), u"w"_s);
    QVERIFY(worker.value("paused"_L1).toBool());
    QCOMPARE(worker.value("queued"_L1).toInt(), 1);
    QVERIFY(store.run({u"worker"_s, u"list"_s}).out.contains("paused"));
    QCOMPARE(store.run({u"worker"_s, u"resume"_s, u"w"_s}).out, "w: resumed\n"_ba);
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(id), u"Completed"_s);
    QCOMPARE(store.run({u"worker"_s, u"pause"_s, u"--unnamed"_s}).exitCode, 0);
    QCOMPARE(store.enqueue(enqueueArguments(succeeds)), 2);
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(2), u"Queued"_s);
}

void TestCliActions::checkIsClean()
{
    const TemporaryStore store;
    QVERIFY(store.enqueue(enqueueArguments(succeeds)) > 0);
    QVERIFY(store.enqueue(enqueueArguments(fails)) > 0);
    QCOMPARE(store.drain().exitCode, 0);
    const Answer answer = store.run({u"check"_s});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.out, "clean\n"_ba);
    QCOMPARE(store.run({u"check"_s, u"--json"_s}).out, "[]\n"_ba);
}

void TestCliActions::checkFindsAndRepairs()
{
    // The other system has left job 267 in both archives (W5).
    const QTemporaryDir target;
    const QString killed = copyOf(u"servicestack-killed"_s, target);
    const Answer answer = runStint({u"--db"_s, killed, u"check"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.out.contains("fault: job 267 "), answer.out);
    QVERIFY2(answer.out.contains("note: jobs_2026-08.db is not there"), answer.out);

    // A month file that is gone is a note, a damaged one a fault.
    const QString shop = copyOf(u"servicestack-jsv"_s, target);
    QVERIFY(QFile::remove(shop + u"/jobs_2025-08.db"_s));
    const Answer absent = runStint({u"--db"_s, shop, u"check"_s, u"--json"_s});
    bool hasNote = false;
    for (const QJsonValue finding : absent.array())
        hasNote = hasNote
            || (finding.toObject().value("note"_L1).toBool()
                && finding.toObject().value("message"_L1).toString().contains(u"jobs_2025-08.db"_s));
    QVERIFY2(hasNote, absent.out);
    QFile damaged(shop + u"/jobs_2025-08.db"_s);
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(QByteArray(8192, 'x'));
    damaged.close();
    QCOMPARE(runStint({u"--db"_s, shop, u"check"_s}).exitCode, 1);
    // The others are still listed, and it is said what is missing.
    const Answer listed = runStint({u"--db"_s, shop, u"list"_s, u"--pane"_s, u"completed"_s, u"--json"_s});
    QCOMPARE(listed.exitCode, 1);
    QVERIFY(!listed.array().isEmpty());
    QVERIFY2(listed.err.contains("jobs_2025-08.db"), listed.err);
    QVERIFY(runStint({u"--db"_s, shop, u"export"_s, u"--pane"_s, u"completed"_s, u"--output"_s, target.filePath(u"x.csv"_s)}).exitCode
            == 1);
    QVERIFY(!QFile::exists(target.filePath(u"x.csv"_s)));
}

QTEST_GUILESS_MAIN(TestCliActions)
#include "tst_cli_actions.moc"
