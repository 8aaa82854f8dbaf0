// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/result.h"

#include <exception>

class QSqlError;

namespace stint {

/// What PostgreSQL refused, as an Error. Thrown within engine/store/postgres only; the store turns it into a Result.
class PostgresError final : public std::exception
{
public:
    explicit PostgresError(Error error)
        : m_error(std::move(error))
    {
    }
    /// `what` says what was being done.
    [[nodiscard]] static PostgresError of(const QSqlError &error, const QString &what);

    [[nodiscard]] const Error &error() const noexcept { return m_error; }
    /// Two transactions waited for each other, and this one was ended: it can be done again.
    [[nodiscard]] bool isDeadlock() const noexcept { return m_isDeadlock; }
    [[nodiscard]] const char *what() const noexcept override { return "PostgreSQL error"; }

private:
    Error m_error;
    bool m_isDeadlock = false;
};

} // namespace stint
