// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::test;

class TestCliUsage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badUsageIsOneLineAndExit2_data();
    void badUsageIsOneLineAndExit2();
    void w33_badUsageChangesNothing();
    void helpAndVersion_data();
    void helpAndVersion();
    void storeByEnvironment();
    void storeBehindTheVerb();
    void noStoreIsRefused_data();
    void noStoreIsRefused();
    void notADatabase();
    void emptyFile();
    void fullOutputIsAnError();
    void jobsMayBeNamedLikeVerbs();
};

void TestCliUsage::badUsageIsOneLineAndExit2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");

    const auto row
        = [](const char *name, const QStringList &arguments, const QByteArray &says) { QTest::newRow(name) << arguments << says; };
    row("no verb", {}, "subcommand");
    row("unknown verb", {u"lits"_s}, "\"lits\"");
    row("unknown option", {u"list"_s, u"--colour"_s}, "--colour");
    row("value missing", {u"list"_s, u"--pane"_s}, "--pane");
    row("unknown pane", {u"list"_s, u"--pane"_s, u"done"_s}, "--pane: \"done\" is not a pane");
    row("unknown state", {u"list"_s, u"--state"_s, u"Done"_s}, "--state: \"Done\"");
    row("empty state", {u"list"_s, u"--state"_s, u""_s}, "--state");
    row("bad month", {u"list"_s, u"--month"_s, u"2026-13"_s}, "--month: \"2026-13\"");
    row("limit 0", {u"list"_s, u"--limit"_s, u"0"_s}, "--limit: \"0\"");
    row("limit not a number", {u"list"_s, u"--limit"_s, u"ten"_s}, "--limit");
    row("after not an id", {u"list"_s, u"--after"_s, u"-3"_s}, "--after");
    row("option twice", {u"list"_s, u"--tag"_s, u"a"_s, u"--tag"_s, u"b"_s}, "--tag");
    row("hostile text stays one line", {u"list"_s, u"--pane"_s, u"a\nb\x1b[31m"_s}, "--pane");
    row("show without id", {u"show"_s}, "job is required");
    row("cancel without jobs", {u"cancel"_s}, "cancel: say which");
    row("cancel ids and filter", {u"cancel"_s, u"1"_s, u"--state"_s, u"Queued"_s}, "cancel: say which");
    row("cancel finished", {u"cancel"_s, u"--state"_s, u"Failed"_s}, "--state");
    row("cancel bad id", {u"cancel"_s, u"1"_s, u"x"_s}, "\"x\" is not the id");
    row("requeue without jobs", {u"requeue"_s}, "requeue: say which");
    row("requeue month alone", {u"requeue"_s, u"--month"_s, u"2026-08"_s}, "requeue: say which");
    row("requeue queued", {u"requeue"_s, u"--state"_s, u"Queued"_s}, "--state");
    row("requeue bad edit", {u"requeue"_s, u"1"_s, u"--edit"_s, u"{x}"_s}, "--edit: a string in quotes is expected, at position 2");
    row("worker alone", {u"worker"_s}, "subcommand");
    row("pause nobody", {u"worker"_s, u"pause"_s}, "worker: say which one");
    row("export without pane", {u"export"_s, u"--output"_s, u"-"_s}, "--pane is required");
    row("filtered tasks", {u"export"_s, u"--pane"_s, u"scheduled"_s, u"--output"_s, u"-"_s, u"--tag"_s, u"a"_s},
        "--pane scheduled: the tasks have neither month nor filter");
    row("export without output", {u"export"_s, u"--pane"_s, u"all"_s}, "--output is required");
    row("export format", {u"export"_s, u"--pane"_s, u"all"_s, u"--output"_s, u"-"_s, u"--format"_s, u"xls"_s}, "--format: \"xls\"");
    row("enqueue nothing", {u"enqueue"_s}, "enqueue: the name");
    row("enqueue bad JSON", {u"enqueue"_s, u"A"_s, u"{\"a\":1,}"_s}, "at position 8");
    row("enqueue two values", {u"enqueue"_s, u"A"_s, u"1 2"_s}, "at position 3");
    row("enqueue empty JSON", {u"enqueue"_s, u"A"_s, u""_s}, "a value is missing");
    row("bad date", {u"enqueue"_s, u"A"_s, u"--run-after"_s, u"tomorrow"_s}, "--run-after: \"tomorrow\"");
    row("bad delay", {u"enqueue"_s, u"A"_s, u"--run-after"_s, u"+10y"_s}, "--run-after");
    row("bad time-out", {u"enqueue"_s, u"A"_s, u"--timeout"_s, u"0s"_s}, "--timeout");
    row("time-out in milliseconds", {u"enqueue"_s, u"A"_s, u"--timeout"_s, u"1500ms"_s}, "--timeout");
    row("bad retry limit", {u"enqueue"_s, u"A"_s, u"--retry-limit"_s, u"-1"_s}, "--retry-limit");
    row("bad backoff", {u"enqueue"_s, u"A"_s, u"--backoff"_s, u"slowly"_s}, "--backoff");
    row("bad argument", {u"enqueue"_s, u"A"_s, u"--arg"_s, u"=x"_s}, "--arg: \"=x\"");
    row("file and name", {u"enqueue"_s, u"A"_s, u"--from-file"_s, u"-"_s}, "--from-file");
    row("host concurrency", {u"host"_s, u"--concurrency"_s, u"0"_s}, "--concurrency");
}

void TestCliUsage::badUsageIsOneLineAndExit2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const TemporaryStore store;
    const Answer answer = store.run(arguments);
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.saidOneLine(), answer.err);
    QVERIFY2(answer.err.contains(says), answer.err);
    QVERIFY(!answer.err.contains('\x1b'));
    QCOMPARE(answer.out, QByteArray());
}

