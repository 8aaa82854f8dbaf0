// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/store/jobstore.h"
#include "models/storechanges.h"
#include "models/storereader.h"

#include <QObject>

#include <memory>
#include <optional>

namespace stint {

/// The store that the window looks at. Opens it on a thread, for reading first; for writing too where Stint made the
/// store and nobody asked for read-only. GUI thread.
class Connection final : public QObject
{
    Q_OBJECT

public:
    explicit Connection(QObject *parent = nullptr);
    ~Connection() override;

    void attach(const QString &location, bool readOnly);
    /// Takes an open store.
    void attach(std::shared_ptr<JobStore> store);
    void detach();

    [[nodiscard]] bool isAttached() const { return m_store != nullptr; }
    [[nodiscard]] bool isAttaching() const { return m_attaching; }
    [[nodiscard]] const QString &location() const { return m_location; }
    [[nodiscard]] const std::shared_ptr<JobStore> &store() const { return m_store; }
    [[nodiscard]] const StoreInfo &info() const { return m_info; }
    /// The last attempt to attach failed so.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

    [[nodiscard]] bool canWrite() const { return m_store && m_readOnlyReason.isEmpty() && !m_locked; }
    /// Why nothing can be changed, in words; empty if it can.
    [[nodiscard]] QString whyReadOnly() const;
    /// Keeps the operator from changing anything, though the store would allow it.
    void setLocked(bool locked);
    [[nodiscard]] bool isLocked() const { return m_locked; }
    /// The lock could be opened: it is the operator's own.
    [[nodiscard]] bool canUnlock() const { return m_store && m_readOnlyReason.isEmpty(); }

    [[nodiscard]] StoreChanges *changes() const { return m_changes.get(); }
    [[nodiscard]] const std::optional<JobCounts> &counts() const { return m_counts; }
    [[nodiscard]] const QList<HostInfo> &hosts() const { return m_hosts; }

Q_SIGNALS:
    /// Attached, detached, attaching or failed to.
    void changed();
    void accessChanged();
    void countsChanged();
    /// Something in the store has changed: look again.
    void storeChanged();

private:
    struct Opened {
        Result<std::shared_ptr<JobStore>> store;
        QString readOnlyReason;
    };
    [[nodiscard]] static Opened open(const QString &location, bool readOnly);
    void accept(Opened opened);
    void take(std::shared_ptr<JobStore> store);
    void readCounts();

    QString m_location;
    std::shared_ptr<JobStore> m_store;
    StoreInfo m_info;
    QString m_readOnlyReason;
    bool m_locked = false;
    bool m_attaching = false;
    std::optional<Error> m_error;
    std::unique_ptr<StoreChanges> m_changes;
    std::optional<JobCounts> m_counts;
    QList<HostInfo> m_hosts;
    StoreReader m_reader;
};

} // namespace stint
