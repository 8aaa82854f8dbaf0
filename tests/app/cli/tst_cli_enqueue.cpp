// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "engine/jobqueue.h"
#include "tests/app/cli/stintprocess.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint;
using namespace stint::test;

class TestCliEnqueue final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersIdAndRefId();
    void everyOptionIsKept();
    void bodiesComeBackByteForByte_data();
    void bodiesComeBackByteForByte();
    void requestTypeIsTheCommandsOwn();
    void runAfterFromNow();
    void dependsOnMustExist();
    void refIdIsUnique();
    void uniqueKeyGivesTheSameJob();
    void fromFile();
    void fromStandardInput();
    void fromFileInManyTransactions();
    void badLineChangesNothing_data();
    void badLineChangesNothing();
    void unreadableFile();

private:
    static QJsonObject newest(const TemporaryStore &store)
    {
        return store.run({u"list"_s, u"--json"_s, u"--reveal"_s, u"--limit"_s, u"1"_s}).array().at(0).toObject();
    }
};

void TestCliEnqueue::answersIdAndRefId()
{
    const TemporaryStore store;
    const Answer first = store.run({u"enqueue"_s, u"SendEmail"_s});
    QCOMPARE(first.exitCode, 0);
    QCOMPARE(first.err, QByteArray());
    static const QRegularExpression shape(uR"(^\{"id":1,"refId":"[0-9a-f]{32}"\}\n$)"_s);
    QVERIFY2(shape.match(QString::fromUtf8(first.out)).hasMatch(), first.out);
    const Answer second = store.run({u"enqueue"_s, u"SendEmail"_s, u"--json"_s});
    QCOMPARE(second.object().value("id"_L1).toInteger(), 2);
    // In time order.
    QVERIFY(second.object().value("refId"_L1).toString() > first.object().value("refId"_L1).toString());
}

void TestCliEnqueue::everyOptionIsKept()
{
    const TemporaryStore store;
    const qint64 parent = store.enqueue({u"Parent"_s});
    QVERIFY(store.enqueue({u"Thumbnail"_s,
                           u"{\"id\":1}"_s,
                           u"--api"_s,
                           u"--worker"_s,
                           u"images"_s,
                           u"--tag"_s,
                           u"t"_s,
                           u"--batch"_s,
                           u"b"_s,
                           u"--callback"_s,
                           u"Sent"_s,
                           u"--depends-on"_s,
                           QString::number(parent),
                           u"--run-after"_s,
                           u"2031-08-22T10:00:00Z"_s,
                           u"--retry-limit"_s,
                           u"5"_s,
                           u"--timeout"_s,
                           u"2m"_s,
                           u"--backoff"_s,
                           u"fixed:5s"_s,
                           u"--ref-id"_s,
                           u"my-ref"_s,
                           u"--reply-to"_s,
                           u"tok@https://h/cb"_s,
                           u"--user"_s,
                           u"7"_s,
                           u"--created-by"_s,
                           u"me"_s,
                           u"--parent"_s,
                           QString::number(parent),
                           u"--priority"_s,
                           u"-3"_s,
                           u"--unique-key"_s,
                           u"k"_s,
                           u"--arg"_s,
                           u"a=1"_s,
                           u"--arg"_s,
                           u"b=x=y"_s})
            == 2);
    const QJsonObject job = newest(store);
    const QJsonObject expected{{u"requestType"_s, u"API"_s},
                               {u"request"_s, u"Thumbnail"_s},
                               {u"requestBody"_s, u"{\"id\":1}"_s},
                               {u"worker"_s, u"images"_s},
                               {u"tag"_s, u"t"_s},
                               {u"batchId"_s, u"b"_s},
                               {u"callback"_s, u"Sent"_s},
                               {u"dependsOn"_s, parent},
                               {u"parentId"_s, parent},
                               {u"runAfter"_s, u"2031-08-22T10:00:00Z"_s},
                               {u"retryLimit"_s, 5},
                               {u"timeoutSecs"_s, 120},
                               {u"backoff"_s, u"fixed:5s"_s},
                               {u"refId"_s, u"my-ref"_s},
                               {u"replyTo"_s, u"tok@https://h/cb"_s},
                               {u"userId"_s, u"7"_s},
                               {u"createdBy"_s, u"me"_s},
                               {u"priority"_s, -3},
                               {u"uniqueKey"_s, u"k"_s},
                               {u"args"_s, QJsonObject{{u"a"_s, u"1"_s}, {u"b"_s, u"x=y"_s}}},
                               {u"state"_s, u"Queued"_s},
                               {u"attempts"_s, 1}};
    for (auto field = expected.begin(); field != expected.end(); ++field)
        QVERIFY2(job.value(field.key()) == field.value(), qPrintable(field.key()));
    QVERIFY(!job.contains("command"_L1));
    // Credentials are shown only on demand.
    const Answer masked = store.run({u"list"_s, u"--json"_s});
    QVERIFY(!masked.out.contains("tok@"));
    QVERIFY(masked.out.contains("https://h/cb"));
    QVERIFY(!store.run({u"show"_s, u"2"_s}).out.contains("tok@"));
    QVERIFY(!store.run({u"export"_s, u"--pane"_s, u"queue"_s, u"--output"_s, u"-"_s}).out.contains("tok@"));
}

