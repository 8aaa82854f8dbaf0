// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/httpexchange.h"
#include "engine/commands/httprequest.h"
#include "tests/support/fakejobcontext.h"
#include "tests/support/httptestserver.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace stint;
using namespace stint::test;

namespace {

HttpRequestRequest get(const QString &url)
{
    HttpRequestRequest request;
    request.url = url;
    return request;
}

Ran<HttpRequestResult> run(const HttpRequestRequest &request, FakeJobContext &context)
{
    return runCommand<HttpRequest>(request, context);
}

Ran<HttpRequestResult> run(const HttpRequestRequest &request)
{
    FakeJobContext context;
    return run(request, context);
}

} // namespace

/// HttpRequest against a server on loopback. The command's event loop serves the server too.
class HttpRequestTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatItIsGiven_data();
    void sendsWhatItIsGiven();
    void answerIsTheResult();
    void bodyIsReadByItsCharset();
    void statusesFromFourHundredFail_data();
    void statusesFromFourHundredFail();
    void noAnswerFails_data();
    void noAnswerFails();
    void badRequests_data();
    void badRequests();
    void redirectsKeepOrChangeTheMethod_data();
    void redirectsKeepOrChangeTheMethod();
    void redirectLoopEnds();
    void badRedirects_data();
    void badRedirects();
    void credentialsStayWithTheirServer();
    void userInTheAddressIsBasic();
    void endlessBodyIsCut();
    void endlessRedirectBodyIsNotRead();
    void timesOut_data();
    void timesOut();
    void stopsAtOnce();
    void secretsStayOutOfLogsAndErrors();
    void runsOnAThreadOfItsOwn();
};

void HttpRequestTest::sendsWhatItIsGiven_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("body");
    QTest::newRow("GET") << u"GET"_s << QString();
    QTest::newRow("GET with a body") << u"GET"_s << u"query"_s;
    QTest::newRow("HEAD") << u"HEAD"_s << QString();
    QTest::newRow("POST") << u"POST"_s << u"{\"ä\":1}"_s;
    QTest::newRow("POST without a body") << u"POST"_s << QString();
    QTest::newRow("PUT") << u"PUT"_s << u"x"_s;
    QTest::newRow("PATCH") << u"PATCH"_s << u"x"_s;
    QTest::newRow("DELETE") << u"DELETE"_s << QString();
}

void HttpRequestTest::sendsWhatItIsGiven()
{
    QFETCH(QString, method);
    QFETCH(QString, body);
    HttpTestServer server;
    server.on("/thing", HttpTestServer::reply(200, "fine"));
    HttpRequestRequest request = get(server.url(u"/thing?a=b%20c&d"_s));
    request.method = method.toLower();
    request.body = body;
    request.headers = {{u"X-Token"_s, u"t"_s}, {u"Content-Type"_s, u"application/json"_s}};
    const auto ran = run(request);
    QVERIFY2(ran.result, qPrintable(ran.error.message));
    QCOMPARE(ran.result->status, 200);
    QCOMPARE(ran.result->body, method == u"HEAD" ? QString() : u"fine"_s);
    QCOMPARE(server.requests().size(), 1);
    const auto &got = server.requests().first();
    QCOMPARE(got.method, method.toUtf8());
    QCOMPARE(got.target, "/thing?a=b%20c&d");
    QCOMPARE(got.body, body.toUtf8());
    QCOMPARE(got.headers.value("x-token"), "t");
    QCOMPARE(got.headers.value("content-type"), "application/json");
    QCOMPARE(got.headers.value("user-agent"), "Stint");
}

void HttpRequestTest::answerIsTheResult()
{
    HttpTestServer server;
    server.on("/", HttpTestServer::reply(201, "made", {"X-Made: yes", "Location: /new"}));
    FakeJobContext context;
    const auto ran = run(get(server.url()), context);
    QVERIFY(ran.result);
    QCOMPARE(ran.result->status, 201);
    QCOMPARE(ran.result->headers.value(u"x-made"_s), u"yes"_s);
    QCOMPARE(ran.result->headers.value(u"location"_s), u"/new"_s);
    QVERIFY(!ran.result->truncated);
    const QStringList lines = context.messages(LogLevel::Info);
    QCOMPARE(lines.size(), 1);
    QVERIFY(lines.first().startsWith(u"GET %1 answered 201 Said So after "_s.arg(server.url())));
}

