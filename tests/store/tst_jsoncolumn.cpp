// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/jsoncolumn.h"

#include <QTest>

#include <limits>

using namespace stint;
using namespace Qt::StringLiterals;

/// The complex columns of real databases, in both notations, and what Stint writes there.
class JsonColumnTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errors_data();
    void errors();
    void stackTrace();
    void maps_data();
    void maps();
    void options_data();
    void options();
    void wcfDates_data();
    void wcfDates();
    void passesOverWhatItDoesNotKnow();
    void unreadable_data();
    void unreadable();
    void hostileNesting();
    void writesAsServiceStack();
    void readsBackWhatItWrote();
    void tellsAbsentFromEmpty();
};

static JobError makeError(const QString &code, const QString &message, std::optional<QList<FieldError>> errors = QList<FieldError>())
{
    return {code, message, {}, std::move(errors), {}};
}

void JsonColumnTest::errors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<JobError>("error");
    const FieldError quantity{u"ArgumentException"_s, u"Quantity"_s, u"Quantity must be above 0"_s, {}};
    const JobError argument = makeError(u"ArgumentException"_s, u"Quantity must be above 0 (Parameter 'Quantity')"_s, QList{quantity});
    const JobError mailbox = makeError(u"InvalidOperationException"_s, u"SMTP rejected \"22\": mailbox full"_s);
    const JobError parent = makeError(u"TaskCanceledException"_s, u"Parent Job failed"_s, std::nullopt);

    QTest::newRow("JSON cancelled") << R"({"errorCode":"TaskCanceledException","message":"Job was cancelled","errors":[]})"_ba
                                    << makeError(u"TaskCanceledException"_s, u"Job was cancelled"_s);
    QTest::newRow("JSON without list") << R"({"errorCode":"TaskCanceledException","message":"Parent Job failed"})"_ba << parent;
    QTest::newRow("JSON quotes")
        << R"({"errorCode":"InvalidOperationException","message":"SMTP rejected \"22\": mailbox full","errors":[]})"_ba << mailbox;
    QTest::newRow("JSON field error")
        << R"j({"errorCode":"ArgumentException","message":"Quantity must be above 0 (Parameter 'Quantity')",)j"
           R"("errors":[{"errorCode":"ArgumentException","fieldName":"Quantity","message":"Quantity must be above 0"}]})"_ba
        << argument;
    QTest::newRow("JSV cancelled") << "{errorCode:TaskCanceledException,message:Job was cancelled,errors:[]}"_ba
                                   << makeError(u"TaskCanceledException"_s, u"Job was cancelled"_s);
    QTest::newRow("JSV without list") << "{errorCode:TaskCanceledException,message:Parent Job failed}"_ba << parent;
    QTest::newRow("JSV quotes") << R"({errorCode:InvalidOperationException,message:"SMTP rejected ""22"": mailbox full",errors:[]})"_ba
                                << mailbox;
    QTest::newRow("JSV colon") << R"j({errorCode:Exception,message:"CRM answered 503: Service Unavailable (try 5)",errors:[]})j"_ba
                               << makeError(u"Exception"_s, u"CRM answered 503: Service Unavailable (try 5)"_s);
    QTest::newRow("JSV field error") << "{errorCode:ArgumentException,message:Quantity must be above 0 (Parameter 'Quantity'),"
                                        "errors:[{errorCode:ArgumentException,fieldName:Quantity,message:Quantity must be above 0}]}"_ba
                                     << argument;
    QTest::newRow("JSV, names in any case and spaced")
        << "{ERRORCODE:Exception, Message :x}"_ba << makeError(u"Exception"_s, u"x"_s, std::nullopt);
    QTest::newRow("JSON in Pascal case") << R"({"ErrorCode":"Exception","Message":"x"})"_ba
                                         << makeError(u"Exception"_s, u"x"_s, std::nullopt);
    QTest::newRow("empty") << "{}"_ba << JobError();
}

