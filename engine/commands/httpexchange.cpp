// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/httpexchange.h"

#include "engine/commands/stoppableloop.h"
#include "engine/jobcontext.h"
#include "engine/retrypolicy.h"

#include <QMetaEnum>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr qint64 readBufferSize = 64 * 1024;

/// What says nothing about who asks. All else stays with the server that it was meant for: a credential may have any
/// name.
bool isAnonymous(const QByteArray &header)
{
    static const QByteArrayList names{"accept",        "accept-charset", "accept-encoding", "accept-language",
                                      "cache-control", "content-type",   "user-agent"};
    return names.contains(header.toLower());
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isHttp(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == u"http" || url.scheme() == u"https");
}

bool isSameServer(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == u"https" ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

/// A user and password in an address are meant as Basic credentials.
void moveUserToHeader(HttpQuestion &question)
{
    const QByteArray user = question.url.userName(QUrl::FullyDecoded).toUtf8();
    const QByteArray password = question.url.password(QUrl::FullyDecoded).toUtf8();
    question.url.setUserInfo({});
    const bool isGiven
        = std::ranges::any_of(question.headers, [](const auto &header) { return header.first.toLower() == "authorization"; });
    if ((!user.isEmpty() || !password.isEmpty()) && !isGiven)
        question.headers.append({"Authorization", "Basic " + (user + ':' + password).toBase64()});
}

bool isRedirect(const QNetworkReply *reply)
{
    static constexpr std::array statuses{301, 302, 303, 307, 308};
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return std::ranges::find(statuses, status) != statuses.end() && reply->hasRawHeader("Location");
}

/// `ConnectionRefusedError` becomes `ConnectionRefused`.
QString codeOf(QNetworkReply::NetworkError error)
{
    QString name = QString::fromLatin1(QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(error));
    if (name.endsWith("Error"_L1))
        name.chop(5);
    return name.isEmpty() ? u"NetworkError"_s : name;
}

} // namespace

HttpExchange::HttpExchange(QNetworkAccessManager &network, HttpQuestion question, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_question(std::move(question))
{
    m_timeout.setSingleShot(true);
    m_timeout.callOnTimeout(this, [this] { fail(u"Timeout"_s, u"no answer within %1"_s.arg(toDurationText(m_question.timeout))); });
}

HttpExchange::~HttpExchange()
{
    dropReply();
}

QString HttpExchange::mistakeIn(const HttpQuestion &question)
{
    if (!isHttp(question.url))
        return u"url: not an http or https address"_s;
    if (!isToken(question.method))
        return u"method: not the name of a method"_s;
    if (question.timeout.count() <= 0)
        return u"timeoutMs: at least 1"_s;
    for (const auto &[name, value] : question.headers) {
        if (!isToken(name))
            return u"headers: a name is not one"_s;
        if (std::ranges::any_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }))
            return u"headers: a value has more than one line"_s;
    }
    return {};
}

QString HttpExchange::displayUrl(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

void HttpExchange::start()
{
    m_timer.start();
    m_timeout.start(m_question.timeout);
    moveUserToHeader(m_question);
    send();
}

void HttpExchange::send()
{
    QNetworkRequest request(m_question.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    if (!m_question.authorities.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(QSslCertificate::fromData(m_question.authorities));
        request.setSslConfiguration(tls);
    }
    for (const auto &[name, value] : m_question.headers)
        request.setRawHeader(name, value);
    if (!request.hasRawHeader("User-Agent"))
        request.setRawHeader("User-Agent", "Stint");

    if (m_question.method == "HEAD")
        m_reply = m_network.head(request);
    else if (m_question.method == "GET" && m_question.body.isEmpty())
        m_reply = m_network.get(request);
    else
        m_reply = m_network.sendCustomRequest(request, m_question.method, m_question.body);
    m_reply->setReadBufferSize(readBufferSize);
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        if (readBody())
            conclude();
    });
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        readBody();
        conclude();
    });
}

bool HttpExchange::readBody()
{
    const QByteArray bytes = m_reply->readAll();
    if (isRedirect(m_reply)) // its body is for people with a browser; one without end is not waited for
        return true;
    const qsizetype room = m_question.bodyLimit - m_answer.body.size();
    m_answer.body.append(QByteArrayView(bytes).first(std::min(room, bytes.size())));
    m_answer.truncated = m_answer.truncated || bytes.size() > room;
    return m_answer.truncated;
}

void HttpExchange::conclude()
{
    const auto error = m_reply->error();
    takeHead();
    if (m_answer.status == 0) // of such errors Qt's text names no more than the host
        return fail(codeOf(error), m_reply->errorString());
    if (error != QNetworkReply::NoError && m_answer.status < 400)
        return fail(codeOf(error), u"the connection to %1 broke off"_s.arg(m_question.url.host()));
    if (isRedirect(m_reply))
        return followRedirect();
    finish();
}

void HttpExchange::takeHead()
{
    m_answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_answer.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        m_answer.headers.append({name.toLower(), value});
}

void HttpExchange::followRedirect()
{
    QUrl target = m_question.url.resolved(QUrl::fromEncoded(m_reply->rawHeader("Location")));
    target.setUserInfo({});
    if (!isHttp(target))
        return fail(u"BadRedirect"_s, u"%1 redirects to what is not an http or https address"_s.arg(m_question.url.host()));
    if (++m_redirects > redirectLimit)
        return fail(u"TooManyRedirects"_s, u"more than %1 redirects"_s.arg(redirectLimit));
    const bool asksAnew = m_answer.status == 303 || (m_answer.status < 303 && m_question.method == "POST");
    if (asksAnew && !m_question.mayLoseBody)
        return fail(u"BadRedirect"_s, u"%1 redirects by %2, which loses the body"_s.arg(m_question.url.host()).arg(m_answer.status));
    if (asksAnew && m_question.method != "HEAD") {
        m_question.method = "GET"_ba;
        m_question.body.clear();
        m_question.headers.removeIf([](const auto &header) { return header.first.toLower().startsWith("content-"); });
    }
    if (!isSameServer(m_question.url, target))
        m_question.headers.removeIf([](const auto &header) { return !isAnonymous(header.first); });
    m_question.url = target;
    m_answer = {};
    dropReply();
    send();
}

void HttpExchange::fail(const QString &code, const QString &message)
{
    m_answer = {};
    m_answer.errorCode = code;
    m_answer.errorMessage = message;
    finish();
}

void HttpExchange::finish()
{
    m_timeout.stop();
    m_answer.duration = std::chrono::milliseconds(m_timer.elapsed());
    dropReply();
    Q_EMIT finished();
}

void HttpExchange::dropReply()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

HttpAnswer ask(const HttpQuestion &question, const JobContext &context)
{
    QNetworkAccessManager network;
    HttpExchange exchange(network, question);
    StoppableLoop loop(context.stopToken());
    QObject::connect(&exchange, &HttpExchange::finished, &exchange, [&loop] { loop.quit(); });
    exchange.start();
    loop.exec();
    context.throwIfCancelled();
    return exchange.answer();
}

} // namespace stint