void HttpRequestTest::bodyIsReadByItsCharset()
{
    HttpTestServer server;
    server.on("/utf8", HttpTestServer::reply(200, "\xc3\xa4"));
    server.on("/latin1", HttpTestServer::reply(200, "\xe4", {"Content-Type: text/plain; charset=\"ISO-8859-1\"; x=y"}));
    server.on("/bytes",
              HttpTestServer::reply(200,
                                    "a\xff"
                                    "b",
                                    {"Content-Type: image/png"}));
    QCOMPARE(run(get(server.url(u"/utf8"_s))).result->body, u"ä"_s);
    QCOMPARE(run(get(server.url(u"/latin1"_s))).result->body, u"ä"_s);
    QCOMPARE(run(get(server.url(u"/bytes"_s))).result->body, u"a\uFFFDb"_s);
}

void HttpRequestTest::statusesFromFourHundredFail_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 407, 418, 429, 500, 503})
        QTest::addRow("%d", status) << status;
}

void HttpRequestTest::statusesFromFourHundredFail()
{
    QFETCH(int, status);
    HttpTestServer server;
    server.on("/", HttpTestServer::reply(status, "why", {"WWW-Authenticate: Basic realm=\"x\"", "Proxy-Authenticate: Basic realm=\"x\""}));
    const auto ran = run(get(server.url()));
    QVERIFY(!ran.result);
    QVERIFY(!ran.isFinal);
    QCOMPARE(ran.error.errorCode, u"Http%1"_s.arg(status));
    QCOMPARE(ran.error.message, u"GET %1 answered %2 Said So"_s.arg(server.url()).arg(status));
    QCOMPARE(server.requests().size(), 1);
}

void HttpRequestTest::noAnswerFails_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("code");
    quint16 closedPort = 0;
    {
        const HttpTestServer gone;
        closedPort = gone.port();
    }
    QTest::newRow("refused") << u"http://127.0.0.1:%1/"_s.arg(closedPort) << u"ConnectionRefused"_s;
    QTest::newRow("no such host") << u"http://no-such-host.invalid/?token=s3cret"_s << u"HostNotFound"_s;
}

void HttpRequestTest::noAnswerFails()
{
    QFETCH(QString, url);
    QFETCH(QString, code);
    const auto ran = run(get(url));
    QCOMPARE(ran.error.errorCode, code);
    QVERIFY(ran.error.message.startsWith(u"GET http://"_s));
    QVERIFY(!ran.error.message.contains(u"s3cret"_s));
    QVERIFY(!ran.isFinal);
}

void HttpRequestTest::badRequests_data()
{
    QTest::addColumn<HttpRequestRequest>("request");
    QTest::newRow("no address") << get({});
    QTest::newRow("file") << get(u"file:///etc/passwd"_s);
    QTest::newRow("ftp") << get(u"ftp://127.0.0.1/"_s);
    QTest::newRow("no host") << get(u"http:///x"_s);
    HttpRequestRequest request = get(u"http://127.0.0.1/"_s);
    request.method = u"GE T"_s;
    QTest::newRow("method") << request;
    request = get(u"http://127.0.0.1/"_s);
    request.headers.insert(u"X"_s, u"a\r\nEvil: b"_s);
    QTest::newRow("two headers in one") << request;
    request = get(u"http://127.0.0.1/"_s);
    request.headers.insert(u"X: y\r\nEvil"_s, u"b"_s);
    QTest::newRow("two names in one") << request;
    request = get(u"http://127.0.0.1/"_s);
    request.timeoutMs = 0;
    QTest::newRow("no time") << request;
}

void HttpRequestTest::badRequests()
{
    QFETCH(HttpRequestRequest, request);
    const auto ran = run(request);
    QVERIFY(ran.isFinal);
    QCOMPARE(ran.error.errorCode, QString(joberror::badRequest));
}

