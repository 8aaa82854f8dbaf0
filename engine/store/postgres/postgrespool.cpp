// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgrespool.h"

namespace stint {

namespace {
constexpr std::size_t idleLimit = 4;
} // namespace

std::unique_ptr<PostgresConnection> PostgresPool::acquire() const
{
    for (;;) {
        std::unique_ptr<PostgresConnection> connection;
        {
            const std::lock_guard lock(m_mutex);
            if (m_idle.empty())
                break;
            connection = std::move(m_idle.back());
            m_idle.pop_back();
        }
        connection->enterThread();
        try {
            connection->execute("SELECT 1"); // the server may have been restarted meanwhile
            return connection;
        } catch (const PostgresError &) {
            continue;
        }
    }
    return std::make_unique<PostgresConnection>(m_address);
}

void PostgresPool::giveBack(std::unique_ptr<PostgresConnection> connection) const
{
    const std::lock_guard lock(m_mutex);
    if (m_idle.size() == idleLimit)
        return;
    connection->leaveThread();
    m_idle.push_back(std::move(connection));
}

} // namespace stint
