// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::test;

class TestCliList final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void filters_data();
    void filters();
    void pagesGoOnBehindARow();
    void fieldsNarrow();
    void unknownFieldIsBadUsage();
    void tableHasTheDefaultColumns_data();
    void tableHasTheDefaultColumns();
    void tableOfChosenFields();
    void aCutListSaysSo();
    void controlCharactersDoNotReachTheTerminal();
    void exportWritesWhatListShows();
    void exportGuardsFormulas();
    void exportToAFile();
    void exportFailsWhole();
    void brokenPipeIsQuick();

private:
    Answer list(const QStringList &arguments) const { return m_store.run(QStringList{u"list"_s} + arguments); }
    QList<qint64> ids(const QStringList &arguments) const
    {
        QList<qint64> ids;
        for (const QJsonValue job : list(QStringList{u"--json"_s} + arguments).array())
            ids.append(job.toObject().value("id"_L1).toInteger());
        return ids;
    }
    const TemporaryStore m_store;
};

void TestCliList::initTestCase()
{
    const QByteArray lines = R"({"name":"SendEmail","worker":"smtp","tag":"a","batchId":"b1"}
{"name":"SendEmail","tag":"=1+1"}
{"api":"Thumbnail","worker":"images","tag":"100%"}
{"name":"Resize","tag":"evil \u001b[31m\u202e name\nsecond line"}
{"name":"Resize","worker":"images","runAfter":"2031-01-01","request":{"text":"a,\"b\"\n"}})";
    QCOMPARE(m_store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s}, lines).exitCode, 0);
    QCOMPARE(m_store.run({u"cancel"_s, u"4"_s}).exitCode, 0);
}

void TestCliList::filters_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QList<qint64>>("expected");
    const auto row = [](const QStringList &arguments, const QList<qint64> &expected) {
        QTest::newRow(qPrintable(arguments.join(u' '))) << arguments << expected;
    };
    row({}, {5, 3, 2, 1});
    row({u"--pane"_s, u"all"_s}, {5, 4, 3, 2, 1});
    row({u"--pane"_s, u"failed"_s}, {4});
    row({u"--pane"_s, u"completed"_s}, {});
    row({u"--pane"_s, u"scheduled"_s}, {});
    row({u"--worker"_s, u"images"_s}, {5, 3});
    row({u"--worker"_s, u""_s}, {2});
    row({u"--tag"_s, u"a"_s}, {1});
    row({u"--tag"_s, u"=1+1"_s}, {2});
    row({u"--name"_s, u"Thumbnail"_s}, {3});
    row({u"--batch"_s, u"b1"_s}, {1});
    row({u"--text"_s, u"%"_s}, {3});
    row({u"--text"_s, u"IMAGES"_s}, {5, 3});
    row({u"--pane"_s, u"all"_s, u"--state"_s, u"Cancelled"_s}, {4});
    row({u"--pane"_s, u"all"_s, u"--state"_s, u"cancelled,queued"_s, u"--worker"_s, u""_s}, {4, 2});
    row({u"--pane"_s, u"all"_s, u"--month"_s, u"2020-01"_s}, {});
    row({u"--pane"_s, u"failed"_s, u"--month"_s, u"2020-01"_s}, {});
    row({u"--limit"_s, u"2"_s}, {5, 3});
    row({u"--after"_s, u"3"_s}, {2, 1});
    row({u"--after"_s, u"4"_s, u"--limit"_s, u"1"_s}, {3});
}

void TestCliList::filters()
{
    QFETCH(QStringList, arguments);
    QFETCH(QList<qint64>, expected);
    QCOMPARE(ids(arguments), expected);
}

void TestCliList::pagesGoOnBehindARow()
{
    QList<qint64> all;
    QList<qint64> page = ids({u"--pane"_s, u"all"_s, u"--limit"_s, u"2"_s});
    while (!page.isEmpty()) {
        all += page;
        page = ids({u"--pane"_s, u"all"_s, u"--limit"_s, u"2"_s, u"--after"_s, QString::number(page.constLast())});
    }
    QCOMPARE(all, (QList<qint64>{5, 4, 3, 2, 1}));
}

