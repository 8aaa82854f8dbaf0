// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/result.h"

#include <QString>

namespace stint {

/// Where a database is: `postgresql://user:password@host:port/database?parameter=value`, as libpq reads it. A Unix
/// socket's folder is given as the parameter `host`; what is left out comes from libpq's environment variables.
struct PostgresAddress {
    QString host;
    int port = -1;
    QString database;
    QString user;
    QString password;
    QString options; ///< further parameters in the form of QSqlDatabase

    [[nodiscard]] static bool isMeant(const QString &location);
    [[nodiscard]] static Result<PostgresAddress> parse(const QString &location);
    /// For people: without the password.
    [[nodiscard]] QString toText() const;
};

} // namespace stint
