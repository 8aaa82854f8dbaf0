// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/jobstore.h"
#include "engine/store/sqlite/hourlyrollup.h"
#include "engine/store/sqlite/joblog.h"
#include "engine/store/sqlite/montharchive.h"
#include "engine/store/turnstile.h"
#include "engine/store/writequeue.h"

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace stint {

/// The writing connection of a store and the protocol that moves finished jobs into their month:
/// T1 (the end of a job, in jobs.db), M1 (its copy, in the month), T2 (its delete, riding in the next transaction);
/// and for a requeue R1 (the job back in jobs.db) and R2 (the old copy deleted). Writer's thread only.
class SqliteWriter final : public WriteTarget
{
public:
    using Failure = SqliteError; ///< what its operations throw
    /// Told of each commit, and of problems.
    using Listener = std::function<void(const StoreChange &)>;

    SqliteWriter(const QString &folder, std::unique_ptr<SqliteConnection> db, std::shared_ptr<const Clock> clock, Listener listener);

    // For the operations.
    [[nodiscard]] SqliteConnection &db() { return *m_db; }
    [[nodiscard]] MonthArchive &months() { return m_months; }
    [[nodiscard]] Timestamp now() const { return m_clock->now(); }
    void appendLog(const QList<LogLine> &lines) { joblog::append(*m_db, lines); }
    [[nodiscard]] QStringList loggedSince(std::int64_t jobId, Timestamp date) { return joblog::loggedSince(*m_db, jobId, date); }
    /// The job's end is recorded in this transaction: M1 and T2 are to follow.
    void archiveLater(const ArchiveEntry &entry) { m_ended.push_back(entry); }
    /// A job ended for good in this transaction.
    void countEnded(EndedJob job) { m_rollup.add(std::move(job)); }
    /// The job was put back into the queue in this transaction: R2 is to follow.
    void removeStaleLater(YearMonth month, std::int64_t id, std::int64_t generation);
    /// What subscribers are told once this transaction is on disk.
    void noteJobsMayBeDue() { m_change.jobsMayBeDue = true; }
    void noteCancelRequest() { m_change.cancelRequested = true; }
    void noteTasksChanged() { m_change.tasksChanged = true; }

    /// From now on this is the store's host, which others must not be kept waiting by.
    void beginHosting() { m_isHost = true; }

    /// Takes up what an earlier process left between two steps. Within an operation.
    void resume();
    /// The same for another process that died meanwhile, while there is nothing else to archive: once it is certain
    /// that the other does not go on with it itself.
    void takeUpStrays();

    Result<void> begin() override;
    Result<void> apply(const std::function<void()> &operation, bool &lost) override;
    Result<void> commit() override;
    void rollback() override;
    void afterCommit() override;
    std::optional<std::chrono::steady_clock::time_point> deferredUntil() const override;

private:
    struct StaleCopy {
        YearMonth month;
        std::int64_t id = 0;
        std::int64_t generation = 0;
        bool removed = false;
    };
    Result<void> open();
    Result<void> startAgain();
    Result<void> applySingly(const std::function<void()> &operation, bool &lost);
    void takeWriteLock();
    void resumeEndedBefore(Timestamp moment);
    void deleteArchived();
    /// Nothing where the queue does not have the job.
    [[nodiscard]] std::optional<std::int64_t> generationInQueue(std::int64_t id);
    // What is due in the months, but for those that m_unreachable names.
    void archiveEnded();
    void removeStaleCopies();
    void postpone(YearMonth month, const Error &error);

    std::unique_ptr<SqliteConnection> m_db;
    Turnstile m_turnstile;
    bool m_isHost = false;
    std::chrono::steady_clock::time_point m_lastCommit;
    std::chrono::steady_clock::time_point m_lastRest;
    MonthArchive m_months;
    HourlyRollup m_rollup;
    std::shared_ptr<const Clock> m_clock;
    Listener m_listener;
    StoreChange m_change;
    std::vector<const std::function<void()> *> m_applied;        ///< this transaction's operations, while none has failed
    bool m_singly = false;                                       ///< one has failed: each has a savepoint of its own
    std::vector<ArchiveEntry> m_ended;                           ///< this transaction's, not yet committed
    std::map<YearMonth, std::vector<ArchiveEntry>> m_unarchived; ///< T1 is on disk, M1 is not
    std::vector<ArchiveEntry> m_archived;                        ///< M1 is on disk, T2 is not
    std::vector<StaleCopy> m_requeued;                           ///< this transaction's, not yet committed
    std::vector<StaleCopy> m_stale;                              ///< R1 is on disk; R2, or the note of it, is to be done
    std::size_t m_deleted = 0;                                   ///< how many of m_archived this transaction deletes
    bool m_committed = false;
    std::set<std::int64_t> m_refused;  ///< their month cannot take them
    std::set<YearMonth> m_unreachable; ///< months that could not be written, until m_retryAt
    std::optional<std::chrono::steady_clock::time_point> m_retryAt;
    std::chrono::milliseconds m_retryDelay{};
};

} // namespace stint