void JsonColumnTest::errors()
{
    QFETCH(QByteArray, text);
    QFETCH(JobError, error);
    const auto read = jsoncolumn::parseError(text);
    QVERIFY(read);
    QCOMPARE(read->message, error.message);
    QVERIFY(*read == error);
}

void JsonColumnTest::stackTrace()
{
    const auto error = jsoncolumn::parseError(
        R"({"errorCode":"InvalidOperationException","message":"SMTP rejected \"22\": mailbox full","stackTrace":"System.InvalidOperationException: )"
        R"(SMTP rejected \"22\": mailbox full\n ---> System.TimeoutException: smtp.example did not answer\n   at ServiceStack.CommandsFeature.<>c__)"
        R"(DisplayClass82_0.<<ExecuteCommandAsync>g__Exec|0>d.MoveNext() in /src/CommandsFeature.cs:line 362\n","errors":[],)"
        R"("meta":{"InnerMessages":"smtp.example did not answer"}})");
    QVERIFY(error);
    QCOMPARE(error->stackTrace.count(u'\n'), 3);
    QVERIFY(error->stackTrace.contains(u"<<ExecuteCommandAsync>g__Exec|0>d"));
    QCOMPARE(error->meta, std::optional(StringMap{{u"InnerMessages"_s, u"smtp.example did not answer"_s}}));

    const auto jsv = jsoncolumn::parseError("{errorCode:Exception,message:x,stackTrace:\"a: b\n   at C.D()\n\",meta:{InnerMessages:y}}");
    QCOMPARE(jsv->stackTrace, u"a: b\n   at C.D()\n"_s);
    QCOMPARE(jsv->meta, std::optional(StringMap{{u"InnerMessages"_s, u"y"_s}}));
}

void JsonColumnTest::maps_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<StringMap>("map");
    const StringMap hostile{{u"key"_s, u"value"_s}, {u"quote\"d"_s, u"a\"b, {c}"_s}, {u"empty"_s, u""_s}};
    QTest::newRow("JSON") << R"({"key":"value","quote\"d":"a\"b, {c}","empty":""})"_ba << hostile;
    QTest::newRow("JSV") << R"({key:value,"quote""d":"a""b, {c}",empty:""})"_ba << hostile;
    QTest::newRow("empty") << "{}"_ba << StringMap{};
    QTest::newRow("JSON escapes") << R"({"a":"\u00C5\ud83d\udce8\/\n"})"_ba << StringMap{{u"a"_s, u"Å📨/\n"_s}};
    QTest::newRow("JSON numbers") << R"({"a":9007199254740993,"b":0.1,"c":true})"_ba
                                  << StringMap{{u"a"_s, u"9007199254740993"_s}, {u"b"_s, u"0.1"_s}, {u"c"_s, u"true"_s}};
    QTest::newRow("a number too long for JSON's reader")
        << R"({"a":123456789012345678901234567890})"_ba << StringMap{{u"a"_s, u"123456789012345678901234567890"_s}};
    QTest::newRow("JSON nested") << R"({"a": {"b": [1, 2]}})"_ba << StringMap{{u"a"_s, u"{\"b\":[1,2]}"_s}};
    QTest::newRow("JSV nested") << "{a:{b:[1,2]}}"_ba << StringMap{{u"a"_s, u"{b:[1,2]}"_s}};
    QTest::newRow("null entries") << R"({"a":null,"b":"c"})"_ba << StringMap{{u"b"_s, u"c"_s}};
    QTest::newRow("keys keep their spaces and case") << "{ A :x,a:y}"_ba << StringMap{{u" A "_s, u"x"_s}, {u"a"_s, u"y"_s}};
    QTest::newRow("the last of a name counts") << R"({"a":"1","a":"2"})"_ba << StringMap{{u"a"_s, u"2"_s}};
    QTest::newRow("JSON with white space") << " {\n\t\"a\" : \"b\"\r\n}"_ba << StringMap{{u"a"_s, u"b"_s}};
}

void JsonColumnTest::maps()
{
    QFETCH(QByteArray, text);
    QFETCH(StringMap, map);
    QCOMPARE(jsoncolumn::parseMap(text), std::optional(map));
}