void TestCliList::fieldsNarrow()
{
    const Answer answer = list({u"--json"_s, u"--fields"_s, u"id,STATE,tag"_s, u"--limit"_s, u"1"_s, u"--after"_s, u"2"_s});
    QCOMPARE(answer.out, "[{\"id\":1,\"tag\":\"a\",\"state\":\"Queued\"}]\n"_ba);
    QCOMPARE(list({u"--pane"_s, u"all"_s, u"--json"_s, u"--fields"_s, u"id,errorMessage"_s, u"--state"_s, u"Cancelled"_s}).out,
             "[{\"id\":4,\"errorMessage\":\"Job was cancelled\"}]\n"_ba);
}

void TestCliList::unknownFieldIsBadUsage()
{
    for (const QString &pane : {u"queue"_s, u"all"_s, u"scheduled"_s}) {
        const Answer answer = list({u"--pane"_s, pane, u"--fields"_s, u"id,colour"_s});
        QCOMPARE(answer.exitCode, 2);
        QVERIFY(answer.saidOneLine());
        QVERIFY(answer.err.contains("\"colour\""));
    }
}

void TestCliList::tableHasTheDefaultColumns_data()
{
    QTest::addColumn<QString>("pane");
    QTest::addColumn<QByteArrayList>("headings");
    QTest::newRow("queue") << u"queue"_s << QByteArrayList{"STATE", "ID",        "PROGRESS", "NAME",   "WORKER",
                                                           "TAG",   "RUN AFTER", "CREATED",  "WAITED", "ATTEMPTS"};
    QTest::newRow("all") << u"all"_s
                         << QByteArrayList{"STATE", "ID", "NAME", "WORKER", "TAG", "CREATED", "COMPLETED", "DURATION", "ATTEMPTS", "ERROR"};
    QTest::newRow("completed") << u"completed"_s << QByteArrayList{"ID",      "NAME",   "WORKER",   "TAG",      "CREATED",
                                                                   "STARTED", "WAITED", "DURATION", "ATTEMPTS", "RESPONSE"};
    QTest::newRow("failed") << u"failed"_s << QByteArrayList{"STATE",  "ID",      "NAME",      "ERROR CODE", "MESSAGE",
                                                             "WORKER", "CREATED", "FAILED AT", "ATTEMPTS",   "DURATION"};
    QTest::newRow("scheduled") << u"scheduled"_s << QByteArrayList{"ID", "NAME", "SCHEDULE", "LAST RUN", "LAST JOB"};
}

void TestCliList::tableHasTheDefaultColumns()
{
    QFETCH(QString, pane);
    QFETCH(QByteArrayList, headings);
    const Answer answer = list({u"--pane"_s, pane});
    QCOMPARE(answer.exitCode, 0);
    const QByteArrayList lines = answer.out.split('\n');
    qsizetype at = 0;
    for (const QByteArray &heading : headings) {
        at = lines.constFirst().indexOf(heading, at);
        QVERIFY2(at >= 0, lines.constFirst());
    }
    QVERIFY(!answer.out.contains('\x1b'));
}

void TestCliList::tableOfChosenFields()
{
    QCOMPARE(list({u"--fields"_s, u"id,tag"_s, u"--after"_s, u"3"_s}).out, "id  tag\n2   =1+1\n1   a\n"_ba);
}

void TestCliList::aCutListSaysSo()
{
    const TemporaryStore store;
    QByteArray lines;
    for (int index = 0; index < 1005; ++index)
        lines += "{\"name\":\"A\"}\n";
    QCOMPARE(store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s}, lines).exitCode, 0);
    const Answer cut = store.run({u"list"_s, u"--json"_s});
    QCOMPARE(cut.exitCode, 0);
    QCOMPARE(cut.array().size(), 1000);
    QVERIFY2(cut.err.contains("--after 6"), cut.err);
    const Answer whole = store.run({u"list"_s, u"--json"_s, u"--limit"_s, u"2000"_s});
    QCOMPARE(whole.array().size(), 1005);
    QCOMPARE(whole.err, QByteArray());
    QCOMPARE(store.run({u"list"_s, u"--json"_s, u"--limit"_s, u"3"_s}).err, QByteArray());
}

