// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMultiMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace stint {

/// The user in whose name a job runs.
struct UserContext {
    QString id;
    QString name;
    QStringList roles;
    QMultiMap<QString, QString> claims;
};

/// Finds a user by id, or nothing if there is none: the job then fails with `NotFound`.
/// Called on a thread of the pool; must be thread-safe.
using UserResolver = std::function<std::optional<UserContext>(const QString &userId)>;

/// Asks a resolver, where there is one. One that throws knows no such user.
[[nodiscard]] inline std::optional<UserContext> resolveUser(const UserResolver &resolver, const QString &userId)
{
    try {
        return resolver ? resolver(userId) : std::nullopt;
    } catch (...) {
        return std::nullopt;
    }
}

} // namespace stint
