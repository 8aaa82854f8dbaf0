// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgresconnection.h"

#include <memory>
#include <mutex>
#include <vector>

namespace stint {

/// Connections for those who look. Any thread: each look has a connection of its own and one snapshot.
class PostgresPool final
{
public:
    explicit PostgresPool(PostgresAddress address)
        : m_address(std::move(address))
    {
    }

    /// Runs `look` in a snapshot. Throws PostgresError.
    template <typename Look>
    auto snapshot(Look &&look) const
    {
        auto connection = acquire();
        connection->execute("START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        auto found = look(*connection);
        connection->execute("COMMIT");
        giveBack(std::move(connection));
        return found; // a connection whose look has failed is closed
    }
    [[nodiscard]] const PostgresAddress &address() const { return m_address; }

private:
    [[nodiscard]] std::unique_ptr<PostgresConnection> acquire() const;
    void giveBack(std::unique_ptr<PostgresConnection> connection) const;

    const PostgresAddress m_address;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<PostgresConnection>> m_idle;
};

} // namespace stint
