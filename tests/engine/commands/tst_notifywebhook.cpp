// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/notifywebhook.h"
#include "tests/support/fakejobcontext.h"
#include "tests/support/httptestserver.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint;
using namespace stint::test;

/// NotifyWebhook against servers on loopback. The command's event loop serves them too.
class TestNotifyWebhook final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void postsItsRequest();
    void emptyRequestNeedsAParent();
    void variablesNeedLeave();
    void refusalsFailForGood_data();
    void refusalsFailForGood();
    void answersThatAreNotGoodFail_data();
    void answersThatAreNotGoodFail();
    void redirects_data();
    void redirects();
    void credentialsStayWithTheirServer();
    void endlessAnswerEnds();
    void silenceTimesOut();
    void cancelEndsIt();
    void certificatesAreVerified();

private:
    struct Outcome {
        std::optional<JsonResult> result;
        bool isFinal = false;
        bool isCancelled = false;
        JobError error;
    };
    static Outcome send(const QString &replyTo, const QByteArray &body = R"({"id":7})", const WebhookPolicy &policy = {},
                        std::shared_ptr<FakeJobContext> context = std::make_shared<FakeJobContext>());
};

TestNotifyWebhook::Outcome TestNotifyWebhook::send(const QString &replyTo, const QByteArray &body, const WebhookPolicy &policy,
                                                   std::shared_ptr<FakeJobContext> context)
{
    context->attempt.replyTo = replyTo;
    Outcome outcome;
    try {
        NotifyWebhook(policy).execute(body, context, [&outcome](stint::Outcome<JsonResult> ended) {
            if (auto *result = std::get_if<JsonResult>(&ended)) {
                outcome.result = *result;
            } else if (auto *failure = std::get_if<Fail>(&ended)) {
                outcome.isFinal = true;
                outcome.error = failure->error;
            }
        });
    } catch (const JobCancelled &) {
        outcome.isCancelled = true;
    } catch (const JobException &failure) {
        outcome.error = failure.error();
    }
    return outcome;
}

void TestNotifyWebhook::postsItsRequest()
{
    HttpTestServer server;
    server.on("/cb", HttpTestServer::reply(204));
    const auto context = std::make_shared<FakeJobContext>();
    const Outcome sent = send(u"PUT secret@"_s + server.url(u"/cb?x=hidden"_s), R"({"n":12345678901234567890})", {}, context);
    QVERIFY2(sent.result, qPrintable(sent.error.message));
    QCOMPARE(sent.result->json, R"({"status":204})");
    QCOMPARE(server.requests().size(), 1);
    const auto &request = server.requests().constFirst();
    QCOMPARE(request.method, "PUT");
    QCOMPARE(request.target, "/cb?x=hidden");
    QCOMPARE(request.body, R"({"n":12345678901234567890})");
    QCOMPARE(request.headers.value("authorization"), "Bearer secret");
    QCOMPARE(request.headers.value("content-type"), "application/json; charset=utf-8");
    QCOMPARE(request.headers.value("accept"), "application/json");
    for (const auto &line : context->lines())
        QVERIFY2(!line.message.contains(u"secret") && !line.message.contains(u"hidden"), qPrintable(line.message));
}

void TestNotifyWebhook::emptyRequestNeedsAParent()
{
    const Outcome sent = send(u"https://127.0.0.1/cb"_s, "{}");
    QVERIFY(sent.isFinal);
    QVERIFY2(sent.error.message.contains(u"dependsOn"), qPrintable(sent.error.message));
}

void TestNotifyWebhook::variablesNeedLeave()
{
    HttpTestServer server;
    server.on("/cb", HttpTestServer::reply(200));
    qputenv("STINT_TEST_WEBHOOK", "sesame");
    const QString replyTo = u"$STINT_TEST_WEBHOOK@"_s + server.url(u"/cb"_s);
    const Outcome refused = send(replyTo);
    QVERIFY(refused.isFinal);
    QVERIFY2(refused.error.message.contains(u"STINT_TEST_WEBHOOK"), qPrintable(refused.error.message));
    QCOMPARE(server.requests().size(), 0);
    QVERIFY(send(replyTo, "[1]", {.environment = {u"STINT_TEST_WEBHOOK"_s}}).result);
    QCOMPARE(server.requests().constFirst().headers.value("authorization"), "Bearer sesame");
    qunsetenv("STINT_TEST_WEBHOOK");
    QVERIFY(send(replyTo, "[1]", {.environment = {u"STINT_TEST_WEBHOOK"_s}}).isFinal);
}

void TestNotifyWebhook::refusalsFailForGood_data()
{
    QTest::addColumn<QString>("replyTo");
    QTest::newRow("none") << QString();
    QTest::newRow("scheme") << u"secret@ftp://127.0.0.1/"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s;
    QTest::newRow("lines") << u"http.X:secret%0aY@http://127.0.0.1/"_s;
}

