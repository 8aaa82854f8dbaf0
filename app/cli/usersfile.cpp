// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/usersfile.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

/// The strings of a value that is a string or a list of them; nothing if it is neither.
std::optional<QStringList> strings(const QJsonValue &value)
{
    if (value.isString())
        return QStringList{value.toString()};
    if (value.isUndefined() || value.isNull())
        return QStringList();
    if (!value.isArray())
        return std::nullopt;
    QStringList strings;
    for (const QJsonValue entry : value.toArray()) {
        if (!entry.isString())
            return std::nullopt;
        strings.append(entry.toString());
    }
    return strings;
}

Result<UserContext> parseUser(const QJsonValue &value)
{
    const auto fault = [](const QString &message) { return Error{ErrorCode::InvalidArgument, message}; };
    const QJsonObject object = value.toObject();
    UserContext user;
    const QJsonValue id = object.value("id"_L1);
    user.id = id.isDouble() ? QString::number(id.toInteger()) : id.toString();
    if (user.id.isEmpty())
        return fault(u"it has no \"id\""_s);
    user.name = object.value("name"_L1).toString(user.id);
    const auto roles = strings(object.value("roles"_L1));
    if (!roles)
        return fault(u"\"roles\" is not a list of strings"_s);
    user.roles = *roles;
    const QJsonValue claims = object.value("claims"_L1);
    if (!claims.isUndefined() && !claims.isNull() && !claims.isObject())
        return fault(u"\"claims\" is not an object"_s);
    const QJsonObject members = claims.toObject();
    for (auto claim = members.begin(); claim != members.end(); ++claim) {
        const auto values = strings(claim.value());
        if (!values)
            return fault(u"the claim \"%1\" is not a string or a list of strings"_s.arg(claim.key()));
        for (const QString &text : *values)
            user.claims.insert(claim.key(), text);
    }
    return user;
}

} // namespace

Result<UserResolver> readUsersFile(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, u"%1 cannot be read: %2"_s.arg(fileName, file.errorString())};
    const QByteArray text = file.readAll();
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(text, &fault);
    if (fault.error != QJsonParseError::NoError)
        return Error{ErrorCode::InvalidArgument,
                     u"%1 line %2: %3"_s.arg(fileName)
                         .arg(text.first(std::min<qsizetype>(fault.offset, text.size())).count('\n') + 1)
                         .arg(fault.errorString())};
    if (!document.isArray())
        return Error{ErrorCode::InvalidArgument, u"%1: a list of users is expected"_s.arg(fileName)};

    auto users = std::make_shared<QHash<QString, UserContext>>();
    const QJsonArray entries = document.array();
    for (qsizetype index = 0; index < entries.size(); ++index) {
        auto user = parseUser(entries.at(index));
        if (!user)
            return Error{user.error().code, u"%1: user %2: %3"_s.arg(fileName).arg(index + 1).arg(user.error().message)};
        if (users->contains(user->id))
            return Error{ErrorCode::InvalidArgument,
                         u"%1: user %2: the id \"%3\" comes twice"_s.arg(fileName).arg(index + 1).arg(user->id)};
        users->insert(user->id, *user);
    }
    return UserResolver(
        [users = std::shared_ptr<const QHash<QString, UserContext>>(users)](const QString &id) -> std::optional<UserContext> {
            const auto found = users->constFind(id);
            return found == users->constEnd() ? std::nullopt : std::optional(*found);
        });
}

} // namespace stint::cli
