// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/httptestserver.h"
#include "tests/app/cli/stintprocess.h"

#include <QDir>
#include <QFile>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace stint::test;

/// What surrounds a host: web services, monitoring, systemd. (Plug-ins are tested with the installed package.)
class TestCliHostWays final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void apisRunOverHttp();
    void failuresOfAServiceAreTheJobs();
    void namesDoNotLeaveTheBaseOfAService();
    void webhookIsSentOnceItsServerIsBack();
    void callbackPostsTheResult();
    void anApiBaseIsChecked_data();
    void anApiBaseIsChecked();
    void metricsAreWritten();
    void metricsThatCannotBeWrittenAreRefused();
    void systemdIsTold();
    void whatIsNoPluginIsRefused_data();
    void whatIsNoPluginIsRefused();

private:
    /// Drains beside this event loop, which the server needs.
    [[nodiscard]] static int drainBeside(const TemporaryStore &store, const QStringList &arguments)
    {
        BackgroundHost host(store, QStringList{u"--drain"_s} + arguments);
        return QTest::qWaitFor([&] { return host.process().state() == QProcess::NotRunning; }, 30'000) ? host.process().exitCode() : -1;
    }
};

void TestCliHostWays::apisRunOverHttp()
{
    HttpTestServer server;
    server.on("/api/ShipOrder", HttpTestServer::reply(200, R"({"shipped":12345678901234567890})", {"Content-Type: application/json"}));
    const TemporaryStore store;
    const QString users = store.write(u"users.json"_s, R"([{"id":"7","name":"Zoë"}])");
    const qint64 id = store.enqueue({u"ShipOrder"_s, uR"({"order":9})"_s, u"--api"_s, u"--user"_s, u"7"_s});
    qputenv("STINT_TEST_TOKEN", "sesame");

    QCOMPARE(drainBeside(store, {u"--api-base"_s, server.url(u"/api"_s), u"--api-token-env"_s, u"STINT_TEST_TOKEN"_s, u"--users"_s, users}),
             0);

    QCOMPARE(server.requests().size(), 1);
    const HttpTestServer::Request &asked = server.requests().constFirst();
    QCOMPARE(asked.method, "POST");
    QCOMPARE(asked.target, "/api/ShipOrder");
    QCOMPARE(asked.body, R"({"order":9})");
    QCOMPARE(asked.headers.value("x-stint-job"), QByteArray::number(id));
    QCOMPARE(asked.headers.value("x-stint-attempt"), "1");
    QCOMPARE(asked.headers.value("x-stint-user"), "7");
    QCOMPARE(asked.headers.value("x-stint-user-name"), "Zo%C3%AB");
    QCOMPARE(asked.headers.value("authorization"), "Bearer sesame");
    QCOMPARE(store.state(id), u"Completed"_s);
    QVERIFY(store.run({u"show"_s, QString::number(id), u"--json"_s}).out.contains("12345678901234567890")); // not as a double
}

void TestCliHostWays::failuresOfAServiceAreTheJobs()
{
    HttpTestServer server;
    server.on("/Sell", HttpTestServer::reply(400, R"({"responseStatus":{"errorCode":"SoldOut","message":"none is left"}})"));
    server.on("/Buy", HttpTestServer::reply(503));
    const TemporaryStore store;
    const qint64 sell = store.enqueue({u"Sell"_s, u"--api"_s, u"--retry-limit"_s, u"0"_s});
    const qint64 buy = store.enqueue({u"Buy"_s, u"--api"_s, u"--retry-limit"_s, u"0"_s});

    QCOMPARE(drainBeside(store, {u"--api-base"_s, server.url()}), 0);

    const QJsonObject sold = store.show(sell).value("failed"_L1).toObject();
    QCOMPARE(sold.value("errorCode"_L1).toString(), u"SoldOut"_s);
    QCOMPARE(sold.value("error"_L1).toObject().value("message"_L1).toString(), u"none is left"_s);
    QCOMPARE(store.show(buy).value("failed"_L1).toObject().value("errorCode"_L1).toString(), u"Http503"_s);
}

