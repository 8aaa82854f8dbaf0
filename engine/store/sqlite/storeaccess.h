// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/foreignwriter.h"
#include "engine/store/sqlite/sqlitereader.h"
#include "engine/store/sqlite/sqlitewriter.h"
#include "engine/store/writeside.h"

#include <mutex>

namespace stint {

/// Whether a store is ours or another program's, which an adoption by any process changes, and what writes to it in
/// either case. Any thread.
class StoreAccess final
{
public:
    using OwnSide = WriteSide<SqliteWriter>;
    using ForeignSide = WriteSide<ForeignWriter>;
    using Listener = std::function<void(const StoreChange &)>;

    StoreAccess(const SqliteReader &reader, OpenMode mode, Durability durability, std::shared_ptr<const Clock> clock, Listener listener);
    /// Writes what waits.
    ~StoreAccess();
    Q_DISABLE_COPY_MOVE(StoreAccess)

    /// Makes the store, or opens what is there. Throws SqliteError.
    void open(bool create);

    [[nodiscard]] StoreInfo info() const;
    // Null: it was opened read-only, or is of the other kind.
    [[nodiscard]] std::shared_ptr<OwnSide> own() const;
    [[nodiscard]] std::shared_ptr<ForeignSide> foreign() const;
    /// Why there is no own side.
    [[nodiscard]] Error whyNotOwn() const;

    /// Makes another program's store ours. Throws SqliteError.
    void adopt();
    /// Another process may have done so: then it is ours from now on.
    void noticeAdoption();
    /// Writes what waits, and ends.
    void close();

private:
    [[nodiscard]] std::shared_ptr<OwnSide> openOwnSide(const QByteArray &mode);
    void becomeOurs(const StoreInfo &info);

    const SqliteReader &m_reader;
    const OpenMode m_mode;
    const Durability m_durability;
    const std::shared_ptr<const Clock> m_clock;
    const Listener m_listener;

    std::mutex m_adoptionMutex; ///< taken before the other
    mutable std::mutex m_mutex;
    StoreInfo m_info;
    std::shared_ptr<OwnSide> m_own;
    std::shared_ptr<ForeignSide> m_foreign;
};

} // namespace stint
