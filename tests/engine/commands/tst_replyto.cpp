// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/replyto.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint;

/// The grammar of storage format 8, with its traps.
class TestReplyTo final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatToSend_data();
    void saysWhatToSend();
    void mistakesAreToldWithoutSecrets_data();
    void mistakesAreToldWithoutSecrets();

private:
    static Result<QByteArray> environment(const QString &name)
    {
        if (name == u"TOKEN")
            return QByteArray("se+same%20");
        return Error{ErrorCode::InvalidArgument, u"replyTo: this host may not send the environment variable %1"_s.arg(name)};
    }
};

void TestReplyTo::saysWhatToSend_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *text, const char *method, const char *url, const char *header = "", const char *value = "") {
        QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(method) << QString::fromUtf8(url) << QByteArray(header)
                            << QByteArray(value);
    };
    row("https://h/cb?refId=1", "POST", "https://h/cb?refId=1");
    row("PUT https://h/cb", "PUT", "https://h/cb");
    row("patch https://h/cb", "patch", "https://h/cb");
    row("user:p%40ss@https://h/cb", "POST", "https://h/cb", "Authorization", "Basic dXNlcjpwQHNz");
    row("user:@https://h/cb", "POST", "https://h/cb", "Authorization", "Basic dXNlcjo=");
    row("us+er:p@https://h/cb", "POST", "https://h/cb", "Authorization", "Basic dXMgZXI6cA==");
    row("$TOKEN:x@https://h/cb", "POST", "https://h/cb", "Authorization", "Basic JFRPS0VOOng="); // no variable here
    row("http.X-API-Key:k%2Dey@https://h/cb", "POST", "https://h/cb", "X-API-Key", "k-ey");
    row("http.X-API-Key:a:b@https://h/cb", "POST", "https://h/cb", "X-API-Key", "a:b");
    row("http.X-API-Key:$TOKEN@https://h/cb", "POST", "https://h/cb", "X-API-Key", "se+same%20");
    row("http.Authorization:Basic%20x@https://h/cb", "POST", "https://h/cb", "Authorization", "Basic x");
    row("http.Authorization:x@https://h/cb", "POST", "https://h/cb", "Authorization", "Bearer x");
    row("tok@https://h/cb", "POST", "https://h/cb", "Authorization", "Bearer tok");
    row("t%6Fk+n@https://h/cb", "POST", "https://h/cb", "Authorization", "Bearer tok+n");
    row("PUT $TOKEN@https://h/cb", "PUT", "https://h/cb", "Authorization", "Bearer se+same%20");
    row("$@http://h/", "POST", "http://h/", "Authorization", "Bearer $");
    // An @ in an address is no credential before it.
    row("https://h/cb?mail=a@b.c", "POST", "https://h/cb?mail=a@b.c");
    row("PUT https://h/@me", "PUT", "https://h/@me");
    row("https://u:p@h/cb", "POST", "https://u:p@h/cb");
    row("tok@https://h/cb?mail=a@b.c", "POST", "https://h/cb?mail=a@b.c", "Authorization", "Bearer tok");
    row("HTTPS://h/cb", "POST", "https://h/cb");
    row("t\xc3\xb6k@https://h/cb", "POST", "https://h/cb", "Authorization", "Bearer t\xc3\xb6k");
}

void TestReplyTo::saysWhatToSend()
{
    QFETCH(QString, text);
    const auto target = ReplyTo::parse(text, environment);
    QVERIFY2(target, target ? "" : qPrintable(target.error().message));
    QTEST(target->method, "method");
    QTEST(target->url.toString(), "url");
    QFETCH(QByteArray, header);
    QCOMPARE(target->headers.size(), header.isEmpty() ? 0 : 1);
    if (!header.isEmpty()) {
        QCOMPARE(target->headers.constFirst().first, header);
        QTEST(target->headers.constFirst().second, "value");
    }
}

void TestReplyTo::mistakesAreToldWithoutSecrets_data()
{
    QTest::addColumn<QString>("text");
    for (const char *const text : {"",
                                   " ",
                                   "secret",
                                   "secret@",
                                   "@https://h/cb",
                                   "secret@ftp://h/cb",
                                   "secret@file:///etc/passwd",
                                   "secret@//h/cb",
                                   "secret@h/cb",
                                   "secret@https://",
                                   "secret@https:///cb",
                                   "secret@https://h:port/cb",
                                   "https://h/c b secret",
                                   "secret%@https://h/cb",
                                   "secret%4@https://h/cb",
                                   "secret%zz@https://h/cb",
                                   "secret:%x@https://h/cb",
                                   "http.X:@https://h/cb",
                                   "http.:secret@https://h/cb",
                                   "http.X:secret%0d%0aY:z@https://h/cb",
                                   "http.Content-Type:secret@https://h/cb",
                                   "http.content-length:secret@https://h/cb",
                                   "http.Host:secret@https://h/cb",
                                   "http.X:$HOME@https://h/cb",
                                   "$HOME@https://h/cb",
                                   "secret%0a@https://h/cb",
                                   "G(T tok@https://h/cb",
                                   "PUT  https://h/cb"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestReplyTo::mistakesAreToldWithoutSecrets()
{
    QFETCH(QString, text);
    const auto target = ReplyTo::parse(text, environment);
    QVERIFY(!target);
    QVERIFY2(target.error().message.startsWith(u"replyTo: "), qPrintable(target.error().message));
    QVERIFY2(!target.error().message.contains(u"secret"), qPrintable(target.error().message));
}

QTEST_GUILESS_MAIN(TestReplyTo)
#include "tst_replyto.moc"
