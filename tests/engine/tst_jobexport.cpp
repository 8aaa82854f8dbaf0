// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/exporting.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::test;

namespace stint {

class TestJobExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csvCells_data();
    void csvCells();
    void negativeNumbersAreNoFormulas();
    void bodiesThatAreNotUtf8AreMended();
    void delimiterBeyondAscii();
    void apostropheAsDelimiter();
    void headLineNamesTheColumns();
    void byteOrderMark();
    void jsonLinesKeepBodiesExact();
    void onlyReadsBodiesThatAreAskedFor();
    void summariesHaveTheErrorMessage();
    void scheduledTasksNewestFirst();
    void scheduledTasksHaveNoFilter();
    void refusesAnUnknownColumn();
    void refusesAQuoteAsDelimiter();
    void reportsAFullDisk();
    void fileIsCompleteOrNotThere();
    void cancelLeavesNothingBehind();
    void replacesAFileOnlyWhenComplete();
};

void TestJobExport::csvCells_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<bool>("raw");
    QTest::addColumn<QByteArray>("cell");

    QTest::newRow("plain") << u"billing"_s << false << "billing"_ba;
    QTest::newRow("null") << QString() << false << ""_ba;
    QTest::newRow("comma") << u"a,b"_s << false << "\"a,b\""_ba;
    QTest::newRow("quote") << u"a\"b"_s << false << "\"a\"\"b\""_ba;
    QTest::newRow("line feed") << u"a\nb"_s << false << "\"a\nb\""_ba;
    QTest::newRow("carriage return") << u"a\rb"_s << false << "\"a\rb\""_ba;
    QTest::newRow("non-ASCII") << u"Zoë €"_s << false << "Zo\xC3\xAB \xE2\x82\xAC"_ba;
    QTest::newRow("equals") << u"=1+1"_s << false << "'=1+1"_ba;
    QTest::newRow("plus") << u"+1"_s << false << "'+1"_ba;
    QTest::newRow("minus") << u"-1"_s << false << "'-1"_ba;
    QTest::newRow("at") << u"@SUM(A1)"_s << false << "'@SUM(A1)"_ba;
    QTest::newRow("tab") << u"\t=1"_s << false << "'\t=1"_ba;
    QTest::newRow("leading return") << u"\r=1"_s << false << "\"'\r=1\""_ba;
    QTest::newRow("guarded and quoted") << u"=HYPERLINK(\"http://x\",1)"_s << false << "\"'=HYPERLINK(\"\"http://x\"\",1)\""_ba;
    QTest::newRow("equals inside") << u"a=1"_s << false << "a=1"_ba;
    QTest::newRow("raw") << u"=1+1"_s << true << "=1+1"_ba;
}

void TestJobExport::csvCells()
{
    QFETCH(QString, tag);
    QFETCH(bool, raw);
    QFETCH(QByteArray, cell);
    FakeJobStore store;
    store.put({makeJob(7, tag)});
    QCOMPARE(exported(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"tag"_s, u"state"_s}, .raw = raw}),
             "id,tag,state\r\n7," + cell + ",Completed\r\n");
}

void TestJobExport::negativeNumbersAreNoFormulas()
{
    FakeJobStore store;
    Job job = makeJob(-7);
    job.durationMs = -5;
    job.progress = -0.5;
    store.put({job});
    QCOMPARE(exported(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"durationMs"_s, u"progress"_s}}),
             "id,durationMs,progress\r\n-7,-5,-0.5\r\n");
}

void TestJobExport::bodiesThatAreNotUtf8AreMended()
{
    FakeJobStore store;
    Job job = makeJob(1);
    job.requestBody = "a\xFF\"b"_ba;
    store.put({job});
    QCOMPARE(exported(store, {.pane = Pane::Completed, .columns = {u"requestBody"_s}}), "requestBody\r\n\"a\xEF\xBF\xBD\"\"b\"\r\n");
}

