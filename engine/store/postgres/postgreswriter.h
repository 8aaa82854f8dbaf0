// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/admission.h"
#include "engine/store/jobstore.h"
#include "engine/store/postgres/joblog.h"
#include "engine/store/statssum.h"
#include "engine/store/writequeue.h"

#include <memory>
#include <vector>

namespace stint {

/// The writing connection of a store. Other processes write at the same time: rows are locked as they are looked at,
/// and a transaction that PostgreSQL ends because of a deadlock is done again. Writer's thread only.
class PostgresWriter final : public WriteTarget
{
public:
    using Failure = PostgresError; ///< what its operations throw
    /// Told of each commit.
    using Listener = std::function<void(const StoreChange &)>;

    /// `name` tells this store's notices from those of others.
    PostgresWriter(PostgresAddress address, Durability durability, QString name, std::shared_ptr<const Clock> clock, Listener listener);

    // For the operations.
    [[nodiscard]] PostgresConnection &db() { return *m_db; }
    [[nodiscard]] Timestamp now() const;
    void appendLog(const QList<LogLine> &lines) { postgres::joblog::append(*m_db, lines); }
    [[nodiscard]] QStringList loggedSince(std::int64_t jobId, Timestamp date) { return postgres::joblog::loggedSince(*m_db, jobId, date); }
    /// The partitions of a month are there from now on.
    void needMonth(YearMonth month);
    /// A job ended for good in this transaction.
    void countEnded(EndedJob job) { m_ended.push_back(std::move(job)); }
    void noteJobsMayBeDue() { m_change.jobsMayBeDue = true; }
    void noteCancelRequest() { m_change.cancelRequested = true; }
    void noteTasksChanged() { m_change.tasksChanged = true; }
    /// What the living host can run, as of this transaction; null where no host lives.
    [[nodiscard]] const admission::KnownNames *knownNames();

    // Hosting. The lock belongs to this connection: who has lost it can no longer write as a host.
    void beginHosting(const HostInfo &host);
    void endHosting();

    Result<void> begin() override;
    Result<void> apply(const std::function<void()> &operation, bool &lost) override;
    Result<void> commit() override;
    void rollback() override;
    void afterCommit() override;
    std::optional<std::chrono::steady_clock::time_point> deferredUntil() const override { return {}; }

private:
    void connect();
    void startAgain();
    void forget();

    const PostgresAddress m_address;
    const Durability m_durability;
    const QString m_name;
    const std::shared_ptr<const Clock> m_clock;
    const Listener m_listener;
    std::unique_ptr<PostgresConnection> m_db;
    QString m_hostId;                                     ///< of the host that this process is
    std::vector<const std::function<void()> *> m_applied; ///< in this transaction
    std::vector<EndedJob> m_ended;                        ///< in this transaction
    QSet<QString> m_months;                               ///< whose partitions are there
    std::optional<QString> m_livingHost;                  ///< as of this transaction
    QString m_namesHost;                                  ///< whose names these are:
    admission::KnownNames m_names;
    StoreChange m_change;
    bool m_committed = false;
};

} // namespace stint