void TestNotifyWebhook::refusalsFailForGood()
{
    QFETCH(QString, replyTo);
    const Outcome sent = send(replyTo);
    QVERIFY(sent.isFinal);
    QCOMPARE(sent.error.errorCode, joberror::badRequest);
    QVERIFY2(sent.error.message.contains(u"replyTo") && !sent.error.message.contains(u"secret"), qPrintable(sent.error.message));
}

void TestNotifyWebhook::answersThatAreNotGoodFail_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {304, 400, 401, 404, 429, 500, 503})
        QTest::addRow("%d", status) << status;
}

void TestNotifyWebhook::answersThatAreNotGoodFail()
{
    QFETCH(int, status);
    HttpTestServer server;
    server.on("/cb", HttpTestServer::reply(status));
    const Outcome sent = send(u"secret@"_s + server.url(u"/cb"_s));
    QVERIFY(!sent.result && !sent.isFinal); // it is retried
    QCOMPARE(sent.error.errorCode, u"Http%1"_s.arg(status));
    QVERIFY(!sent.error.message.contains(u"secret"));
}

void TestNotifyWebhook::redirects_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("arrives");
    QTest::newRow("301") << 301 << false;
    QTest::newRow("302") << 302 << false;
    QTest::newRow("303") << 303 << false;
    QTest::newRow("307") << 307 << true;
    QTest::newRow("308") << 308 << true;
}

void TestNotifyWebhook::redirects()
{
    QFETCH(int, status);
    HttpTestServer server;
    server.on("/old", HttpTestServer::redirect(status, u"/new"_s));
    server.on("/new", HttpTestServer::reply(200));
    const Outcome sent = send(server.url(u"/old"_s));
    QTEST(sent.result.has_value(), "arrives");
    if (sent.result) {
        QCOMPARE(server.requests().constLast().method, "POST");
        QCOMPARE(server.requests().constLast().body, R"({"id":7})");
    } else {
        QCOMPARE(sent.error.errorCode, u"BadRedirect"_s);
    }
}

void TestNotifyWebhook::credentialsStayWithTheirServer()
{
    HttpTestServer other;
    other.on("/new", HttpTestServer::reply(200));
    HttpTestServer server;
    server.on("/old", HttpTestServer::redirect(307, other.url(u"/new"_s)));
    QVERIFY(send(u"http.X-API-Key:secret@"_s + server.url(u"/old"_s)).result);
    QCOMPARE(server.requests().constFirst().headers.value("x-api-key"), "secret");
    QVERIFY(!other.requests().constFirst().headers.contains("x-api-key"));
    QCOMPARE(other.requests().constFirst().body, R"({"id":7})");
}

void TestNotifyWebhook::endlessAnswerEnds()
{
    HttpTestServer server;
    server.on("/cb", HttpTestServer::endless());
    QVERIFY(send(server.url(u"/cb"_s)).result);
}

void TestNotifyWebhook::silenceTimesOut()
{
    HttpTestServer server;
    server.on("/cb", HttpTestServer::stall());
    const Outcome sent = send(server.url(u"/cb"_s), "{\"id\":7}", {.timeout = std::chrono::milliseconds{100}});
    QCOMPARE(sent.error.errorCode, u"Timeout"_s);
}

void TestNotifyWebhook::cancelEndsIt()
{
    HttpTestServer server;
    server.on("/cb", HttpTestServer::stall());
    const auto context = std::make_shared<FakeJobContext>();
    QTimer::singleShot(50, this, [context] { context->stop.request_stop(); });
    QVERIFY(send(server.url(u"/cb"_s), "{\"id\":7}", {}, context).isCancelled);
}

void TestNotifyWebhook::certificatesAreVerified()
{
    const QTemporaryDir folder;
    QProcess openssl;
    openssl.start(u"openssl"_s,
                  {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s,
                   u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, folder.filePath(u"key.pem"_s), u"-out"_s,
                   folder.filePath(u"certificate.pem"_s)});
    QVERIFY(openssl.waitForFinished());
    QCOMPARE(openssl.exitCode(), 0);
    const auto content = [&folder](const QString &name) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray certificate = content(u"certificate.pem"_s);
    QSslConfiguration tls;
    tls.setLocalCertificate(QSslCertificate(certificate));
    tls.setPrivateKey(QSslKey(content(u"key.pem"_s), QSsl::Rsa));
    QSslServer server;
    server.setSslConfiguration(tls);
    QByteArray received;
    connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&] {
        QTcpSocket *const socket = server.nextPendingConnection();
        const auto answer = [&received, socket] {
            received += socket->readAll();
            if (received.endsWith(R"({"id":7})"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        };
        connect(socket, &QTcpSocket::readyRead, this, answer);
        answer();
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QString url = u"https://127.0.0.1:%1/cb"_s.arg(server.serverPort());

    const Outcome untrusted = send(url);
    QCOMPARE(untrusted.error.errorCode, u"SslHandshakeFailed"_s);
    QVERIFY(received.isEmpty());
    const Outcome trusted = send(url, R"({"id":7})", {.authorities = certificate});
    QVERIFY2(trusted.result, qPrintable(trusted.error.message));
}

QTEST_GUILESS_MAIN(TestNotifyWebhook)
#include "tst_notifywebhook.moc"