void TestCliEnqueue::bodiesComeBackByteForByte_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("numbers") << R"({"n":9007199254740993,"d":1.10,"big":123456789012345678901234567890,"e":1E5})"_ba;
    QTest::newRow("duplicate keys") << R"({"b":1,"a":2,"b":3})"_ba;
    QTest::newRow("white space") << "  { \"a\" :\t1 }\n"_ba;
    QTest::newRow("escapes") << R"({"a":"\u00e9\/\ud83d\ude00"})"_ba;
    QTest::newRow("non-ASCII") << "{\"a\":\"Zo\xC3\xAB \xF0\x9F\x98\x80\"}"_ba;
    QTest::newRow("scalar") << "1.0"_ba;
    QTest::newRow("list") << "[1,2]"_ba;
    QTest::newRow("hostile") << R"({"a":"'; DROP TABLE BackgroundJob; --"})"_ba;
}

void TestCliEnqueue::bodiesComeBackByteForByte()
{
    QFETCH(QByteArray, body);
    const TemporaryStore store;
    QVERIFY(store.enqueue({u"A"_s, QString::fromUtf8(body)}) == 1);
    QCOMPARE(newest(store).value("requestBody"_L1).toString().toUtf8(), body);
    QCOMPARE(store.show(1).value("queued"_L1).toObject().value("requestBody"_L1).toString().toUtf8(), body);

    const QByteArray line = "{\"name\":\"A\",\"request\":" + body.trimmed() + '}';
    QCOMPARE(store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s}, line).exitCode, 0);
    QCOMPARE(newest(store).value("requestBody"_L1).toString().toUtf8(), body.trimmed());
}

void TestCliEnqueue::requestTypeIsTheCommandsOwn()
{
    const TemporaryStore store;
    const auto request = [&] { return newest(store).value("request"_L1).toString(); };
    QVERIFY(store.enqueue({u"RunProcess"_s, uR"({"program":"true"})"_s}) > 0); // which every host has
    QCOMPARE(request(), u"RunProcessRequest"_s);
    QVERIFY(store.enqueue({u"Nobody"_s}) > 0);
    QCOMPARE(request(), u"NoArgs"_s);
    const auto opened = JobQueue::openStore(store.path(), OpenMode::ReadWrite);
    QVERIFY(opened.ok());
    QVERIFY(
        (*opened)->beginHosting({.id = u"h"_s, .name = u"host"_s, .commands = {{u"Greet"_s, false, u"GreetRequest"_s, {}}}}, false).ok());
    QVERIFY(store.enqueue({u"Greet"_s}) > 0);
    QCOMPARE(request(), u"GreetRequest"_s);
    QCOMPARE(store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s}, R"({"name":"Greet"})").exitCode, 0);
    QCOMPARE(request(), u"GreetRequest"_s);
    (*opened)->endHosting();
    QVERIFY(store.enqueue({u"Greet"_s}) > 0); // it was the last to say
    QCOMPARE(request(), u"GreetRequest"_s);
}

void TestCliEnqueue::runAfterFromNow()
{
    const TemporaryStore store;
    QVERIFY(store.enqueue({u"A"_s, u"--run-after"_s, u"+10m"_s}) == 1);
    const QDateTime runAfter = QDateTime::fromString(newest(store).value("runAfter"_L1).toString(), Qt::ISODateWithMs);
    const qint64 ahead = QDateTime::currentDateTimeUtc().secsTo(runAfter);
    QVERIFY2(ahead > 500 && ahead <= 600, QByteArray::number(ahead));
    const QJsonArray reasons = store.show(1).value("waitingFor"_L1).toArray();
    QCOMPARE(reasons.at(0).toObject().value("code"_L1).toString(), u"runAfter"_s);
}