void JsonColumnTest::options_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<TaskOptions>("options");

    TaskOptions ping;
    ping.worker = u"ping"_s;
    ping.runCommand = true;
    QTest::newRow("JSON ping") << R"({"worker":"ping","runCommand":true})"_ba << ping;
    QTest::newRow("JSV ping") << "{worker:ping,runCommand:True}"_ba << ping;

    TaskOptions report;
    report.worker = u"reports"_s;
    report.tag = u"report"_s;
    report.timeoutSecs = 600;
    report.args = StringMap{{u"k"_s, u"v"_s}};
    QTest::newRow("JSON report") << R"({"worker":"reports","tag":"report","timeoutSecs":600,"timeout":"PT10M","args":{"k":"v"}})"_ba
                                 << report;
    QTest::newRow("JSV report") << "{worker:reports,tag:report,timeoutSecs:600,timeout:PT10M,args:{k:v}}"_ba << report;
    QTest::newRow("time-out alone") << R"({"worker":"reports","tag":"report","timeout":"PT9M60.9S","args":{"k":"v"}})"_ba << report;

    TaskOptions sync;
    sync.runAfter = parseTimestamp("2026-11-22 18:39:57.4219511");
    sync.callback = u"NotifySent"_s;
    sync.userId = u"1"_s;
    sync.retryLimit = 0;
    sync.replyTo = u"https://hooks.example/crm"_s;
    QTest::newRow("JSON sync") << R"({"runAfter":"2026-11-22T18:39:57.4219511Z","callback":"NotifySent","userId":"1","retryLimit":0,)"
                                  R"("replyTo":"https://hooks.example/crm"})"_ba
                               << sync;
    QTest::newRow("JSV sync") << R"({runAfter:2026-11-22T18:39:57.4219511Z,callback:NotifySent,userId:1,retryLimit:0,)"
                                 R"(replyTo:"https://hooks.example/crm"})"_ba
                              << sync;
    sync.runAfter = parseTimestamp("2026-09-02 23:59:45.394");
    QTest::newRow("WCF sync") << R"({"runAfter":"\/Date(1788393585394)\/","callback":"NotifySent","userId":"1","retryLimit":0,)"
                                 R"("replyTo":"https://hooks.example/crm"})"_ba
                              << sync;

    TaskOptions all;
    all.refId = u"r"_s;
    all.parentId = 9'007'199'254'740'993;
    all.dependsOn = -1;
    all.batchId = u"b"_s;
    all.createdBy = u"c"_s;
    all.runAfter = parseTimestamp("2026-08-22");
    all.runCommand = false;
    QTest::newRow("JSV the others")
        << "{refId:r,parentId:9007199254740993,runAfter:2026-08-22,dependsOn:-1,batchId:b,createdBy:c,runCommand:False}"_ba << all;
    QTest::newRow("numbers as text")
        << R"({"refId":"r","parentId":"9007199254740993","runAfter":"2026-08-22T02:00:00+02:00","dependsOn":"-1",)"
           R"("batchId":"b","createdBy":"c","runCommand":"false"})"_ba
        << all;
}

void JsonColumnTest::options()
{
    QFETCH(QByteArray, text);
    QFETCH(TaskOptions, options);
    const auto read = jsoncolumn::parseOptions(text);
    QVERIFY(read);
    QCOMPARE(jsoncolumn::toColumn(*read), jsoncolumn::toColumn(options));
    QVERIFY(*read == options);
}

