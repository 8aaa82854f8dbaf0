// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobjson.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

/// The JSON of the admin API: the same fields, values and order as ServiceStack's own server gives.
class JobJsonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completedJob();
    void failedJob();
    void leavesOutWhatIsAbsent();
    void bodiesStayByteForByte_data();
    void bodiesStayByteForByte();
    void byteOrderMarkStays();
    void invalidUtf8StaysJson();
    void ownFieldsOnlyWhereTheySaySomething();
    void summary();
    void scheduledTasks_data();
    void scheduledTasks();
    void attemptAndLogLine();
    void selectsFields();
    void masksReplyToUnlessRevealed();
    void maskedReplyTo_data();
    void maskedReplyTo();
    void fieldText();
    void quoted();
};

static Job completedInvoice()
{
    Job job;
    job.id = 10;
    job.refId = u"787c1e7de7e24aeca38c2927d0c42e78"_s;
    job.worker = u"mail"_s;
    job.tag = u"billing"_s;
    job.batchId = u"2026-08"_s;
    job.callback = u"NotifySent"_s;
    job.createdDate = *parseTimestamp("2026-08-14 09:12:33.8680623");
    job.createdBy = u"alice"_s;
    job.requestId = u"ed62c655f2aa412c871892f58b4e13ee"_s;
    job.requestType = u"CMD"_s;
    job.command = u"SendInvoice"_s;
    job.request = u"Invoice"_s;
    job.requestBody = R"({"number":20,"total":1254.50})";
    job.response = u"InvoiceSent"_s;
    job.responseBody = R"({"messageId":"\u003C20@shop.example\u003E"})";
    job.state = JobState::Completed;
    job.startedDate = parseTimestamp("2026-08-14 09:12:33.9440335");
    job.completedDate = parseTimestamp("2026-08-14 09:12:33.9473001");
    job.notifiedDate = parseTimestamp("2026-08-14 09:12:33.9534815");
    job.retryLimit = 5;
    job.attempts = 1;
    job.durationMs = 9;
    job.timeoutSecs = 30;
    job.progress = 1;
    job.status = u"Sent"_s;
    job.logs = u"Rendering invoice 20 for =cmd|' /C calc'!A0\nQueued at smtp.example — “ok” 📨"_s;
    job.lastActivityDate = parseTimestamp("2026-08-14 09:12:33.9534815");
    job.replyTo = u"https://hooks.example/done?id=20"_s;
    job.args = StringMap{{u"key"_s, u"value"_s}, {u"quote\"d"_s, u"a\"b, {c}"_s}, {u"empty"_s, u""_s}};
    return job;
}

void JobJsonTest::completedJob()
{
    QCOMPARE(jobjson::toJson(completedInvoice()),
             R"({"id":10,"refId":"787c1e7de7e24aeca38c2927d0c42e78","worker":"mail","tag":"billing","batchId":"2026-08",)"
             R"("callback":"NotifySent","createdDate":"2026-08-14T09:12:33.8680623Z","createdBy":"alice",)"
             R"("requestId":"ed62c655f2aa412c871892f58b4e13ee","requestType":"CMD","command":"SendInvoice","request":"Invoice",)"
             R"("requestBody":"{\"number\":20,\"total\":1254.50}","response":"InvoiceSent",)"
             R"("responseBody":"{\"messageId\":\"\\u003C20@shop.example\\u003E\"}","state":"Completed",)"
             R"("startedDate":"2026-08-14T09:12:33.9440335Z","completedDate":"2026-08-14T09:12:33.9473001Z",)"
             R"("notifiedDate":"2026-08-14T09:12:33.9534815Z","retryLimit":5,"attempts":1,"durationMs":9,"timeoutSecs":30,)"
             R"("progress":1,"status":"Sent","logs":"Rendering invoice 20 for =cmd|' /C calc'!A0\nQueued at smtp.example — “ok” 📨",)"
             R"("lastActivityDate":"2026-08-14T09:12:33.9534815Z","replyTo":"https://hooks.example/done?id=20",)"
             R"("args":{"empty":"","key":"value","quote\"d":"a\"b, {c}"}})"_ba);
}

