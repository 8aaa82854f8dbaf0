// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgresconnection.h"

#include <QThread>

#include <functional>
#include <memory>

namespace stint {

/// Hears of the commits of other stores by LISTEN, on a thread and connection of its own. While the connection is lost
/// it says once a second that something may have changed, and tries to connect again.
class PostgresWatcher final
{
public:
    /// `ownName` is the name of the store whose own notices are passed over. `notify` must not block.
    PostgresWatcher(PostgresAddress address, QString ownName, std::function<void()> notify);
    ~PostgresWatcher();
    Q_DISABLE_COPY_MOVE(PostgresWatcher)

private:
    void listen();
    void look();

    const PostgresAddress m_address;
    const QString m_ownName;
    const std::function<void()> m_notify;
    std::unique_ptr<PostgresConnection> m_db;
    QObject m_there; ///< lives on the thread
    QThread m_thread;
};

} // namespace stint