void TestJobExport::delimiterBeyondAscii()
{
    FakeJobStore store;
    store.put({makeJob(1, u"a\u00A6b"_s), makeJob(2, u"plain"_s)});
    QCOMPARE(exported(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"tag"_s}, .delimiter = QChar(0xA6)}),
             "id\xC2\xA6tag\r\n2\xC2\xA6plain\r\n1\xC2\xA6\"a\xC2\xA6"
             "b\"\r\n");
}

void TestJobExport::apostropheAsDelimiter()
{
    FakeJobStore store;
    store.put({makeJob(1, u"=1+1"_s)});
    QCOMPARE(exported(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"tag"_s}, .delimiter = u'\''}), "id'tag\r\n1'\"'=1+1\"\r\n");
}

void TestJobExport::headLineNamesTheColumns()
{
    FakeJobStore store;
    const QByteArray all = exported(store, {.pane = Pane::Failed});
    QVERIFY(all.startsWith("id,parentId,refId,worker,tag,batchId,callback,dependsOn,runAfter,createdDate,"));
    QVERIFY(all.endsWith("\r\n"));
    QCOMPARE(all.count('\n'), 1);
    QCOMPARE(exported(store, {.columns = {u"STATE"_s, u"Id"_s}, .delimiter = u';'}), "state;id\r\n");
}

void TestJobExport::byteOrderMark()
{
    FakeJobStore store;
    QCOMPARE(exported(store, {.columns = {u"id"_s}, .byteOrderMark = true}), "\xEF\xBB\xBFid\r\n");
}

void TestJobExport::jsonLinesKeepBodiesExact()
{
    FakeJobStore store;
    Job job = makeJob(1);
    job.requestBody = R"({"n":9007199254740993,"d":1.10,"d":2})"_ba;
    store.put({job, makeJob(2)});
    QCOMPARE(exported(store, {.pane = Pane::Completed, .format = ExportFormat::JsonLines, .columns = {u"id"_s, u"requestBody"_s}}),
             "{\"id\":2}\n{\"id\":1,\"requestBody\":\"{\\\"n\\\":9007199254740993,\\\"d\\\":1.10,\\\"d\\\":2}\"}\n");
}

void TestJobExport::onlyReadsBodiesThatAreAskedFor()
{
    FakeJobStore store;
    store.put({makeJob(1)});
    exported(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"errorCode"_s}});
    QCOMPARE(store.queries().constLast().detail, RowDetail::Light);
    exported(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"logs"_s}});
    QCOMPARE(store.queries().constLast().detail, RowDetail::Full);
}

void TestJobExport::summariesHaveTheErrorMessage()
{
    FakeJobStore store;
    Job job = makeJob(1, {}, JobState::Failed);
    job.errorCode = u"Timeout"_s;
    job.error = JobError{u"Timeout"_s, u"took too long"_s, {}, {}, {}};
    store.put({job});
    QCOMPARE(exported(store, {.pane = Pane::All, .columns = {u"errorCode"_s, u"errorMessage"_s}}),
             "errorCode,errorMessage\r\nTimeout,took too long\r\n");
    QCOMPARE(exported(store, {.pane = Pane::All, .format = ExportFormat::JsonLines, .columns = {u"errorMessage"_s}}),
             "{\"errorMessage\":\"took too long\"}\n");
}