void TestCliUsage::w33_badUsageChangesNothing()
{
    const TemporaryStore store;
    QCOMPARE(store.run({u"enqueue"_s, u"A"_s, u"{"_s}).exitCode, 2);
    QVERIFY(!QDir(store.path()).exists());
}

void TestCliUsage::helpAndVersion_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("help") << QStringList{u"--help"_s} << "requeue"_ba;
    QTest::newRow("version") << QStringList{u"--version"_s} << "stint "_ba;
    for (const auto &[verb, says] : std::initializer_list<std::pair<QString, QByteArray>>{{u"host"_s, "--drain"},
                                                                                          {u"enqueue"_s, "--from-file"},
                                                                                          {u"list"_s, "--fields"},
                                                                                          {u"show"_s, "--follow"},
                                                                                          {u"cancel"_s, "--worker"},
                                                                                          {u"requeue"_s, "--edit"},
                                                                                          {u"worker"_s, "pause"},
                                                                                          {u"export"_s, "--raw"},
                                                                                          {u"check"_s, "--repair"}})
        QTest::newRow(qPrintable(verb)) << QStringList{verb, u"--help"_s} << says;
}

void TestCliUsage::helpAndVersion()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Answer answer = runStint(arguments);
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.err, QByteArray());
    QVERIFY2(answer.out.contains(says), answer.out);
}

void TestCliUsage::storeByEnvironment()
{
    const TemporaryStore store;
    qputenv("STINT_DB", store.path().toLocal8Bit());
    const Answer answer = runStint({u"enqueue"_s, u"A"_s});
    qunsetenv("STINT_DB");
    QCOMPARE(answer.exitCode, 0);
    QVERIFY(QFile::exists(store.path() + u"/jobs.db"_s));
    QCOMPARE(runStint({u"list"_s}).exitCode, 2);
}

void TestCliUsage::storeBehindTheVerb()
{
    const TemporaryStore store;
    QCOMPARE(runStint({u"enqueue"_s, u"A"_s, u"--db"_s, store.path()}).exitCode, 0);
    QCOMPARE(store.run({u"list"_s, u"--json"_s}).array().size(), 1);
}

void TestCliUsage::noStoreIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("list") << QStringList{u"list"_s};
    QTest::newRow("show") << QStringList{u"show"_s, u"1"_s};
    QTest::newRow("cancel") << QStringList{u"cancel"_s, u"1"_s};
    QTest::newRow("requeue") << QStringList{u"requeue"_s, u"1"_s};
    QTest::newRow("worker") << QStringList{u"worker"_s, u"list"_s};
    QTest::newRow("check") << QStringList{u"check"_s};
    QTest::newRow("export") << QStringList{u"export"_s, u"--pane"_s, u"all"_s, u"--output"_s, u"-"_s};
}

void TestCliUsage::noStoreIsRefused()
{
    QFETCH(QStringList, arguments);
    const TemporaryStore store;
    const Answer answer = store.run(arguments);
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.saidOneLine(), answer.err);
    QVERIFY2(answer.err.contains(store.path().toLocal8Bit()), answer.err);
    QVERIFY(!QDir(store.path()).exists());
}

void TestCliUsage::notADatabase()
{
    const TemporaryStore store;
    QVERIFY(QDir().mkpath(store.path()));
    QVERIFY(!store.write(u"jobs/jobs.db"_s, QByteArray(4096, 'x')).isEmpty());
    for (const QStringList &arguments :
         {QStringList{u"list"_s}, QStringList{u"enqueue"_s, u"A"_s}, QStringList{u"check"_s}, QStringList{u"host"_s, u"--drain"_s}}) {
        const Answer answer = store.run(arguments);
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.saidOneLine(), answer.err);
        QVERIFY2(answer.err.contains("jobs.db"), answer.err);
    }
}

/// What a process that died over making a store leaves behind.
void TestCliUsage::emptyFile()
{
    const TemporaryStore store;
    QVERIFY(QDir().mkpath(store.path()));
    QVERIFY(!store.write(u"jobs/jobs.db"_s, {}).isEmpty());
    for (const QStringList &arguments : {QStringList{u"list"_s}, {u"check"_s}}) {
        const Answer answer = store.run(arguments);
        QVERIFY2(answer.exitCode == 1, answer.out);
        QVERIFY2(answer.saidOneLine(), answer.err);
    }
    QVERIFY(store.enqueue({u"RunProcess"_s, uR"({"program":"true"})"_s}) > 0);
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(1), u"Completed"_s);
    QCOMPARE(store.run({u"check"_s}).exitCode, 0);
}

void TestCliUsage::fullOutputIsAnError()
{
    const TemporaryStore store;
    QVERIFY(store.enqueue({u"A"_s}) > 0);
    QProcess process;
    process.setStandardOutputFile(u"/dev/full"_s);
    process.start(QString::fromLatin1(STINT_BIN_DIR "/stint"), {u"--db"_s, store.path(), u"list"_s, u"--json"_s});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().startsWith("stint: standard output: "));
}

void TestCliUsage::jobsMayBeNamedLikeVerbs()
{
    const TemporaryStore store;
    QVERIFY(store.enqueue({u"list"_s, u"[1,2]"_s}) > 0);
    const QJsonObject job = store.run({u"list"_s, u"--json"_s}).array().at(0).toObject();
    QCOMPARE(job.value("command"_L1).toString(), u"list"_s);
    QCOMPARE(job.value("requestBody"_L1).toString(), u"[1,2]"_s);
    QCOMPARE(store.run({u"worker"_s, u"pause"_s, u"list"_s}).exitCode, 0);
}

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cli_usage.moc"