void JobJsonTest::failedJob()
{
    Job job;
    job.id = 22;
    job.refId = u"a59102ae55344f75bd41d5dca4535e5c"_s;
    job.createdDate = *parseTimestamp("2026-08-14 09:12:33.8869982");
    job.requestType = u"CMD"_s;
    job.command = u"ValidateOrder"_s;
    job.request = u"Line"_s;
    job.requestBody = "{}";
    job.state = JobState::Failed;
    job.attempts = 3;
    job.progress = 0.9;
    job.errorCode = u"ArgumentException"_s;
    job.error = JobError{job.errorCode,
                         u"Quantity must be above 0 (Parameter 'Quantity')"_s,
                         {},
                         QList<FieldError>{{job.errorCode, u"Quantity"_s, u"Quantity must be above 0"_s, {}}},
                         {}};
    QCOMPARE(jobjson::toJson(job),
             R"({"id":22,"refId":"a59102ae55344f75bd41d5dca4535e5c","createdDate":"2026-08-14T09:12:33.8869982Z",)"
             R"("requestType":"CMD","command":"ValidateOrder","request":"Line","requestBody":"{}","state":"Failed","attempts":3,)"
             R"("durationMs":0,"progress":0.9,"errorCode":"ArgumentException",)"
             R"j("error":{"errorCode":"ArgumentException","message":"Quantity must be above 0 (Parameter 'Quantity')",)j"
             R"("errors":[{"errorCode":"ArgumentException","fieldName":"Quantity","message":"Quantity must be above 0"}]}})"_ba);
}

void JobJsonTest::leavesOutWhatIsAbsent()
{
    QCOMPARE(jobjson::toJson(Job()), R"({"id":0,"createdDate":"1970-01-01T00:00:00Z","state":"Queued","attempts":1,"durationMs":0})"_ba);
    Job job;
    job.tag = u""_s; // empty is not absent
    job.responseBody = "";
    QVERIFY(jobjson::toJson(job).contains(R"("tag":"")"));
    QVERIFY(jobjson::toJson(job).contains(R"("responseBody":"")"));
    job.dependsOn = 9'007'199'254'740'993;
    QVERIFY(jobjson::toJson(job).contains(R"("dependsOn":9007199254740993)"));
}

void JobJsonTest::bodiesStayByteForByte_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("numbers and keys") << R"({"b":1.50,"a":12345678901234567890.10,"a":1e400})"_ba;
    QTest::newRow("white space") << "{ \"a\" :\t1\r\n}"_ba;
    QTest::newRow("not JSON") << "plain \\ text"_ba;
    QTest::newRow("control characters") << QByteArray("\0\x1F\x7F", 3);
    QTest::newRow("outside the BMP") << "\xF0\x9F\x93\xA8"_ba;
    QTest::newRow("line separator") << "\xE2\x80\xA8"_ba;
}

void JobJsonTest::bodiesStayByteForByte()
{
    QFETCH(QByteArray, body);
    Job job;
    job.requestBody = body;
    const QByteArray json = jobjson::toJson(job, {.fields = {u"requestBody"_s}});
    const QString text = QJsonDocument::fromJson(json).object()[u"requestBody"].toString();
    QCOMPARE(text.toUtf8(), body);
    QCOMPARE(jobjson::fieldText(job, u"requestBody").toUtf8(), body);
}

void JobJsonTest::byteOrderMarkStays()
{
    Job job;
    job.requestBody = "\xEF\xBB\xBF{}";
    QCOMPARE(jobjson::toJson(job, {.fields = {u"requestBody"_s}}), "{\"requestBody\":\"\xEF\xBB\xBF{}\"}"_ba);
    QCOMPARE(jobjson::fieldText(job, u"requestBody"), u"\uFEFF{}"_s);
}

void JobJsonTest::invalidUtf8StaysJson()
{
    Job job;
    job.requestBody = "a\xFF\xC3(b";
    QCOMPARE(jobjson::toJson(job, {.fields = {u"requestBody"_s}}), "{\"requestBody\":\"a\uFFFD\uFFFD(b\"}"_ba);
}

