// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QList>
#include <QNetworkRequest>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <utility>

class QNetworkAccessManager;
class QNetworkReply;

namespace stint {

class JobContext;

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// What is asked of a web server.
struct HttpQuestion {
    QByteArray method = QByteArrayLiteral("GET");
    QUrl url;
    HttpHeaders headers;
    QByteArray body;
    std::chrono::milliseconds timeout{30'000}; ///< of the whole exchange
    qsizetype bodyLimit = 1024 * 1024;         ///< of the answer; 0: its body is not wanted
    bool mayLoseBody = true;                   ///< a redirect that asks for GET is followed; else it is a failure
    QByteArray authorities;                    ///< PEM: certificates to verify the server by, beside the system's
};

/// What came back.
struct HttpAnswer {
    int status = 0;      ///< 0: none came, see errorCode
    QString reason;      ///< the phrase beside the status
    HttpHeaders headers; ///< names in lower case
    QByteArray body;
    bool truncated = false; ///< the body was longer than wanted
    QString errorCode;      ///< e.g. `ConnectionRefused`, `Timeout`, `TooManyRedirects`
    QString errorMessage;   ///< names no more of an address than its host
    std::chrono::milliseconds duration{0};
};

/// Asks one question, once, and follows redirects by hand: what may identify the asker is not sent on to another
/// scheme, host or port. TLS is verified. Lives on the thread that made it, which must run an event loop.
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    static constexpr int redirectLimit = 10;

    HttpExchange(QNetworkAccessManager &network, HttpQuestion question, QObject *parent = nullptr);
    ~HttpExchange() override;

    void start();
    /// Valid once finished() was emitted.
    [[nodiscard]] const HttpAnswer &answer() const { return m_answer; }

    /// Why no exchange can be had with this question, or nothing.
    [[nodiscard]] static QString mistakeIn(const HttpQuestion &question);
    /// An address as it may be shown: without user, password, query and fragment.
    [[nodiscard]] static QString displayUrl(const QUrl &url);

Q_SIGNALS:
    void finished();

private:
    void send();
    /// True once no more of the answer is needed.
    bool readBody();
    void conclude();
    void takeHead();
    void followRedirect();
    void fail(const QString &code, const QString &message);
    void finish();
    void dropReply();

    QNetworkAccessManager &m_network;
    HttpQuestion m_question;
    HttpAnswer m_answer;
    QNetworkReply *m_reply = nullptr;
    QTimer m_timeout;
    QElapsedTimer m_timer;
    int m_redirects = 0;
};

/// Asks and waits, for a command on a thread of its own. Throws JobCancelled once the job is asked to stop.
[[nodiscard]] HttpAnswer ask(const HttpQuestion &question, const JobContext &context);

} // namespace stint