void TestJobExport::scheduledTasksNewestFirst()
{
    FakeJobStore store;
    ScheduledTask nightly;
    nightly.id = 1;
    nightly.name = u"=nightly"_s;
    nightly.cronExpression = u"0 3 * * 1,5"_s;
    nightly.command = u"Report"_s;
    nightly.requestBody = R"({"n":9007199254740993})"_ba;
    ScheduledTask often;
    often.id = 2;
    often.name = u"often"_s;
    often.interval = std::chrono::minutes{5};
    often.lastJobId = 77;
    often.options = TaskOptions{.worker = u"mail"_s, .replyTo = u"https://me:secret@example.org/"_s};
    store.setTasks({nightly, often});
    const QStringList columns{u"id"_s, u"NAME"_s, u"interval"_s, u"cronExpression"_s, u"lastJobId"_s};
    QCOMPARE(exported(store, {.pane = {}, .columns = columns}),
             "id,name,interval,cronExpression,lastJobId\r\n2,often,PT5M,,77\r\n1,'=nightly,,\"0 3 * * 1,5\",\r\n");
    QCOMPARE(exported(store, {.pane = {}, .format = ExportFormat::JsonLines, .columns = {u"id"_s, u"requestBody"_s}}),
             "{\"id\":2}\n{\"id\":1,\"requestBody\":\"{\\\"n\\\":9007199254740993}\"}\n");
    const QByteArray all = exported(store, {.pane = {}});
    QVERIFY(all.startsWith("id,name,interval,cronExpression,requestType,command,request,requestBody,options,lastRun,lastJobId,"
                           "zone,missedRuns,noOverlap,enabled,nextRun,runRequested,problem\r\n"));
    QVERIFY(!all.contains("secret"));
    QVERIFY(exported(store, {.pane = {}, .columns = {u"state"_s}}).contains("no column \"state\""));
}

void TestJobExport::scheduledTasksHaveNoFilter()
{
    FakeJobStore store;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QCOMPARE(exportJobs(store, {.pane = {}, .filter = {.tag = u"a"_s}}, buffer).error().code, ErrorCode::InvalidArgument);
}

void TestJobExport::refusesAnUnknownColumn()
{
    FakeJobStore store;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto rows = exportJobs(store, {.columns = {u"id"_s, u"colour"_s}}, buffer);
    QVERIFY(!rows.ok());
    QCOMPARE(rows.error().code, ErrorCode::InvalidArgument);
    QVERIFY(rows.error().message.contains(u"\"colour\""_s));
    QVERIFY(buffer.data().isEmpty());
}

void TestJobExport::refusesAQuoteAsDelimiter()
{
    FakeJobStore store;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QCOMPARE(exportJobs(store, {.delimiter = u'"'}, buffer).error().code, ErrorCode::InvalidArgument);
}

void TestJobExport::reportsAFullDisk()
{
    FakeJobStore store;
    store.put({makeJob(1), makeJob(2)});
    FullDevice device(10);
    const auto rows = exportJobs(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"refId"_s}}, device);
    QVERIFY(!rows.ok());
    QVERIFY(rows.error().message.contains(u"no room"_s));
}

void TestJobExport::fileIsCompleteOrNotThere()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"jobs.csv"_s);
    FakeJobStore store;
    store.put({makeJob(1)});
    store.setError(Error{ErrorCode::Damaged, u"jobs_2026-08.db: malformed"_s});
    QVERIFY(!exportToFile(store, {.columns = {u"id"_s}}, name).ok());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());

    store.setError({});
    const auto rows = exportToFile(store, {.columns = {u"id"_s}}, name);
    QVERIFY(rows.ok());
    QCOMPARE(*rows, 1);
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "id\r\n1\r\n");
    QCOMPARE(exportToFile(store, {}, u"/nowhere/at/all.csv"_s).error().code, ErrorCode::Io);
}

void TestJobExport::cancelLeavesNothingBehind()
{
    QTemporaryDir folder;
    FakeJobStore store;
    QList<Job> jobs;
    for (int id = 1; id <= 1001; ++id)
        jobs.append(makeJob(id));
    store.put(jobs);
    std::stop_source stop;
    const auto rows = exportToFile(
        store, {.columns = {u"id"_s}}, folder.filePath(u"jobs.csv"_s),
        [&](std::int64_t count) {
            if (count == 1001)
                stop.request_stop();
        },
        stop.get_token());
    QVERIFY(!rows.ok());
    QCOMPARE(rows.error().code, ErrorCode::Cancelled);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestJobExport::replacesAFileOnlyWhenComplete()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"jobs.csv"_s);
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("of yesterday");
    file.close();
    FakeJobStore store;
    store.setError(Error{ErrorCode::Busy, u"busy"_s});
    QVERIFY(!exportToFile(store, {}, name).ok());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "of yesterday");
}

} // namespace stint

QTEST_GUILESS_MAIN(stint::TestJobExport)
#include "tst_jobexport.moc"
