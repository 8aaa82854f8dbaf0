// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "tests/support/httptestserver.h"

#include <QTcpSocket>

#include <algorithm>

namespace stint::test {

HttpTestServer::HttpTestServer(QObject *parent)
    : QObject(parent)
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *const socket = m_server.nextPendingConnection()) {
            m_mostAtOnce = std::max(m_mostAtOnce, ++m_atOnce);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                --m_atOnce;
                m_unread.remove(socket);
                socket->deleteLater();
            });
        }
    });
}

QString HttpTestServer::url(const QString &target) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(QString::number(port()), target);
}

void HttpTestServer::read(QTcpSocket &socket)
{
    QByteArray &unread = m_unread[&socket];
    unread += socket.readAll();
    const qsizetype headEnd = unread.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    const QByteArrayList lines = unread.left(headEnd).split('\n');
    const QByteArrayList first = lines.at(0).trimmed().split(' ');
    Request request{first.value(0), first.value(1), {}, {}};
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (unread.size() < headEnd + 4 + length)
        return;
    request.body = unread.mid(headEnd + 4, length);
    unread.remove(0, headEnd + 4 + length);
    m_requests.append(request);
    const QByteArray path = request.target.split('?').constFirst();
    m_answers.value(path, reply(404))(socket, request);
}

HttpTestServer::Answer HttpTestServer::reply(int status, const QByteArray &body, const QByteArrayList &headers)
{
    return [=](QTcpSocket &socket, const Request &request) {
        QByteArray head
            = "HTTP/1.1 " + QByteArray::number(status) + " Said So\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
        for (const QByteArray &header : headers)
            head += header + "\r\n";
        socket.write(head + "\r\n");
        if (request.method != "HEAD")
            socket.write(body);
    };
}

HttpTestServer::Answer HttpTestServer::redirect(int status, const QString &location)
{
    return reply(status, "elsewhere", {"Location: " + location.toUtf8()});
}

HttpTestServer::Answer HttpTestServer::stall()
{
    return [](QTcpSocket &, const Request &) {};
}

HttpTestServer::Answer HttpTestServer::endless()
{
    return [](QTcpSocket &socket, const Request &) {
        const QByteArray piece(64 * 1024, 'x');
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + piece);
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket, piece] {
            if (socket.bytesToWrite() < piece.size())
                socket.write(piece);
        });
    };
}

} // namespace stint::test