void TestCliEnqueue::dependsOnMustExist()
{
    const TemporaryStore store;
    const Answer answer = store.run({u"enqueue"_s, u"A"_s, u"--depends-on"_s, u"99"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY(answer.saidOneLine());
    QVERIFY(answer.err.contains("99"));
    QCOMPARE(store.run({u"list"_s, u"--json"_s}).out, "[]\n"_ba);
}

void TestCliEnqueue::refIdIsUnique()
{
    const TemporaryStore store;
    QCOMPARE(store.enqueue({u"A"_s, u"--ref-id"_s, u"123"_s}), 1);
    const Answer answer = store.run({u"enqueue"_s, u"A"_s, u"--ref-id"_s, u"123"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.err.contains("\"123\""), answer.err);
    // Shown by it, though it looks like an id.
    QCOMPARE(store.show(123).value("summary"_L1).toObject().value("id"_L1).toInteger(), 1);
}

void TestCliEnqueue::uniqueKeyGivesTheSameJob()
{
    const TemporaryStore store;
    const Answer first = store.run({u"enqueue"_s, u"A"_s, u"--unique-key"_s, u"k"_s});
    const Answer second = store.run({u"enqueue"_s, u"A"_s, u"--unique-key"_s, u"k"_s});
    QCOMPARE(second.exitCode, 0);
    QCOMPARE(second.out, first.out);
}

void TestCliEnqueue::fromFile()
{
    const TemporaryStore store;
    const QString file = store.write(u"jobs.jsonl"_s, R"({"name":"A","request":{"n":1.10},"tag":"own"}
{"api":"B"}

{"command":"C","worker":"w","args":{"k":"v"}})");
    const Answer lines = store.run({u"enqueue"_s, u"--from-file"_s, file, u"--tag"_s, u"all"_s});
    QCOMPARE(lines.exitCode, 0);
    QCOMPARE(lines.out.count('\n'), 3);
    QVERIFY(lines.out.startsWith("{\"id\":1,\"refId\":\""));
    const QJsonArray jobs = store.run({u"list"_s, u"--json"_s}).array();
    QCOMPARE(jobs.size(), 3);
    QCOMPARE(jobs.at(2).toObject().value("tag"_L1).toString(), u"own"_s);
    QCOMPARE(jobs.at(2).toObject().value("requestBody"_L1).toString(), u"{\"n\":1.10}"_s);
    QCOMPARE(jobs.at(1).toObject().value("requestType"_L1).toString(), u"API"_s);
    QCOMPARE(jobs.at(1).toObject().value("tag"_L1).toString(), u"all"_s);
    QCOMPARE(jobs.at(0).toObject().value("worker"_L1).toString(), u"w"_s);
    QCOMPARE(store.run({u"enqueue"_s, u"--from-file"_s, file, u"--json"_s}).array().size(), 3);
}

void TestCliEnqueue::fromStandardInput()
{
    const TemporaryStore store;
    const Answer answer = store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s, u"--json"_s}, "{\"name\":\"A\"}\r\n{\"name\":\"B\"}\r\n");
    QCOMPARE(answer.array().size(), 2);
    QCOMPARE(store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s, u"--json"_s}).out, "[]\n"_ba);
}

void TestCliEnqueue::fromFileInManyTransactions()
{
    const TemporaryStore store;
    QByteArray lines;
    for (int index = 0; index < 2500; ++index)
        lines += "{\"name\":\"A\",\"request\":" + QByteArray::number(index) + "}\n";
    const QJsonArray refs = store.run({u"enqueue"_s, u"--from-file"_s, u"-"_s, u"--json"_s}, lines).array();
    QCOMPARE(refs.size(), 2500);
    QCOMPARE(refs.last().toObject().value("id"_L1).toInteger(), 2500);
    const QJsonArray jobs = store.run({u"list"_s, u"--json"_s, u"--limit"_s, u"5000"_s, u"--fields"_s, u"id,requestBody"_s}).array();
    QCOMPARE(jobs.size(), 2500);
    for (const QJsonValue job : jobs)
        QCOMPARE(job.toObject().value("requestBody"_L1).toString().toLongLong(), job.toObject().value("id"_L1).toInteger() - 1);
}

void TestCliEnqueue::badLineChangesNothing_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no JSON") << "{"_ba
                             << "at position 2"_ba;
    QTest::newRow("no name") << "{\"request\":{}}"_ba
                             << "no \"name\""_ba;
    QTest::newRow("unknown field") << "{\"name\":\"A\",\"colour\":1}"_ba
                                   << "\"colour\""_ba;
    QTest::newRow("no such parent") << "{\"name\":\"A\",\"dependsOn\":77}"_ba
                                    << "there is no job 77"_ba;
    QTest::newRow("refId twice") << "{\"name\":\"A\",\"refId\":\"first\"}"_ba
                                 << "\"first\""_ba;
    QTest::newRow("not UTF-8") << "{\"name\":\"\xC3\x28\"}"_ba
                               << "UTF-8"_ba;
    QTest::newRow("zero byte") << QByteArray("{\"name\":\0}", 10) << "at position 9"_ba;
}

void TestCliEnqueue::badLineChangesNothing()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, says);
    const TemporaryStore store;
    const QByteArray lines = "{\"name\":\"A\",\"refId\":\"first\"}\n\n" + line + "\n{\"name\":\"B\"}\n";
    const QString file = store.write(u"jobs.jsonl"_s, lines);
    const Answer answer = store.run({u"enqueue"_s, u"--from-file"_s, file});
    QVERIFY(answer.exitCode == 1 || answer.exitCode == 2);
    QVERIFY2(answer.saidOneLine(), answer.err);
    QVERIFY2(answer.err.contains("jobs.jsonl line 3: "), answer.err);
    QVERIFY2(answer.err.contains(says), answer.err);
    QCOMPARE(answer.out, QByteArray());
    QCOMPARE(store.run({u"list"_s, u"--json"_s}).array().size(), 0);
}

void TestCliEnqueue::unreadableFile()
{
    const TemporaryStore store;
    const Answer answer = store.run({u"enqueue"_s, u"--from-file"_s, store.file(u"none"_s)});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY(answer.saidOneLine());
    QVERIFY(answer.err.contains("none"));
}

QTEST_GUILESS_MAIN(TestCliEnqueue)
#include "tst_cli_enqueue.moc"