void HttpRequestTest::redirectsKeepOrChangeTheMethod_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("methodAfter");
    QTest::newRow("301 GET") << 301 << u"GET"_s << "GET"_ba;
    QTest::newRow("301 POST") << 301 << u"POST"_s << "GET"_ba;
    QTest::newRow("302 POST") << 302 << u"POST"_s << "GET"_ba;
    QTest::newRow("302 PUT") << 302 << u"PUT"_s << "PUT"_ba;
    QTest::newRow("303 PUT") << 303 << u"PUT"_s << "GET"_ba;
    QTest::newRow("303 HEAD") << 303 << u"HEAD"_s << "HEAD"_ba;
    QTest::newRow("307 POST") << 307 << u"POST"_s << "POST"_ba;
    QTest::newRow("308 POST") << 308 << u"POST"_s << "POST"_ba;
}

void HttpRequestTest::redirectsKeepOrChangeTheMethod()
{
    QFETCH(int, status);
    QFETCH(QString, method);
    QFETCH(QByteArray, methodAfter);
    HttpTestServer server;
    server.on("/old", HttpTestServer::redirect(status, u"new?x=1"_s));
    server.on("/new", HttpTestServer::reply(200, "here"));
    HttpRequestRequest request = get(server.url(u"/old"_s));
    request.method = method;
    request.headers = {{u"Authorization"_s, u"Bearer t"_s}};
    if (method == u"POST" || method == u"PUT")
        request.body = u"body"_s;
    const auto ran = run(request);
    QVERIFY2(ran.result, qPrintable(ran.error.message));
    QCOMPARE(server.requests().size(), 2);
    const auto &second = server.requests().last();
    QCOMPARE(second.target, "/new?x=1");
    QCOMPARE(second.method, methodAfter);
    QCOMPARE(second.body, methodAfter == method.toUtf8() ? request.body.toUtf8() : QByteArray());
    QCOMPARE(second.headers.value("authorization"), "Bearer t"); // the same server
}

void HttpRequestTest::redirectLoopEnds()
{
    HttpTestServer server;
    server.on("/loop", HttpTestServer::redirect(302, u"/loop"_s));
    const auto ran = run(get(server.url(u"/loop"_s)));
    QCOMPARE(ran.error.errorCode, u"TooManyRedirects"_s);
    QCOMPARE(server.requests().size(), HttpExchange::redirectLimit + 1);
}

void HttpRequestTest::badRedirects_data()
{
    QTest::addColumn<QString>("location");
    QTest::newRow("file") << u"file:///etc/passwd"_s;
    QTest::newRow("ftp") << u"ftp://127.0.0.1/"_s;
    QTest::newRow("no host") << u"http://"_s;
}

void HttpRequestTest::badRedirects()
{
    QFETCH(QString, location);
    HttpTestServer server;
    server.on("/", HttpTestServer::redirect(302, location));
    const auto ran = run(get(server.url()));
    QCOMPARE(ran.error.errorCode, u"BadRedirect"_s);
}

void HttpRequestTest::credentialsStayWithTheirServer()
{
    HttpTestServer other;
    other.on("/there", HttpTestServer::reply(200, "there"));
    HttpTestServer server;
    server.on("/", HttpTestServer::redirect(307, other.url(u"/there"_s)));
    HttpRequestRequest request = get(server.url().replace(u"//"_s, u"//user:s3cret@"_s));
    request.headers = {{u"Cookie"_s, u"a=s3cret"_s},
                       {u"X-Api-Key"_s, u"s3cret"_s},
                       {u"aUtHoRiZaTiOn"_s, u"Bearer s3cret"_s},
                       {u"Accept"_s, u"text/plain"_s}};
    QVERIFY(run(request).result);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().first().headers.value("authorization"), "Bearer s3cret");
    QCOMPARE(server.requests().first().headers.value("cookie"), "a=s3cret");
    QCOMPARE(other.requests().size(), 1);
    const auto &second = other.requests().first();
    QCOMPARE(second.headers.value("accept"), "text/plain");
    for (auto header = second.headers.begin(); header != second.headers.end(); ++header)
        QVERIFY2(!header.value().contains("s3cret"), header.key().constData());
}