void TestCliList::controlCharactersDoNotReachTheTerminal()
{
    for (const QStringList &arguments : {QStringList{u"list"_s, u"--pane"_s, u"all"_s}, QStringList{u"show"_s, u"4"_s}}) {
        const Answer answer = m_store.run(arguments);
        QVERIFY(answer.out.contains("evil"));
        QVERIFY(!answer.out.contains('\x1b'));
        QVERIFY(!answer.out.contains("\u202e"));
    }
    QCOMPARE(list({u"--pane"_s, u"all"_s}).out.count('\n'), 6);
}

void TestCliList::exportWritesWhatListShows()
{
    const Answer lines = m_store.run({u"export"_s, u"--pane"_s, u"all"_s, u"--format"_s, u"jsonl"_s, u"--output"_s, u"-"_s});
    QCOMPARE(lines.exitCode, 0);
    QByteArray array = '[' + lines.out.trimmed().replace('\n', ',') + ']';
    QCOMPARE((Answer{0, array, {}}).array(), list({u"--pane"_s, u"all"_s, u"--json"_s}).array());
}

void TestCliList::exportGuardsFormulas()
{
    const auto csv = [this](const QStringList &more) {
        return m_store.run(QStringList{u"export"_s, u"--pane"_s, u"queue"_s, u"--output"_s, u"-"_s} + more).out;
    };
    QCOMPARE(csv({u"--columns"_s, u"id,tag"_s, u"--name"_s, u"SendEmail"_s}), "id,tag\r\n2,'=1+1\r\n1,a\r\n"_ba);
    QCOMPARE(csv({u"--columns"_s, u"tag,id"_s, u"--name"_s, u"SendEmail"_s, u"--raw"_s, u"--delimiter"_s, u"tab"_s}),
             "tag\tid\r\n=1+1\t2\r\na\t1\r\n"_ba);
    QCOMPARE(csv({u"--columns"_s, u"requestBody"_s, u"--worker"_s, u"images"_s, u"--bom"_s}),
             "\xEF\xBB\xBFrequestBody\r\n\"{\"\"text\"\":\"\"a,\\\"\"b\\\"\"\\n\"\"}\"\r\n{}\r\n"_ba);
}

void TestCliList::exportToAFile()
{
    const QString file = m_store.file(u"all.csv"_s);
    const Answer answer = m_store.run({u"export"_s, u"--pane"_s, u"all"_s, u"--columns"_s, u"id"_s, u"--output"_s, file});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.out, "5 rows, complete\n"_ba);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), "id\r\n5\r\n4\r\n3\r\n2\r\n1\r\n"_ba);
    QCOMPARE(m_store.run({u"export"_s, u"--pane"_s, u"all"_s, u"--output"_s, file, u"--json"_s}).out, "{\"rows\":5}\n"_ba);
}

void TestCliList::exportFailsWhole()
{
    const Answer nowhere = m_store.run({u"export"_s, u"--pane"_s, u"all"_s, u"--output"_s, m_store.file(u"no/such/folder.csv"_s)});
    QCOMPARE(nowhere.exitCode, 1);
    QVERIFY(nowhere.saidOneLine());
    const QString file = m_store.file(u"never.csv"_s);
    QCOMPARE(m_store.run({u"export"_s, u"--pane"_s, u"all"_s, u"--columns"_s, u"nope"_s, u"--output"_s, file}).exitCode, 2);
    QVERIFY(!QFile::exists(file));
}

void TestCliList::brokenPipeIsQuick()
{
    QProcess shell;
    shell.start(
        u"/bin/sh"_s,
        {u"-c"_s, u"'%1/stint' --db '%2' list --pane all --json | head -c 1"_s.arg(QString::fromLatin1(STINT_BIN_DIR), m_store.path())});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(), "["_ba);
}

QTEST_GUILESS_MAIN(TestCliList)
#include "tst_cli_list.moc"
