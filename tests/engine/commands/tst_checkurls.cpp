// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/checkurls.h"
#include "tests/support/fakejobcontext.h"
#include "tests/support/httptestserver.h"

#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint;
using namespace stint::test;

namespace {

Ran<CheckUrlsResult> run(const CheckUrlsRequest &request, FakeJobContext &context)
{
    return runCommand<CheckUrls>(request, context);
}

} // namespace

/// CheckUrls against a server on loopback.
class CheckUrlsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsDown();
    void fallsBackToGet_data();
    void fallsBackToGet();
    void failsIfAskedTo();
    void severalAtOnce();
    void stopsAtOnce();
    void queriesStayOutOfTheLog();
    void needsAddresses();
    void resultAsJson();
};

void CheckUrlsTest::findsWhatIsDown()
{
    HttpTestServer server;
    server.on("/up", HttpTestServer::reply(200));
    server.on("/moved", HttpTestServer::redirect(301, u"/up"_s));
    server.on("/slow", HttpTestServer::stall());
    FakeJobContext context;
    CheckUrlsRequest request;
    request.urls
        = {server.url(u"/up"_s), server.url(u"/missing"_s), server.url(u"/moved"_s), server.url(u"/slow"_s), u"ftp://x/"_s, u"rubbish"_s};
    request.timeoutMs = 300;
    const auto ran = run(request, context);
    QVERIFY(ran.result);
    const QList<CheckedUrl> &results = ran.result->results;
    QCOMPARE(results.size(), request.urls.size());
    QList<int> statuses;
    QStringList errors;
    for (qsizetype i = 0; i < results.size(); ++i) {
        QCOMPARE(results.at(i).url, request.urls.at(i));
        statuses.append(results.at(i).status);
        errors.append(results.at(i).error);
    }
    QCOMPARE(statuses, (QList<int>{200, 404, 200, 0, 0, 0}));
    QCOMPARE(errors,
             (QStringList{{},
                          u"404 Said So"_s,
                          {},
                          u"no answer within 300ms"_s,
                          u"url: not an http or https address"_s,
                          u"url: not an http or https address"_s}));
    QVERIFY(results.at(3).durationMs >= 250); // timers may be 5 % early
    QCOMPARE(context.lineCount(), 6);
    QCOMPARE(context.messages(LogLevel::Warning).size(), 4);
    QCOMPARE(context.updates().size(), 6);
    QCOMPARE(context.updates().last().progress, 1.0);
    QCOMPARE(context.updates().last().status, u"6 of 6 checked"_s);
}

void CheckUrlsTest::fallsBackToGet_data()
{
    QTest::addColumn<int>("refusal");
    QTest::newRow("405") << 405;
    QTest::newRow("501") << 501;
}

void CheckUrlsTest::fallsBackToGet()
{
    QFETCH(int, refusal);
    HttpTestServer server;
    server.on("/", [&](QTcpSocket &socket, const HttpTestServer::Request &request) {
        if (request.method == "HEAD")
            return HttpTestServer::reply(refusal)(socket, request);
        HttpTestServer::endless()(socket, request); // of which nothing is wanted
    });
    FakeJobContext context;
    CheckUrlsRequest request;
    request.urls = {server.url()};
    const auto ran = run(request, context);
    QVERIFY(ran.result);
    QCOMPARE(ran.result->results.first().status, 200);
    QCOMPARE(ran.result->results.first().error, QString());
    QCOMPARE(server.requests().size(), 2);
}

void CheckUrlsTest::failsIfAskedTo()
{
    HttpTestServer server;
    server.on("/up", HttpTestServer::reply(200));
    CheckUrlsRequest request;
    request.urls = {server.url(u"/up"_s), server.url(u"/missing?token=s3cret"_s)};
    request.failOnError = true;
    FakeJobContext context;
    const auto ran = run(request, context);
    QCOMPARE(ran.error.errorCode, u"UrlsDown"_s);
    QCOMPARE(ran.error.message, u"1 of 2 addresses are down, the first is %1"_s.arg(server.url(u"/missing"_s)));
    request.urls.removeLast();
    FakeJobContext second;
    QVERIFY(run(request, second).result);
}

void CheckUrlsTest::severalAtOnce()
{
    // Answers only once as many have come as are asked at once.
    HttpTestServer server;
    QList<QTcpSocket *> waiting;
    server.on("/", [&](QTcpSocket &socket, const HttpTestServer::Request &request) {
        waiting.append(&socket);
        if (waiting.size() < CheckUrls::atOnce)
            return;
        for (QTcpSocket *const other : std::exchange(waiting, {}))
            HttpTestServer::reply(200)(*other, request);
    });
    CheckUrlsRequest request;
    request.urls = QStringList(CheckUrls::atOnce * 3, server.url());
    FakeJobContext context;
    const auto ran = run(request, context);
    QVERIFY(ran.result);
    for (const CheckedUrl &checked : ran.result->results)
        QCOMPARE(checked.status, 200);
    QVERIFY(server.mostAtOnce() <= CheckUrls::atOnce);
}

void CheckUrlsTest::stopsAtOnce()
{
    HttpTestServer server;
    FakeJobContext context;
    server.on("/", [&](QTcpSocket &, const HttpTestServer::Request &) { context.stop.request_stop(); });
    CheckUrlsRequest request;
    request.urls = QStringList(100, server.url());
    request.timeoutMs = 600'000;
    QVERIFY(run(request, context).isCancelled);
    QVERIFY(server.requests().size() <= CheckUrls::atOnce);
}

void CheckUrlsTest::queriesStayOutOfTheLog()
{
    HttpTestServer server;
    FakeJobContext context;
    CheckUrlsRequest request;
    request.urls = {server.url(u"/missing?token=s3cret"_s), u"nonsense://user:s3cret@x?s3cret"_s};
    QVERIFY(run(request, context).result);
    QCOMPARE(context.lineCount(), 2);
    for (const auto &line : context.lines())
        QVERIFY2(!line.message.contains(u"s3cret"_s), qPrintable(line.message));
}

void CheckUrlsTest::needsAddresses()
{
    FakeJobContext context;
    const auto ran = run({}, context);
    QVERIFY(ran.isFinal);
    QCOMPARE(ran.error.errorCode, QString(joberror::badRequest));
}

void CheckUrlsTest::resultAsJson()
{
    CheckUrlsResult result;
    result.results = {{u"http://x/"_s, 200, 5, {}}, {u"http://y/"_s, 0, 7, u"down"_s}};
    const auto back = fromJson<CheckUrlsResult>(toJson(result));
    QVERIFY(back.ok());
    QCOMPARE(back->results, result.results);
    const auto request = fromJson<CheckUrlsRequest>(R"({"urls":["http://x/"],"failOnError":true})");
    QVERIFY(request.ok());
    QCOMPARE(request->urls, QStringList{u"http://x/"_s});
    QVERIFY(request->failOnError);
}

QTEST_GUILESS_MAIN(CheckUrlsTest)
#include "tst_checkurls.moc"
