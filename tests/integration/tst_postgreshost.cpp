// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "app/cli/stintprocess.h"
#include "support/postgresserver.h"

#include <QTest>

using namespace stint::test;
using namespace Qt::StringLiterals;

/// The program on a PostgreSQL database, from end to end: each verb is a process of its own.
class tst_PostgresHost final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void hostRunsWhatOthersEnqueue();
    void runningHostHearsOfOthers();

private:
    [[nodiscard]] static Answer run(const QString &location, const QStringList &arguments, const QByteArray &input = {})
    {
        return runStint(QStringList{u"--db"_s, location} + arguments, input);
    }

    PostgresServer m_server;
    QTemporaryDir m_state;
};

void tst_PostgresHost::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toLocal8Bit());
    const QString said = m_server.start();
    QVERIFY2(said.isEmpty(), qPrintable(said));
}

void tst_PostgresHost::hostRunsWhatOthersEnqueue()
{
    const QString location = m_server.createDatabase();
    QByteArray jobs;
    for (int i = 0; i < 100; ++i)
        jobs += R"({"command":"Simulate","request":{"durationMs":1}})"
                "\n";
    const Answer enqueued = run(location, {u"enqueue"_s, u"--from-file"_s, u"-"_s}, jobs);
    QVERIFY2(enqueued.exitCode == 0, enqueued.err.constData());
    QCOMPARE(run(location, {u"enqueue"_s, u"Simulate"_s, u"{}"_s, u"--run-after"_s, u"+1h"_s}).exitCode, 0);
    QCOMPARE(run(location, {u"cancel"_s, u"101"_s}).exitCode, 0);
    const Answer drained = run(location, {u"host"_s, u"--drain"_s});
    QVERIFY2(drained.exitCode == 0, drained.err.constData());
    QCOMPARE(run(location, {u"list"_s, u"--pane"_s, u"completed"_s, u"--limit"_s, u"1000"_s, u"--json"_s}).array().size(), 100);
    QCOMPARE(run(location, {u"list"_s, u"--pane"_s, u"failed"_s, u"--json"_s}).array().size(), 1);
    QVERIFY(run(location, {u"list"_s, u"--json"_s}).array().isEmpty());
    QVERIFY(run(location, {u"show"_s, u"42"_s, u"--json"_s}).out.contains("Completed"));
    QVERIFY(run(location, {u"show"_s, u"101"_s, u"--json"_s}).out.contains("Cancelled"));
    const Answer checked = run(location, {u"check"_s});
    QVERIFY2(checked.exitCode == 0, checked.out.constData());
    QVERIFY(run(location, {u"stats"_s, u"--json"_s}).out.contains("Simulate"));
    const Answer pruned = run(location, {u"prune"_s, u"--older-than"_s, u"1d"_s, u"--to"_s, m_state.path()});
    QCOMPARE(pruned.exitCode, 1);
    QVERIFY(pruned.saidOneLine());
}

void tst_PostgresHost::runningHostHearsOfOthers()
{
    const QString location = m_server.createDatabase();
    QProcess host;
    host.start(QStringLiteral(STINT_BIN_DIR "/stint"), {u"--db"_s, location, u"host"_s});
    QByteArray said;
    QVERIFY(QTest::qWaitFor(
        [&] {
            said += host.readAllStandardOutput();
            return said.contains("hosting");
        },
        20'000));
    QVERIFY(run(location, {u"host"_s, u"--drain"_s}).err.contains("already")); // one at a time
    QCOMPARE(run(location, {u"enqueue"_s, u"NoSuchCommand"_s, u"{}"_s}).exitCode, 1);
    QCOMPARE(run(location, {u"enqueue"_s, u"Simulate"_s, u"{}"_s}).exitCode, 0);
    QTRY_VERIFY_WITH_TIMEOUT(run(location, {u"show"_s, u"1"_s, u"--json"_s}).out.contains("Completed"), 20'000);
    const QStringList add{u"schedule"_s, u"add"_s, u"hourly"_s, u"{}"_s, u"--command"_s, u"Simulate"_s, u"--every"_s, u"1h"_s};
    QCOMPARE(run(location, add).exitCode, 0);
    const auto state = [&] {
        return run(location, {u"schedule"_s, u"show"_s, u"hourly"_s, u"--json"_s}).object().value("lastJobState"_L1).toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(state(), u"Completed"_s, 20'000);
    host.terminate();
    QVERIFY(host.waitForFinished(20'000));
    QCOMPARE(host.exitCode(), 0);
}

QTEST_GUILESS_MAIN(tst_PostgresHost)
#include "tst_postgreshost.moc"