void JobJsonTest::ownFieldsOnlyWhereTheySaySomething()
{
    Job job = completedInvoice();
    job.generation = 7;
    job.priority = -1;
    job.uniqueKey = u"k"_s;
    job.backoff = u"fixed:5s"_s;
    job.dueDate = parseTimestamp("2026-08-14 10:00:00");
    job.cancelRequested = parseTimestamp("2026-08-14 09:30:00");
    job.interruptions = 2;
    job.callbackAttempts = 1;
    job.unknownCommand = true;
    const QByteArray json = jobjson::toJson(job);
    QVERIFY2(json.endsWith(R"(},"priority":-1,"uniqueKey":"k","backoff":"fixed:5s","dueDate":"2026-08-14T10:00:00Z",)"
                           R"("cancelRequested":"2026-08-14T09:30:00Z","interruptions":2,"callbackAttempts":1,"unknownCommand":true})"),
             json);
    QVERIFY(!json.contains("generation"));
    QVERIFY(!jobjson::toJson(completedInvoice()).contains("priority"));
}

void JobJsonTest::summary()
{
    JobSummary job;
    job.id = 14;
    job.refId = u"ecfe53b3c71740669d21294fee7ac1ab"_s;
    job.tag = u"billing"_s;
    job.createdDate = *parseTimestamp("2026-08-14 09:12:33.8791862");
    job.requestType = u"CMD"_s;
    job.command = u"SendInvoice"_s;
    job.request = u"Invoice"_s;
    job.state = JobState::Failed;
    job.durationMs = 1;
    job.attempts = 2;
    job.errorCode = u"InvalidOperationException"_s;
    job.errorMessage = u"SMTP rejected \"22\": mailbox full"_s;
    QCOMPARE(jobjson::toJson(job),
             R"({"id":14,"refId":"ecfe53b3c71740669d21294fee7ac1ab","tag":"billing","createdDate":"2026-08-14T09:12:33.8791862Z",)"
             R"("requestType":"CMD","command":"SendInvoice","request":"Invoice","state":"Failed","durationMs":1,"attempts":2,)"
             R"("errorCode":"InvalidOperationException","errorMessage":"SMTP rejected \"22\": mailbox full"})"_ba);
}

