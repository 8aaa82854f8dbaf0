// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/storechanges.h"

namespace stint {

StoreChanges::StoreChanges(std::shared_ptr<JobStore> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(std::chrono::milliseconds{300});
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        if (m_pending)
            tell();
    });
    m_subscription = m_store->subscribe([this](const StoreChange &) {
        if (!m_queued.exchange(true))
            QMetaObject::invokeMethod(this, &StoreChanges::receive, Qt::QueuedConnection);
    });
}

StoreChanges::~StoreChanges()
{
    m_store->unsubscribe(m_subscription);
}

void StoreChanges::setPaused(bool paused)
{
    m_paused = paused;
    if (!paused && m_pending)
        tell();
}

void StoreChanges::tellNow()
{
    m_pending = false;
    m_quiet.start();
    Q_EMIT changed();
}

void StoreChanges::receive()
{
    m_queued = false;
    m_pending = true;
    if (!m_quiet.isActive())
        tell();
}

void StoreChanges::tell()
{
    if (!m_paused)
        tellNow();
}

} // namespace stint
