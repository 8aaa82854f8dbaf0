// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqliteconnection.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>

namespace stint {

/// A job whose end is recorded in jobs.db and whose row is to move to its month.
struct ArchiveEntry {
    std::int64_t id = 0;
    std::int64_t generation = 0;
    JobState state = JobState::Completed;
    YearMonth month;
    bool hasAttempts = false; ///< it may have rows in JobAttempt
    bool manyLines = false;   ///< its log is too long for one column: the lines move with it
};
/// Whether what moves the one moves the other as well.
inline bool isMovedAlike(const ArchiveEntry &one, const ArchiveEntry &other)
{
    return one.generation == other.generation && (one.state == JobState::Completed) == (other.state == JobState::Completed)
        && one.hasAttempts == other.hasAttempts && one.manyLines == other.manyLines;
}

/// The month databases of a store, for its writer. Opens a month when it is needed and closes it, checkpointed, when
/// it has been idle, so that each stays a plain file. Writer's thread only. Throws SqliteError.
class MonthArchive final
{
public:
    explicit MonthArchive(QString folder);
    ~MonthArchive();
    Q_DISABLE_COPY_MOVE(MonthArchive)

    /// Copies the finished rows of one month from jobs.db, each replacing an older copy, in one transaction (step M1).
    /// Sorts the entries by id and sets hasAttempts to whether the attempts were copied too. Entries whose row is no longer that generation
    /// are passed over; those that cannot be copied are returned and stay where they are.
    [[nodiscard]] QList<std::int64_t> archive(YearMonth month, std::span<ArchiveEntry> entries);
    /// Deletes the copy of a requeued job, unless it is newer than `generation` (step R2).
    void removeStale(YearMonth month, std::int64_t id, std::int64_t generation);

    /// Deletes a job's row from one table of a month, whatever its generation: one of two that contradict each other.
    void removeCopy(YearMonth month, std::int64_t id, bool completed);

    /// A finished job as its month has it; months that do not exist are not made.
    [[nodiscard]] std::optional<Job> read(YearMonth month, std::int64_t id);

    /// Copies the month's summaries into its file and moves the file, checkpointed and closed, to `target`, which must be
    /// on the same file system.
    void moveAway(YearMonth month, const QString &target);
    /// Closes months that have been idle; nothing left open gives no moment.
    void closeIdle();
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> closesAt() const;

    [[nodiscard]] static QString fileName(YearMonth month);
    /// The month that a file of this name holds.
    [[nodiscard]] static std::optional<YearMonth> monthOf(QStringView fileName);

private:
    struct Month;
    Month &open(YearMonth month);
    [[nodiscard]] QString path(YearMonth month) const;

    QString m_folder;
    std::map<YearMonth, std::unique_ptr<Month>> m_open;
};

} // namespace stint