void JobJsonTest::scheduledTasks_data()
{
    QTest::addColumn<ScheduledTask>("task");
    QTest::addColumn<QByteArray>("json");

    ScheduledTask ping{.id = 1,
                       .name = u"Ping every 2s"_s,
                       .interval = std::chrono::seconds(2),
                       .cronExpression = {},
                       .requestType = u"CMD"_s,
                       .command = u"Ping"_s,
                       .request = u"NoArgs"_s,
                       .requestBody = "{}",
                       .options = TaskOptions(),
                       .lastRun = parseTimestamp("2026-11-22 18:40:11.7852396"),
                       .lastJobId = {}};
    ping.options->worker = u"ping"_s;
    ping.options->runCommand = true;
    QTest::newRow("interval")
        << ping
        << R"({"id":1,"name":"Ping every 2s","interval":"PT2S","requestType":"CMD","command":"Ping","request":"NoArgs",)"
           R"("requestBody":"{}","options":{"worker":"ping","runCommand":true},"lastRun":"2026-11-22T18:40:11.7852396Z"})"_ba;

    ScheduledTask report{.id = 2,
                         .name = u"Nightly report"_s,
                         .interval = {},
                         .cronExpression = u"30 2 * * MON-FRI"_s,
                         .requestType = u"CMD"_s,
                         .command = u"NightlyReport"_s,
                         .request = u"ResizeArgs"_s,
                         .requestBody = R"({"count":1})",
                         .options = TaskOptions(),
                         .lastRun = {},
                         .lastJobId = 268};
    report.options->worker = u"reports"_s;
    report.options->tag = u"report"_s;
    report.options->timeoutSecs = 600;
    report.options->args = StringMap{{u"k"_s, u"v"_s}};
    report.options->replyTo = u"PUT tok@https://hooks.example/crm"_s;
    QTest::newRow("cron")
        << report
        << R"({"id":2,"name":"Nightly report","cronExpression":"30 2 * * MON-FRI","requestType":"CMD","command":"NightlyReport",)"
           R"("request":"ResizeArgs","requestBody":"{\"count\":1}","options":{"worker":"reports",)"
           R"("replyTo":"PUT Bearer ••••@https://hooks.example/crm","tag":"report","timeoutSecs":600,"timeout":"PT10M","args":{"k":"v"}},)"
           R"("lastJobId":268})"_ba;

    const ScheduledTask ours{.id = 3,
                             .name = u"Ours"_s,
                             .cronExpression = u"@daily"_s,
                             .command = u"C"_s,
                             .zone = u"Europe/Berlin"_s,
                             .missedRuns = MissedRuns::catchUp(3),
                             .noOverlap = true,
                             .enabled = false,
                             .nextRun = parseTimestamp("2026-11-23 23:00:00"),
                             .problem = u"it failed"_s};
    QTest::newRow("what only Stint records")
        << ours
        << R"({"id":3,"name":"Ours","cronExpression":"@daily","command":"C","zone":"Europe/Berlin","missedRuns":"catch-up:3",)"
           R"("noOverlap":true,"enabled":false,"nextRun":"2026-11-23T23:00:00Z","problem":"it failed"})"_ba;
}

void JobJsonTest::scheduledTasks()
{
    QFETCH(ScheduledTask, task);
    QFETCH(QByteArray, json);
    QCOMPARE(jobjson::toJson(task), json);
    QVERIFY(!jobjson::toJson(task, {.revealSecrets = true}).contains("•"));
}

void JobJsonTest::attemptAndLogLine()
{
    JobAttempt attempt;
    attempt.attempt = 2;
    attempt.outcome = AttemptOutcome::Interrupted;
    attempt.startedDate = parseTimestamp("2026-08-14 09:00:00");
    attempt.error = JobError{u"HostLost"_s, u"gone"_s, {}, {}, {}};
    attempt.discarded = {31, 32};
    QCOMPARE(jobjson::toJson(attempt),
             R"({"attempt":2,"outcome":"Interrupted","startedDate":"2026-08-14T09:00:00Z",)"
             R"("error":{"errorCode":"HostLost","message":"gone"},"discarded":[31,32]})"_ba);

    const LogLine line{.id = 5,
                       .jobId = 3,
                       .attempt = 1,
                       .level = LogLevel::Warning,
                       .date = *parseTimestamp("2026-08-14 09:00:00.5"),
                       .message = u"tab\there"_s};
    QCOMPARE(jobjson::toJson(line),
             R"({"id":5,"jobId":3,"attempt":1,"level":"Warning","date":"2026-08-14T09:00:00.5Z","message":"tab\there"})"_ba);
}

void JobJsonTest::selectsFields()
{
    QCOMPARE(jobjson::toJson(completedInvoice(), {.fields = {u"STATE"_s, u"id"_s, u"nothing"_s}}), R"({"id":10,"state":"Completed"})"_ba);
    QCOMPARE(jobjson::jobFields().at(35), u"meta"_s); // the last column of ServiceStack; Stint's own follow
    QCOMPARE(jobjson::summaryFields().size(), 21);
    QCOMPARE(jobjson::taskFields().at(10), u"lastJobId"_s);
    QCOMPARE(jobjson::jobFields().first(), u"id"_s);
}

void JobJsonTest::masksReplyToUnlessRevealed()
{
    Job job;
    job.replyTo = u"user:p%40ss@https://h/cb"_s;
    const QStringList fields{u"replyTo"_s};
    QCOMPARE(jobjson::toJson(job, {.fields = fields}), R"({"replyTo":"Basic ••••@https://h/cb"})"_ba);
    QCOMPARE(jobjson::toJson(job, {.fields = fields, .revealSecrets = true}), R"({"replyTo":"user:p%40ss@https://h/cb"})"_ba);
    QCOMPARE(jobjson::fieldText(job, u"replyTo"), u"Basic ••••@https://h/cb"_s);
    QCOMPARE(jobjson::fieldText(job, u"replyTo", {.revealSecrets = true}), job.replyTo);
}

void JobJsonTest::maskedReplyTo_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("masked");
    const auto same = [](const char *name, const QString &text) { QTest::newRow(name) << text << text; };
    same("plain", u"https://h/cb?refId=1"_s);
    same("method", u"PUT https://h/cb"_s);
    same("any method", u"Notify https://h/cb"_s);
    same("at sign in the query", u"https://h/cb?mail=a@b.c"_s);
    same("at sign in the path", u"PUT https://h/@me?x=a@b"_s);
    same("port", u"https://h:8443/cb?mail=a@b.c"_s);
    same("IPv6", u"http://[::1]:80/cb?mail=a@b.c"_s);
    same("relative", u"/cb"_s);
    same("a space within", u"https://h/a b"_s);
    same("empty", u""_s);
    QTest::newRow("token") << u"tok@https://h"_s << u"Bearer ••••@https://h"_s;
    QTest::newRow("token with method") << u"PUT $TOK@https://h/cb"_s << u"PUT Bearer ••••@https://h/cb"_s;
    QTest::newRow("user and password") << u"PUT user:p@https://h/x"_s << u"PUT Basic ••••@https://h/x"_s;
    QTest::newRow("header") << u"http.X-API-Key:$KEY@https://h/cb"_s << u"Header ••••@https://h/cb"_s;
    QTest::newRow("userinfo") << u"https://u:p@h/"_s << u"https://••••@h/"_s;
    QTest::newRow("userinfo, method, case") << u"PUT HTTPS://u:p@h/?a@b"_s << u"PUT HTTPS://••••@h/?a@b"_s;
    QTest::newRow("raw at sign in the password") << u"https://u:p@ss@h/"_s << u"https://••••@h/"_s;
    QTest::newRow("raw slash in the password") << u"https://u:p/w@h/"_s << u"https://••••@h/"_s;
    QTest::newRow("token and userinfo") << u"tok@https://u:p@h/"_s << u"Bearer ••••@https://••••@h/"_s;
    QTest::newRow("raw at sign in the token") << u"t@k@https://h/?m=a@b"_s << u"Bearer ••••@https://h/?m=a@b"_s;
    QTest::newRow("address without scheme") << u"user:p@ss@h/cb"_s << u"••••@h/cb"_s;
    QTest::newRow("other scheme") << u"ftp://u:p@h/"_s << u"••••@h/"_s;
    QTest::newRow("space in the password") << u"user:a b@https://h/"_s << u"Basic ••••@https://h/"_s;
    QTest::newRow("header without address") << u"http.X-API-Key:secret"_s << u"••••"_s;
    QTest::newRow("leading space") << u" https://u:p@h/"_s << u" https://••••@h/"_s;
    QTest::newRow("nothing but an at sign") << u"@"_s << u"••••@"_s;
}

void JobJsonTest::maskedReplyTo()
{
    QFETCH(QString, text);
    QFETCH(QString, masked);
    QCOMPARE(stint::maskedReplyTo(text), masked);
    QCOMPARE(stint::maskedReplyTo(masked), masked);
    QVERIFY(stint::maskedReplyTo(QString()).isNull());
}

void JobJsonTest::fieldText()
{
    const Job job = completedInvoice();
    QCOMPARE(jobjson::fieldText(job, u"id"), u"10"_s);
    QCOMPARE(jobjson::fieldText(job, u"CreatedDate"), u"2026-08-14T09:12:33.8680623Z"_s);
    QCOMPARE(jobjson::fieldText(job, u"state"), u"Completed"_s);
    QCOMPARE(jobjson::fieldText(job, u"args"), uR"({"empty":"","key":"value","quote\"d":"a\"b, {c}"})"_s);
    QCOMPARE(jobjson::fieldText(job, u"status"), u"Sent"_s);
    QVERIFY(jobjson::fieldText(job, u"error").isNull());
    QVERIFY(jobjson::fieldText(job, u"generation").isNull());
    QVERIFY(jobjson::fieldText(job, u"").isNull());
}

void JobJsonTest::quoted()
{
    QCOMPARE(jobjson::quoted(u"a\"b\\c\n\r\t\f\b\x01\x1F/<é>'&"), R"("a\"b\\c\n\r\t\f\b\u0001\u001F/<é>'&")"_ba);
    QCOMPARE(jobjson::quoted(u""), R"("")"_ba);
    QCOMPARE(jobjson::quoted(QStringView(u"\xD800x", 2)), R"("?x")"_ba); // half a surrogate pair is no text
}

QTEST_GUILESS_MAIN(JobJsonTest)
#include "tst_jobjson.moc"