void JsonColumnTest::wcfDates_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("stored"); // empty: no date
    QTest::newRow("UTC") << R"(\/Date(1787393573482)\/)"_ba
                         << "2026-08-22 10:12:53.482"_ba;
    QTest::newRow("local") << R"(\/Date(1787393573482+0200)\/)"_ba
                           << "2026-08-22 10:12:53.482"_ba;
    QTest::newRow("unspecified") << R"(\/Date(1787393573482-0000)\/)"_ba
                                 << "2026-08-22 10:12:53.482"_ba;
    QTest::newRow("without backslashes") << "/Date(1787393573482)/"_ba
                                         << "2026-08-22 10:12:53.482"_ba;
    QTest::newRow("before 1970") << R"(\/Date(-1)\/)"_ba
                                 << "1969-12-31 23:59:59.999"_ba;
    QTest::newRow("before 1970, offset") << R"(\/Date(-1234+0530)\/)"_ba
                                         << "1969-12-31 23:59:58.766"_ba;
    QTest::newRow("first") << R"(\/Date(-62135596800000)\/)"_ba
                           << "0001-01-01 00:00:00"_ba;
    QTest::newRow("too early") << R"(\/Date(-62135596800001)\/)"_ba
                               << ""_ba;
    QTest::newRow("too late") << R"(\/Date(253402300800000)\/)"_ba
                              << ""_ba;
    QTest::newRow("huge") << R"(\/Date(9223372036854775807)\/)"_ba
                          << ""_ba;
    QTest::newRow("empty") << R"(\/Date()\/)"_ba
                           << ""_ba;
    QTest::newRow("no number") << R"(\/Date(x)\/)"_ba
                               << ""_ba;
    QTest::newRow("only an offset") << R"(\/Date(+0200)\/)"_ba
                                    << ""_ba;
    QTest::newRow("cut off") << R"(\/Date()\)"_ba
                             << ""_ba;
}

void JsonColumnTest::wcfDates()
{
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, stored);
    const auto options = jsoncolumn::parseOptions("{\"tag\":\"t\",\"runAfter\":\"" + date + "\"}");
    QVERIFY(options);
    QCOMPARE(options->tag, u"t"_s);
    QCOMPARE(options->runAfter ? toStoreText(*options->runAfter) : ""_ba, stored);
}

void JsonColumnTest::passesOverWhatItDoesNotKnow()
{
    const auto error = jsoncolumn::parseError(R"({"new":{"a":[1]},"errorCode":"E","errors":"none","meta":[],"message":null})");
    QVERIFY(error);
    QCOMPARE(error->errorCode, u"E"_s);
    QVERIFY(error->message.isNull());
    QVERIFY(!error->errors);
    QVERIFY(!error->meta);

    const auto options
        = jsoncolumn::parseOptions(R"({"retryLimit":99999999999,"timeoutSecs":"x","timeout":"soon","runCommand":1,"tag":"t"})");
    QVERIFY(options);
    QCOMPARE(jsoncolumn::toColumn(*options), R"({"tag":"t"})"_ba);

    QCOMPARE(jsoncolumn::parseError("{new:[{a:b}],errorCode:E,errors:[,{message:m}]}")->errors->size(), 1);
}

void JsonColumnTest::unreadable_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "null", "[]", "\"{}\"", "1", "text", "{", "{\"errorCode\":\"E\",\"mess", "{errorCode}", "{a:b}}", "{a:\"b}"})
        QTest::newRow(text[0] ? text : "nothing") << QByteArray(text);
    QTest::newRow("zero bytes") << QByteArray(4, '\0');
}

void JsonColumnTest::unreadable()
{
    QFETCH(QByteArray, text);
    QVERIFY(!jsoncolumn::parseError(text));
    QVERIFY(!jsoncolumn::parseMap(text));
    QVERIFY(!jsoncolumn::parseOptions(text));
}

void JsonColumnTest::hostileNesting()
{
    constexpr int depth = 100'000;
    const QByteArray json = "{\"errors\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + ",\"message\":\"m\"}";
    QCOMPARE(jsoncolumn::parseError(json)->message, u"m"_s);
    const QByteArray jsv = "{meta:" + QByteArray(depth, '{') + QByteArray(depth, '}') + ",message:m}";
    QCOMPARE(jsoncolumn::parseError(jsv)->message, u"m"_s);
}

