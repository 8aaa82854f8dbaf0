// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/jobquery.h"
#include "engine/store/jobstore.h"
#include "engine/store/sqlite/rowjournal.h"
#include "engine/store/sqlite/sqliteconnection.h"
#include "engine/store/writequeue.h"

#include <map>
#include <memory>

namespace stint {

/// Writes to a store that another program made and may be using at this moment: each operation is a transaction of its
/// own, the rows it changes are saved first, and no file is migrated or given another journal mode. A job that moves
/// between two files is in both rather than in none if the process dies. Writer's thread only; operations throw
/// SqliteError. Source: storage format 11.
class ForeignWriter final : public WriteTarget
{
public:
    using Failure = SqliteError; ///< what its operations throw
    using Listener = std::function<void(const StoreChange &)>;

    ForeignWriter(const QString &folder, std::shared_ptr<const Clock> clock, Listener listener);
    ~ForeignWriter() override;

    // For the operations.
    [[nodiscard]] SqliteConnection &db() { return *m_db; }
    [[nodiscard]] Timestamp now() const { return m_clock->now(); }
    /// The process that has the store open, in words; null if none has. An operation that was told so fails if one
    /// opens the store before its end.
    [[nodiscard]] const QString &user();

    /// A row as it is, noted in the journal.
    void save(const char *action, const SqliteConnection &file, const char *table, const StoredRow &row)
    {
        m_journal.add(action, file.path(), table, row, now());
    }

    /// Which way the jobs of an operation move.
    enum class Move : std::uint8_t {
        ToMonth, ///< the month's file is committed first
        ToQueue, ///< jobs.db is
    };
    /// The file of a month, locked until the operation's end; null if there is none. One that jobs move to is made.
    [[nodiscard]] SqliteConnection *month(YearMonth month, Move move);

    Result<void> begin() override { return {}; }
    Result<void> apply(const std::function<void()> &operation, bool &lost) override;
    Result<void> commit() override { return {}; }
    void rollback() override { }
    void afterCommit() override;
    std::optional<std::chrono::steady_clock::time_point> deferredUntil() const override { return {}; }

private:
    struct Month;

    void beginOperation();
    void endOperation();
    void undoOperation();
    void commitMonths(Move move);

    const QString m_folder;
    const std::shared_ptr<const Clock> m_clock;
    const Listener m_listener;
    RowJournal m_journal;
    std::unique_ptr<SqliteConnection> m_db;
    std::map<YearMonth, std::unique_ptr<Month>> m_months; ///< of this operation
    std::optional<QString> m_user;                        ///< of this operation, once asked for
    bool m_changed = false;
};

} // namespace stint
