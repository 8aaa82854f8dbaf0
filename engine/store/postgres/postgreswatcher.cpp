// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgreswatcher.h"

#include "engine/logging.h"

#include <QSqlDriver>
#include <QTimer>

#include <chrono>

namespace stint {

namespace {
using namespace std::chrono_literals;
constexpr auto lookInterval = 1s;
} // namespace

PostgresWatcher::PostgresWatcher(PostgresAddress address, QString ownName, std::function<void()> notify)
    : m_address(std::move(address))
    , m_ownName(std::move(ownName))
    , m_notify(std::move(notify))
{
    m_there.moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::started, &m_there, [this] {
        listen();
        auto *const timer = new QTimer(&m_there);
        QObject::connect(timer, &QTimer::timeout, &m_there, [this] { look(); });
        timer->start(lookInterval);
    });
    // What lives on the thread ends there.
    QObject::connect(
        &m_thread, &QThread::finished, &m_there,
        [this] {
            qDeleteAll(m_there.children());
            m_db.reset();
        },
        Qt::DirectConnection);
    m_thread.start();
}

PostgresWatcher::~PostgresWatcher()
{
    m_thread.quit();
    m_thread.wait();
}

void PostgresWatcher::listen()
{
    try {
        m_db = std::make_unique<PostgresConnection>(m_address);
    } catch (const PostgresError &error) {
        qCDebug(logStore).noquote() << error.error().message;
        return;
    }
    QObject::connect(m_db->driver(), &QSqlDriver::notification, &m_there,
                     [this](const QString &, QSqlDriver::NotificationSource, const QVariant &payload) {
                         if (payload.toString() != m_ownName)
                             m_notify();
                     });
    m_db->driver()->subscribeToNotification(QStringLiteral("stint"));
    m_notify(); // something may have come before
}

/// A net below the notices: tells whether the connection lives.
void PostgresWatcher::look()
{
    try {
        if (m_db)
            m_db->execute("SELECT 1");
    } catch (const PostgresError &) {
        m_db.reset();
    }
    if (!m_db) {
        m_notify();
        listen();
    }
}

} // namespace stint
