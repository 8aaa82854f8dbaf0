// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgresaddress.h"

#include <QUrl>
#include <QUrlQuery>

namespace stint {

bool PostgresAddress::isMeant(const QString &location)
{
    return location.startsWith(QLatin1StringView("postgresql://")) || location.startsWith(QLatin1StringView("postgres://"));
}

Result<PostgresAddress> PostgresAddress::parse(const QString &location)
{
    const QUrl url(location, QUrl::StrictMode);
    if (!url.isValid())
        return Error{ErrorCode::InvalidArgument, QStringLiteral("not the address of a PostgreSQL database: %1").arg(url.errorString())};
    PostgresAddress address{.host = url.host(),
                            .port = url.port(),
                            .database = url.path(QUrl::FullyDecoded).mid(1),
                            .user = url.userName(QUrl::FullyDecoded),
                            .password = url.password(QUrl::FullyDecoded)};
    for (const auto &[name, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded)) {
        if (value.contains(u';')) // the driver splits its options there
            return Error{ErrorCode::InvalidArgument, QStringLiteral("%1: a semicolon cannot be passed on").arg(name)};
        QString quoted = value;
        quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'"));
        if (name == u"host")
            address.host = value;
        else if (name == u"port")
            address.port = value.toInt();
        else if (name == u"user")
            address.user = value;
        else if (name == u"password")
            address.password = value;
        else if (name == u"dbname")
            address.database = value;
        else
            address.options += QStringLiteral("%1='%2';").arg(name, quoted);
    }
    return address;
}

QString PostgresAddress::toText() const
{
    QUrl url;
    url.setScheme(QStringLiteral("postgresql"));
    url.setUserName(user);
    url.setPath(u'/' + database);
    if (host.startsWith(u'/')) {
        url.setHost(QStringLiteral(""));
        url.setQuery(QStringLiteral("host=") + host + (port > 0 ? QStringLiteral("&port=%1").arg(port) : QString()));
        return QStringLiteral("postgresql://%1/%2?%3").arg(user.isEmpty() ? QString() : user + u'@', database, url.query());
    }
    url.setHost(host);
    url.setPort(port);
    return url.toString();
}

} // namespace stint
