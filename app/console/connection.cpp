// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/connection.h"

#include "engine/jobqueue.h"

#include <QFileInfo>

namespace stint {

Connection::Connection(QObject *parent)
    : QObject(parent)
{
}

Connection::~Connection() = default;

void Connection::attach(const QString &location, bool readOnly)
{
    detach();
    m_location = QFileInfo(location).absoluteFilePath();
    m_attaching = true;
    Q_EMIT changed();
    m_reader.read(
        StoreReader::Running::Stop, [place = m_location, readOnly](const std::stop_token &) { return open(place, readOnly); },
        [this](Opened opened) { accept(std::move(opened)); });
}

void Connection::attach(std::shared_ptr<JobStore> store)
{
    detach();
    m_location = store->info().location;
    accept({std::move(store), {}});
}

Connection::Opened Connection::open(const QString &location, bool readOnly)
{
    auto looking = JobQueue::openStore(location, OpenMode::ReadOnly);
    if (!looking)
        return {looking, {}};
    if (readOnly)
        return {looking, tr("This window was opened read-only.")};
    if (!(*looking)->info().ours)
        return {looking, tr("Stint did not make this store, so it only looks at it.")};
    auto writing = JobQueue::openStore(location, OpenMode::ReadWrite);
    if (!writing)
        return {looking, tr("The store cannot be written: %1").arg(writing.error().message)};
    return {writing, {}};
}

void Connection::accept(Opened opened)
{
    m_attaching = false;
    if (opened.store) {
        m_readOnlyReason = opened.readOnlyReason;
        take(std::move(opened.store).value());
    } else {
        m_error = opened.store.error();
    }
    Q_EMIT changed();
    Q_EMIT accessChanged();
}

void Connection::take(std::shared_ptr<JobStore> store)
{
    m_store = std::move(store);
    m_info = m_store->info();
    if (m_info.readOnly && m_readOnlyReason.isEmpty())
        m_readOnlyReason = tr("The store is open read-only.");
    m_changes = std::make_unique<StoreChanges>(m_store);
    connect(m_changes.get(), &StoreChanges::changed, this, [this] {
        readCounts();
        Q_EMIT storeChanged();
    });
    readCounts();
}

void Connection::detach()
{
    m_reader.cancel();
    m_changes.reset();
    m_store.reset();
    m_info = {};
    m_counts.reset();
    m_hosts.clear();
    m_error.reset();
    m_readOnlyReason.clear();
    m_locked = false;
    m_attaching = false;
    m_location.clear();
    Q_EMIT changed();
    Q_EMIT accessChanged();
    Q_EMIT countsChanged();
}

QString Connection::whyReadOnly() const
{
    if (!m_store)
        return tr("No store is attached.");
    if (!m_readOnlyReason.isEmpty())
        return m_readOnlyReason;
    return m_locked ? tr("You locked this window. Unlock it in the connection bar.") : QString();
}

void Connection::setLocked(bool locked)
{
    m_locked = locked;
    Q_EMIT accessChanged();
}

void Connection::readCounts()
{
    struct Found {
        Result<JobCounts> counts;
        Result<QList<HostInfo>> hosts;
    };
    m_reader.read(
        StoreReader::Running::Keep,
        [store = m_store](const std::stop_token &) {
            return Found{store->counts(), store->hosts()};
        },
        [this](Found found) {
            m_counts = found.counts ? std::optional(*found.counts) : std::nullopt;
            m_hosts = found.hosts ? *found.hosts : QList<HostInfo>();
            Q_EMIT countsChanged();
        });
}

} // namespace stint
