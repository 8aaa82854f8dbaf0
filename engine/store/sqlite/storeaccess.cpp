// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/storeaccess.h"

#include "engine/logging.h"
#include "engine/store/hostlock.h"
#include "engine/store/sqlite/hosting.h"
#include "engine/store/sqlite/schema.h"

namespace stint {

namespace {

QString creator()
{
    return QStringLiteral("Stint 0.1");
}

} // namespace

StoreAccess::StoreAccess(const SqliteReader &reader, OpenMode mode, Durability durability, std::shared_ptr<const Clock> clock,
                         Listener listener)
    : m_reader(reader)
    , m_mode(mode)
    , m_durability(durability)
    , m_clock(std::move(clock))
    , m_listener(std::move(listener))
{
    m_info.location = reader.folder();
    m_info.hostFolder = reader.folder();
    m_info.readOnly = mode == OpenMode::ReadOnly;
}

StoreAccess::~StoreAccess()
{
    close();
}

void StoreAccess::close()
{
    std::shared_ptr<OwnSide> own; // each ends without the lock: its completions may ask for info()
    std::shared_ptr<ForeignSide> foreign;
    const std::lock_guard lock(m_mutex);
    own.swap(m_own);
    foreign.swap(m_foreign);
}

void StoreAccess::open(bool create)
{
    if (create) {
        m_info.ours = true;
        m_info.createdBy = creator();
    } else {
        m_reader.readInfo(m_info);
    }
    if (m_mode == OpenMode::ReadOnly)
        return;
    if (m_info.ours)
        m_own = openOwnSide(create ? "mode=rwc" : "mode=rw");
    else
        m_foreign = std::make_shared<ForeignSide>(std::make_unique<ForeignWriter>(m_reader.folder(), m_clock, m_listener));
}

std::shared_ptr<StoreAccess::OwnSide> StoreAccess::openOwnSide(const QByteArray &mode)
{
    auto db = std::make_unique<SqliteConnection>(m_reader.queuePath(), mode);
    if (mode == "mode=rwc")
        schema::createQueue(*db, creator(), m_clock->now());
    else
        schema::upgradeQueue(*db);
    db->execute(m_durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    db->execute("PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000");
    return std::make_shared<OwnSide>(std::make_unique<SqliteWriter>(m_reader.folder(), std::move(db), m_clock, m_listener));
}

StoreInfo StoreAccess::info() const
{
    const std::lock_guard lock(m_mutex);
    return m_info;
}

std::shared_ptr<StoreAccess::OwnSide> StoreAccess::own() const
{
    const std::lock_guard lock(m_mutex);
    return m_own;
}

std::shared_ptr<StoreAccess::ForeignSide> StoreAccess::foreign() const
{
    const std::lock_guard lock(m_mutex);
    return m_foreign;
}

Error StoreAccess::whyNotOwn() const
{
    if (m_mode == OpenMode::ReadOnly)
        return {ErrorCode::ReadOnly, QStringLiteral("%1: was opened read-only").arg(m_reader.folder())};
    return {ErrorCode::Foreign,
            QStringLiteral("%1: was made by another program; a host can adopt it (stint host --adopt)").arg(m_reader.folder())};
}

void StoreAccess::adopt()
{
    const std::lock_guard adoption(m_adoptionMutex);
    StoreInfo info = this->info();
    if (info.ours)
        return;
    hosting::adopt(m_reader.folder(), creator(), m_clock->now());
    info.ours = true;
    info.createdBy = creator();
    becomeOurs(info);
}

void StoreAccess::noticeAdoption()
{
    // Whoever adopts a store takes the lock of its host first, and that file stays.
    if (info().ours || !HostLock::exists(m_reader.folder()))
        return;
    const std::lock_guard adoption(m_adoptionMutex);
    StoreInfo found = info();
    if (found.ours)
        return;
    try {
        m_reader.readInfo(found);
        if (found.ours)
            becomeOurs(found);
    } catch (const SqliteError &error) {
        qCWarning(logStore).noquote() << "Whether the store was adopted is not known:" << error.error().message;
    }
}

void StoreAccess::becomeOurs(const StoreInfo &info)
{
    auto side = m_mode == OpenMode::ReadOnly ? nullptr : openOwnSide("mode=rw");
    std::shared_ptr<ForeignSide> former; // ends, with what waits in it, without the lock
    const std::lock_guard lock(m_mutex);
    m_info = info;
    m_own = std::move(side);
    former.swap(m_foreign);
}

} // namespace stint