void HttpRequestTest::userInTheAddressIsBasic()
{
    HttpTestServer server;
    server.on("/", HttpTestServer::reply(200));
    QVERIFY(run(get(server.url().replace(u"//"_s, u"//us%40er:p%3Ass@"_s))).result);
    QCOMPARE(server.requests().first().headers.value("authorization"), "Basic " + QByteArray("us@er:p:ss").toBase64());
}

void HttpRequestTest::endlessBodyIsCut()
{
    HttpTestServer server;
    server.on("/", HttpTestServer::endless());
    const auto ran = run(get(server.url()));
    QVERIFY(ran.result);
    QVERIFY(ran.result->truncated);
    QCOMPARE(ran.result->body.size(), 1024 * 1024);
}

void HttpRequestTest::endlessRedirectBodyIsNotRead()
{
    HttpTestServer server;
    server.on("/", [](QTcpSocket &socket, const HttpTestServer::Request &) {
        socket.write("HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 100000000\r\n\r\nsome of it");
    });
    server.on("/new", HttpTestServer::reply(200, "here"));
    const auto ran = run(get(server.url()));
    QVERIFY(ran.result);
    QCOMPARE(ran.result->body, u"here"_s);
}

void HttpRequestTest::timesOut_data()
{
    QTest::addColumn<bool>("hasBegun");
    QTest::newRow("before the head") << false;
    QTest::newRow("within the body") << true;
}

void HttpRequestTest::timesOut()
{
    QFETCH(bool, hasBegun);
    HttpTestServer server;
    server.on("/", [hasBegun](QTcpSocket &socket, const HttpTestServer::Request &) {
        if (hasBegun)
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
    });
    HttpRequestRequest request = get(server.url());
    request.timeoutMs = 200;
    const auto ran = run(request);
    QCOMPARE(ran.error.errorCode, u"Timeout"_s);
    QVERIFY(ran.error.message.endsWith(u": no answer within 200ms"_s));
}

void HttpRequestTest::stopsAtOnce()
{
    FakeJobContext context;
    HttpTestServer server;
    server.on("/", [&](QTcpSocket &, const HttpTestServer::Request &) { context.stop.request_stop(); });
    QElapsedTimer timer;
    timer.start();
    QVERIFY(run(get(server.url()), context).isCancelled);
    QVERIFY(timer.elapsed() < 10'000);

    FakeJobContext stopped;
    stopped.stop.request_stop();
    QVERIFY(run(get(server.url()), stopped).isCancelled);
}

void HttpRequestTest::secretsStayOutOfLogsAndErrors()
{
    HttpTestServer server;
    server.on("/fine", HttpTestServer::reply(200));
    server.on("/broken", [](QTcpSocket &socket, const HttpTestServer::Request &) { socket.abort(); });
    for (const QString &path : {u"/fine"_s, u"/missing"_s, u"/broken"_s}) {
        HttpRequestRequest request = get(server.url(path + u"?token=s3cret#s3cret"_s).replace(u"//"_s, u"//user:s3cret@"_s));
        request.headers = {{u"X-Token"_s, u"s3cret"_s}};
        FakeJobContext context;
        const auto ran = run(request, context);
        QVERIFY(!ran.error.message.contains(u"s3cret"_s));
        QVERIFY(ran.result || ran.error.message.contains(path));
        for (const auto &line : context.lines())
            QVERIFY(!line.message.contains(u"s3cret"_s));
    }
}

void HttpRequestTest::runsOnAThreadOfItsOwn()
{
    HttpTestServer server;
    server.on("/", HttpTestServer::stall());
    FakeJobContext context;
    std::atomic<bool> isCancelled = false;
    std::jthread thread([&] { isCancelled = run(get(server.url()), context).isCancelled; });
    QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 20'000);
    context.stop.request_stop(); // from this thread
    thread.join();
    QVERIFY(isCancelled);
}

QTEST_GUILESS_MAIN(HttpRequestTest)
#include "tst_httprequest.moc"