void TestCliHostWays::namesDoNotLeaveTheBaseOfAService()
{
    HttpTestServer server;
    const TemporaryStore store;
    QList<qint64> ids;
    for (const QString &name : {u"../admin"_s, u".."_s, u"a/b"_s})
        ids.append(store.enqueue({name, u"--api"_s, u"--retry-limit"_s, u"0"_s}));

    QCOMPARE(drainBeside(store, {u"--api-base"_s, server.url(u"/api/v1"_s)}), 0);

    QCOMPARE(server.requests().size(), 0);
    for (const qint64 id : std::as_const(ids))
        QCOMPARE(store.show(id).value("failed"_L1).toObject().value("errorCode"_L1).toString(), u"BadRequest"_s);
}

void TestCliHostWays::webhookIsSentOnceItsServerIsBack()
{
    HttpTestServer server;
    int asked = 0;
    server.on("/cb", [&asked](QTcpSocket &socket, const HttpTestServer::Request &request) {
        HttpTestServer::reply(++asked == 1 ? 503 : 200)(socket, request);
    });
    const TemporaryStore store;
    const qint64 work = store.enqueue({u"RunProcess"_s, uR"({"program":"/bin/echo","arguments":["done"]})"_s});
    const qint64 notice = store.enqueue({u"NotifyWebhook"_s, u"--depends-on"_s, QString::number(work), u"--reply-to"_s,
                                         u"verysecret@"_s + server.url(u"/cb?key=hidden"_s), u"--backoff"_s, u"fixed:1s"_s});

    QCOMPARE(drainBeside(store, {}), 0);

    QCOMPARE(store.state(notice), u"Completed"_s);
    QCOMPARE(server.requests().size(), 2);
    const QByteArray result = store.show(work).value("completed"_L1).toObject().value("responseBody"_L1).toString().toUtf8();
    QVERIFY(!result.isEmpty());
    for (const HttpTestServer::Request &request : server.requests()) {
        QCOMPARE(request.body, result);
        QCOMPARE(request.headers.value("authorization"), "Bearer verysecret");
    }
    const Answer shown = store.run({u"show"_s, QString::number(notice), u"--json"_s});
    QVERIFY2(!shown.out.contains("verysecret"), shown.out);
    // In the store the secret is in the column ReplyTo alone.
    for (const QString &name : QDir(store.path()).entryList({u"*.db"_s})) {
        for (const QString &table : {u"BackgroundJob"_s, u"JobSummary"_s, u"CompletedJob"_s, u"JobAttempt"_s, u"JobLogLine"_s}) {
            QProcess sqlite;
            sqlite.start(u"sqlite3"_s, {u"-line"_s, store.path() + u'/' + name, u"SELECT * FROM %1"_s.arg(table)});
            QVERIFY(sqlite.waitForFinished());
            for (const QByteArray &line : sqlite.readAllStandardOutput().split('\n'))
                QVERIFY2(!line.contains("verysecret") || line.trimmed().startsWith("ReplyTo = "), line);
        }
    }
}

void TestCliHostWays::callbackPostsTheResult()
{
    HttpTestServer server;
    server.on("/cb", HttpTestServer::reply(200));
    const TemporaryStore store;
    const qint64 id = store.enqueue({u"RunProcess"_s, uR"({"program":"/bin/true"})"_s, u"--callback"_s, u"NotifyWebhook"_s, u"--reply-to"_s,
                                     u"PUT "_s + server.url(u"/cb"_s)});
    QCOMPARE(drainBeside(store, {}), 0);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().constFirst().method, "PUT");
    const QJsonObject done = store.show(id).value("completed"_L1).toObject();
    QCOMPARE(server.requests().constFirst().body, done.value("responseBody"_L1).toString().toUtf8());
}

void TestCliHostWays::anApiBaseIsChecked_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("scheme") << QStringList{u"--api-base"_s, u"ftp://example.org"_s} << QByteArray("not the address of a web service");
    QTest::newRow("no host") << QStringList{u"--api-base"_s, u"http:///x"_s} << QByteArray("not the address of a web service");
    QTest::newRow("text") << QStringList{u"--api-base"_s, u"my service"_s} << QByteArray("not the address of a web service");
    QTest::newRow("no such variable") << QStringList{u"--api-base"_s, u"http://127.0.0.1"_s, u"--api-token-env"_s, u"STINT_NO_SUCH"_s}
                                      << QByteArray("STINT_NO_SUCH");
    QTest::newRow("no such file") << QStringList{u"--callback-ca"_s, u"/no/such.pem"_s} << QByteArray("/no/such.pem");
    QTest::newRow("no certificate") << QStringList{u"--callback-ca"_s, u"/etc/passwd"_s} << QByteArray("no certificate");
    QTest::newRow("token alone") << QStringList{u"--api-token-env"_s, u"HOME"_s} << QByteArray("--api-base");
}

