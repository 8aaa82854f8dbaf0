// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"
#include "tests/support/foreignfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::test;

/// What `stint` does to a folder of ServiceStack: by the rules that its application lives by, and never by halves.
class TestCliForeignActions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void enqueueHandsAJobOver();
    void requeueIsSaidPerId();
    void cancelIsSaidPerId();
    void cancelBesideItsApplication();
    void workersCannotBePaused();
    void brokenOffIsInBothPlaces_data();
    void brokenOffIsInBothPlaces();

private:
    [[nodiscard]] static Answer run(const ForeignFolder &folder, const QStringList &arguments)
    {
        return runStint(QStringList{u"--db"_s, folder.path()} + arguments);
    }
    [[nodiscard]] static QStringList codes(const Answer &answer)
    {
        QStringList found;
        for (const QJsonValue result : answer.array())
            found.append(result.toObject().value("code"_L1).toString());
        return found;
    }

    QTemporaryDir m_state;
};

void TestCliForeignActions::initTestCase()
{
    QVERIFY(m_state.isValid());
    qputenv("XDG_STATE_HOME", m_state.path().toLocal8Bit());
}

void TestCliForeignActions::enqueueHandsAJobOver()
{
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const Answer answer = run(folder, {u"enqueue"_s, u"SendInvoice"_s, uR"({"number":1,"total":1.10})"_s, u"--worker"_s, u"smtp"_s});
    QVERIFY2(answer.exitCode == 0, answer.err);
    const QString id = QString::number(answer.object().value("id"_L1).toInteger());
    const QJsonObject queued = run(folder, {u"show"_s, id, u"--json"_s}).object().value("queued"_L1).toObject();
    QCOMPARE(queued.value("request"_L1).toString(), u"Invoice"_s);
    QCOMPARE(queued.value("requestBody"_L1).toString(), uR"({"number":1,"total":1.10})"_s);
    QCOMPARE(queued.value("worker"_L1).toString(), u"smtp"_s);
    QVERIFY(!queued.contains("requestId"_L1));
    const Answer refused = run(folder, {u"enqueue"_s, u"SendInvoice"_s, u"--priority"_s, u"5"_s});
    QCOMPARE(refused.exitCode, 2); // no such store can keep it
    QVERIFY2(refused.saidOneLine() && refused.err.contains("priority"), refused.err);
}

void TestCliForeignActions::requeueIsSaidPerId()
{
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const Answer answer = run(folder, {u"requeue"_s, u"244"_s, u"4711"_s, u"--json"_s});
    QCOMPARE(answer.exitCode, 1); // not all was done
    QCOMPARE(codes(answer), (QStringList{u"requeued"_s, u"notFound"_s}));
    const QJsonObject shown = run(folder, {u"show"_s, u"244"_s, u"--json"_s}).object();
    QVERIFY(shown.contains("queued"_L1) && !shown.contains("failed"_L1));
    QVERIFY(QFile::exists(m_state.filePath(u"stint/changed-rows.sql"_s)));
    const Answer all = run(folder, {u"requeue"_s, u"--state"_s, u"Failed"_s, u"--month"_s, u"2026-10"_s});
    QVERIFY2(all.exitCode == 0, all.err);
    QVERIFY(all.out.count('\n') > 10);
}

void TestCliForeignActions::cancelIsSaidPerId()
{
    const ForeignFolder folder(u"servicestack-killed"_s);
    const Answer answer = run(folder, {u"cancel"_s, u"311"_s, u"317"_s, u"244"_s, u"--json"_s});
    QCOMPARE(codes(answer), (QStringList{u"cancelled"_s, u"cancelled"_s, u"finished"_s}));
    for (const QString &id : {u"311"_s, u"316"_s, u"317"_s}) // the second by its parent
        QCOMPARE(run(folder, {u"show"_s, id, u"--json"_s}).object().value("failed"_L1)["state"_L1].toString(), u"Cancelled"_s);
}

void TestCliForeignActions::cancelBesideItsApplication()
{
    const ForeignFolder folder(u"servicestack-killed"_s);
    const ForeignProcess application(folder.file(u"jobs.db"_s));
    QVERIFY(application.isUp());
    const Answer answer = run(folder, {u"cancel"_s, u"311"_s, u"317"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.out.contains("311: notAllowed") && answer.out.contains("317: cancelled"), answer.out);
    QVERIFY2(answer.out.contains("process " + QByteArray::number(application.pid())), answer.out);
    QCOMPARE(run(folder, {u"show"_s, u"311"_s, u"--json"_s}).object().value("queued"_L1)["state"_L1].toString(), u"Started"_s);
    QCOMPARE(run(folder, {u"show"_s, u"317"_s, u"--json"_s}).object().value("queued"_L1)["state"_L1].toString(), u"Cancelled"_s);
}

void TestCliForeignActions::workersCannotBePaused()
{
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const QStringList before = fingerprint(folder.path());
    for (const QStringList &arguments :
         {QStringList{u"worker"_s, u"pause"_s, u"images"_s}, {u"check"_s, u"--repair"_s}, {u"host"_s, u"--drain"_s}}) {
        const Answer answer = run(folder, arguments);
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.saidOneLine() && answer.err.contains("adopt"), answer.err);
    }
    QCOMPARE(fingerprint(folder.path()), before);
}

void TestCliForeignActions::brokenOffIsInBothPlaces_data()
{
    QTest::addColumn<QStringList>("action");
    QTest::addColumn<QByteArray>("failpoint");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("requeue") << QStringList{u"requeue"_s, u"244"_s} << QByteArray("foreign.queue-first") << QByteArray("requeued");
    QTest::newRow("cancel") << QStringList{u"cancel"_s, u"312"_s} << QByteArray("foreign.months-first") << QByteArray("cancelled");
}

/// A process that dies between two files leaves the job in both: nothing is lost, and the same action ends it well.
void TestCliForeignActions::brokenOffIsInBothPlaces()
{
    QFETCH(QStringList, action);
    QFETCH(QByteArray, failpoint);
    QFETCH(QByteArray, code);
    const ForeignFolder folder(u"servicestack-killed"_s);
    const std::int64_t id = action.last().toLongLong();
    qputenv("STINT_FAILPOINT", failpoint);
    const Answer killed = run(folder, action);
    qunsetenv("STINT_FAILPOINT");
    QVERIFY(killed.out.isEmpty());
    QVERIFY(!folder.row(u"jobs.db"_s, "BackgroundJob", id).isEmpty());
    QVERIFY(!folder.row(u"jobs_2026-11.db"_s, "FailedJob", id).isEmpty());
    QVERIFY(run(folder, {u"check"_s}).out.contains("job " + QByteArray::number(static_cast<qlonglong>(id)) + " is in the queue"));

    const Answer answer = run(folder, action);
    QVERIFY2(answer.exitCode == 0 && answer.out.contains(code), answer.out + answer.err);
    QVERIFY(folder.row(u"jobs.db"_s, "BackgroundJob", id).isEmpty() != folder.row(u"jobs_2026-11.db"_s, "FailedJob", id).isEmpty());
    QVERIFY(!run(folder, {u"check"_s}).out.contains("job " + QByteArray::number(static_cast<qlonglong>(id))));
}

QTEST_GUILESS_MAIN(TestCliForeignActions)
#include "tst_cli_foreignactions.moc"