void JsonColumnTest::writesAsServiceStack()
{
    QCOMPARE(jsoncolumn::toColumn(JobError{u"Exception"_s, u"Always Fails: 3"_s, {}, QList<FieldError>(), {}}),
             R"({"errorCode":"Exception","message":"Always Fails: 3","errors":[]})"_ba);
    QCOMPARE(jsoncolumn::toColumn(JobError{u"E"_s, u"\"\\\n\r\t\f\b\u0001\u001F/é<>&'📨"_s, u"s"_s,
                                           QList<FieldError>{{u"c"_s, u"f"_s, u"m"_s, StringMap{{u"a"_s, u"b"_s}}}},
                                           StringMap{{u"k"_s, u"v"_s}}}),
             R"({"errorCode":"E","message":"\"\\\n\r\t\f\b\u0001\u001F/é<>&'📨","stackTrace":"s",)"
             R"("errors":[{"errorCode":"c","fieldName":"f","message":"m","meta":{"a":"b"}}],"meta":{"k":"v"}})"_ba);
    QCOMPARE(jsoncolumn::toColumn(StringMap()), "{}"_ba);
    QCOMPARE(jsoncolumn::toColumn(StringMap{{u"a"_s, QString()}, {u"b"_s, u""_s}}), R"({"b":""})"_ba);

    TaskOptions all;
    all.refId = u"r"_s;
    all.parentId = 1;
    all.worker = u"w"_s;
    all.runAfter = parseTimestamp("2026-08-22 10:12:53.4821937");
    all.callback = u"cb"_s;
    all.dependsOn = 2;
    all.userId = u"u"_s;
    all.retryLimit = 3;
    all.replyTo = u"https://h/"_s;
    all.tag = u"t"_s;
    all.batchId = u"b"_s;
    all.createdBy = u"by"_s;
    all.timeoutSecs = 600;
    all.args = StringMap{{u"k"_s, u"v"_s}};
    all.runCommand = true;
    QCOMPARE(jsoncolumn::toColumn(all),
             R"({"refId":"r","parentId":1,"worker":"w","runAfter":"2026-08-22T10:12:53.4821937Z","callback":"cb","dependsOn":2,)"
             R"("userId":"u","retryLimit":3,"replyTo":"https://h/","tag":"t","batchId":"b","createdBy":"by","timeoutSecs":600,)"
             R"("timeout":"PT10M","args":{"k":"v"},"runCommand":true})"_ba);
    QVERIFY(jsoncolumn::parseOptions(jsoncolumn::toColumn(all)) == all);
}

void JsonColumnTest::readsBackWhatItWrote()
{
    const QString hostile = u"\uFEFF a,b:{c}[d]\"e\"\\f\n\r\t\0\u0001'<>&\u2028📨"_s;
    const JobError error{hostile, hostile, hostile, QList<FieldError>{{hostile, hostile, hostile, StringMap{{hostile, hostile}}}},
                         StringMap{{hostile, hostile}}};
    QVERIFY(jsoncolumn::parseError(jsoncolumn::toColumn(error)) == error);
    const StringMap map{{hostile, hostile}, {u""_s, u""_s}};
    QVERIFY(jsoncolumn::parseMap(jsoncolumn::toColumn(map)) == map);

    TaskOptions extremes;
    extremes.parentId = std::numeric_limits<std::int64_t>::max();
    extremes.dependsOn = std::numeric_limits<std::int64_t>::min();
    extremes.timeoutSecs = std::numeric_limits<int>::min();
    extremes.retryLimit = std::numeric_limits<int>::max();
    QVERIFY(jsoncolumn::parseOptions(jsoncolumn::toColumn(extremes)) == extremes);
}

void JsonColumnTest::tellsAbsentFromEmpty()
{
    const auto error = jsoncolumn::parseError(R"({"message":""})");
    QVERIFY(error->errorCode.isNull());
    QVERIFY(!error->message.isNull());
    QVERIFY(!jsoncolumn::parseError(R"({message:""})")->message.isNull());
}

QTEST_GUILESS_MAIN(JsonColumnTest)
#include "tst_jsoncolumn.moc"