void TestCliHostWays::anApiBaseIsChecked()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const TemporaryStore store;
    const Answer answer = store.drain(arguments);
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.err.contains(said), answer.err);
    QVERIFY(!QDir(store.path()).exists());
}

void TestCliHostWays::metricsAreWritten()
{
    const TemporaryStore store;
    const QString file = store.file(u"stint.prom"_s);
    (void)store.enqueue({u"RunProcess"_s, uR"({"program":"/bin/true"})"_s});
    (void)store.enqueue({u"RunProcess"_s, uR"({"program":"/bin/false"})"_s, u"--retry-limit"_s, u"0"_s});
    (void)store.enqueue({u"RunProcess"_s, uR"({"program":"/bin/true"})"_s, u"--worker"_s, uR"(a"b\c)"_s, u"--run-after"_s, u"+1h"_s});

    QCOMPARE(store.drain({u"--metrics-file"_s, file}).exitCode, 0);

    QFile metrics(file);
    QVERIFY(metrics.open(QIODevice::ReadOnly));
    const QByteArrayList lines = metrics.readAll().split('\n');
    const auto has = [&lines](const QByteArray &line) { return lines.contains(line); };
    QVERIFY(has(R"(stint_attempts_started_total{command="RunProcess"} 2)"));
    QVERIFY(has(R"(stint_attempts_ended_total{command="RunProcess",outcome="completed"} 1)"));
    QVERIFY(has(R"(stint_attempts_ended_total{command="RunProcess",outcome="failed"} 1)"));
    QVERIFY(has(R"(stint_attempt_duration_seconds_bucket{command="RunProcess",le="+Inf"} 2)"));
    QVERIFY(has(R"(stint_attempt_duration_seconds_count{command="RunProcess"} 2)"));
    QVERIFY(has(R"(stint_jobs_queued{worker="a\"b\\c"} 1)"));
    QCOMPARE(lines.count("# TYPE stint_jobs_queued gauge"), 1);
    const QRegularExpression sample(uR"(^(#.*|[a-z_]+\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\} -?[0-9.]+|)$)"_s);
    for (const QByteArray &line : lines)
        QVERIFY2(sample.match(QString::fromUtf8(line)).hasMatch(), line);
}

void TestCliHostWays::metricsThatCannotBeWrittenAreRefused()
{
    const TemporaryStore store;
    const Answer answer = store.drain({u"--metrics-file"_s, store.file(u"no/such/folder/stint.prom"_s)});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.err.contains("--metrics-file"), answer.err);
}

void TestCliHostWays::systemdIsTold()
{
    const TemporaryStore store;
    const QByteArray path = QFile::encodeName(store.file(u"notify"_s));
    sockaddr_un address{};
    QVERIFY(static_cast<std::size_t>(path.size()) < sizeof(address.sun_path));
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const auto closeSocket = qScopeGuard([socket] { ::close(socket); });
    QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)), 0);
    const auto received = [socket] {
        QByteArray message(200, '\0');
        const auto size = ::recv(socket, message.data(), static_cast<std::size_t>(message.size()), 0);
        return message.left(std::max<qsizetype>(0, size));
    };

    qputenv("NOTIFY_SOCKET", path);
    BackgroundHost host(store);
    QCOMPARE(received(), "READY=1"); // blocks until it comes; the test's own time limit ends it otherwise
    host.signal(SIGTERM);
    QCOMPARE(received(), "STOPPING=1");
    qunsetenv("NOTIFY_SOCKET");
    QCOMPARE(host.waitForEnd(), 0);
}

void TestCliHostWays::whatIsNoPluginIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("absent") << QByteArray() << QByteArray("there is no such file");
    QTest::newRow("text") << QByteArray("hello") << QByteArray("is not a Qt plug-in");
}

void TestCliHostWays::whatIsNoPluginIsRefused()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, said);
    const TemporaryStore store;
    const QString file = content.isEmpty() ? store.file(u"libnone.so"_s) : store.write(u"libtext.so"_s, content);
    const Answer answer = store.drain({u"--plugin"_s, file});
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.err.contains(said), answer.err);
}

QTEST_GUILESS_MAIN(TestCliHostWays)
#include "tst_cli_hostways.moc"
