// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/result.h"

#include <exception>

struct sqlite3;

namespace stint {

/// What SQLite refused, as an Error. Thrown within engine/store/sqlite only; the store turns it into a Result.
class SqliteError final : public std::exception
{
public:
    explicit SqliteError(Error error)
        : m_error(std::move(error))
    {
    }
    /// The last failure of `db`; `what` says what was being done to which file.
    [[nodiscard]] static SqliteError of(sqlite3 *db, int code, const QString &what);

    [[nodiscard]] const Error &error() const noexcept { return m_error; }
    [[nodiscard]] const char *what() const noexcept override { return "SQLite error"; }

private:
    Error m_error;
};

} // namespace stint
