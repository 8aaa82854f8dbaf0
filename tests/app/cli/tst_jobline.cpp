// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jobline.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint;
using stint::cli::parseJobLine;

class TestJobLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allFields();
    void requestKeepsItsBytes();
    void defaultsHoldWhereTheLineIsSilent();
    void refuses_data();
    void refuses();
};

void TestJobLine::allFields()
{
    const auto job = parseJobLine(
        R"({"api":"Thumbnail","request":{"id":1},"worker":"images","callback":"Sent","dependsOn":9007199254740993,
        "runAfter":"2026-08-22T10:00:00Z","retryLimit":5,"timeout":"2m","backoff":"fixed:5s","refId":"r","tag":"t","batchId":"b",
        "createdBy":"me","userId":"u","replyTo":"https://h/","args":{"k":"v"},"parentId":3,"priority":-2,"uniqueKey":"q","force":true})",
        {});
    QVERIFY2(job.ok(), job.ok() ? "" : qPrintable(job.error().message));
    QCOMPARE(job->name, u"Thumbnail"_s);
    QVERIFY(job->isApi);
    QVERIFY(job->force);
    const JobOptions &options = job->options;
    QCOMPARE(options.worker, u"images"_s);
    QCOMPARE(options.callback, u"Sent"_s);
    QCOMPARE(options.dependsOn.value(), 9007199254740993);
    QCOMPARE(toIsoText(options.runAfter.value()), u"2026-08-22T10:00:00Z"_s);
    QCOMPARE(options.retryLimit.value(), 5);
    QVERIFY(options.timeout == std::chrono::minutes{2});
    QCOMPARE(options.backoff.value().toText(), u"fixed:5s"_s);
    QCOMPARE(options.refId, u"r"_s);
    QCOMPARE(options.tag, u"t"_s);
    QCOMPARE(options.batchId, u"b"_s);
    QCOMPARE(options.createdBy, u"me"_s);
    QCOMPARE(options.userId, u"u"_s);
    QCOMPARE(options.replyTo, u"https://h/"_s);
    QCOMPARE(options.args.value(), (StringMap{{u"k"_s, u"v"_s}}));
    QCOMPARE(options.parentId.value(), 3);
    QCOMPARE(options.priority, -2);
    QCOMPARE(options.uniqueKey, u"q"_s);
}

void TestJobLine::requestKeepsItsBytes()
{
    const QByteArray body = R"({ "n":9007199254740993,"d":1.10,"d":2, "e":"\u00e9" })";
    QCOMPARE(parseJobLine("{\"name\":\"A\",\"request\":" + body + "}", {})->requestBody, body);
    QCOMPARE(parseJobLine(R"({"command":"A"})", {})->requestBody, "{}"_ba);
    QCOMPARE(parseJobLine(R"({"command":"A","request":null})", {})->requestBody, "null"_ba);
}

void TestJobLine::defaultsHoldWhereTheLineIsSilent()
{
    NewJob defaults;
    defaults.options.worker = u"w"_s;
    defaults.options.tag = u"t"_s;
    const auto job = parseJobLine(R"({"name":"A","tag":"own","worker":null,"timeoutSecs":30})", defaults);
    QVERIFY(job.ok());
    QCOMPARE(job->options.worker, u"w"_s);
    QCOMPARE(job->options.tag, u"own"_s);
    QVERIFY(job->options.timeout == std::chrono::seconds{30});
}

void TestJobLine::refuses_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *line, const QString &says) { QTest::newRow(line) << QByteArray(line) << says; };
    row("x", u"at position 1"_s);
    row("[]", u"an object in braces"_s);
    row("{}", u"no \"name\""_s);
    row(R"({"name":""})", u"no \"name\""_s);
    row(R"({"name":"A","api":"B"})", u"only one of"_s);
    row(R"({"name":"A","name":"B"})", u"\"name\" comes twice"_s);
    row(R"({"name":7})", u"\"name\" is not a string"_s);
    row(R"({"name":"A","colour":1})", u"no field \"colour\""_s);
    row(R"({"name":"A","Worker":"w"})", u"no field \"Worker\""_s);
    row(R"({"name":"A","dependsOn":0})", u"\"dependsOn\" is not the id"_s);
    row(R"({"name":"A","dependsOn":1.5})", u"\"dependsOn\" is not the id"_s);
    row(R"({"name":"A","retryLimit":-1})", u"\"retryLimit\""_s);
    row(R"({"name":"A","runAfter":"soon"})", u"\"runAfter\""_s);
    row(R"({"name":"A","timeout":"0s"})", u"\"timeout\""_s);
    row(R"({"name":"A","backoff":"never"})", u"\"backoff\""_s);
    row(R"({"name":"A","args":{"k":1}})", u"\"args\""_s);
    row(R"({"name":"A","args":[]})", u"\"args\""_s);
    row(R"({"name":"A","force":1})", u"\"force\""_s);
}

void TestJobLine::refuses()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, says);
    const auto job = parseJobLine(line, {});
    QVERIFY(!job.ok());
    QVERIFY2(job.error().message.contains(says), qPrintable(job.error().message));
    QCOMPARE(job.error().code, ErrorCode::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestJobLine)
#include "tst_jobline.moc"
