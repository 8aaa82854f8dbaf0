// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>
#include <QTcpServer>

#include <functional>

class QTcpSocket;

namespace stint::test {

/// A web server on loopback that answers as a test tells it. Lives on a thread with an event loop, which may be that of
/// the command under test.
class HttpTestServer final : public QObject
{
    Q_OBJECT

public:
    struct Request {
        QByteArray method;
        QByteArray target;
        QMap<QByteArray, QByteArray> headers; ///< names in lower case
        QByteArray body;
    };
    using Answer = std::function<void(QTcpSocket &, const Request &)>;

    explicit HttpTestServer(QObject *parent = nullptr);

    [[nodiscard]] QString url(const QString &target = QStringLiteral("/")) const;
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

    /// Answers requests for `path`, with any query. Other paths get 404.
    void on(const QByteArray &path, Answer answer) { m_answers.insert(path, std::move(answer)); }
    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }
    /// How many connections were open at most.
    [[nodiscard]] int mostAtOnce() const { return m_mostAtOnce; }

    /// An answer with that status and the rest as given.
    [[nodiscard]] static Answer reply(int status, const QByteArray &body = {}, const QByteArrayList &headers = {});
    [[nodiscard]] static Answer redirect(int status, const QString &location);
    /// Takes the request and says nothing.
    [[nodiscard]] static Answer stall();
    /// A body that never ends.
    [[nodiscard]] static Answer endless();

private:
    void read(QTcpSocket &socket);

    QHash<QByteArray, Answer> m_answers;
    QHash<const QTcpSocket *, QByteArray> m_unread;
    QList<Request> m_requests;
    int m_atOnce = 0;
    int m_mostAtOnce = 0;
    QTcpServer m_server; ///< the last: its sockets tell of their end
};

} // namespace stint::test
