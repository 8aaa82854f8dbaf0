// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/sqlite/monthbounds.h"

#include <mutex>
#include <stop_token>
#include <vector>

namespace stint {

/// Looks up jobs in a store's files. Any thread: each call takes a connection of its own from a small pool and a
/// short snapshot of each file. Throws SqliteError.
class SqliteReader final
{
public:
    SqliteReader(QString folder, OpenMode mode, std::shared_ptr<const Clock> clock);
    ~SqliteReader();
    Q_DISABLE_COPY_MOVE(SqliteReader)

    /// Reads the mark of a store that is ours.
    void readInfo(StoreInfo &info) const;

    [[nodiscard]] JobPage list(const JobQuery &query, const std::stop_token &stop) const;
    /// Whether jobs.db has no tables yet.
    [[nodiscard]] bool isBlank() const;
    [[nodiscard]] std::optional<JobResult> find(std::int64_t id) const;
    [[nodiscard]] std::optional<JobResult> find(const QString &refId) const;
    [[nodiscard]] QList<YearMonth> months() const; ///< newest first
    [[nodiscard]] QList<ScheduledTask> scheduledTasks() const;
    [[nodiscard]] QList<TaskOccurrence> occurrences(std::int64_t taskId, int limit) const; ///< newest first

    /// Runs `look` in a snapshot of a file, again if the file changed under a reader without locks.
    template <typename Look>
    auto snapshot(const QString &path, Look &&look, const std::stop_token &stop = {}) const
    {
        std::unique_ptr<ReadConnection> connection;
        auto found = snapshot(path, connection, std::forward<Look>(look), stop);
        giveBack(path, std::move(connection));
        return found;
    }
    /// Fills in the progress of a running job that reports none.
    static void estimateProgress(ReadConnection &file, Job &job, Timestamp now);
    /// Whether the file at hand is a queue with Stint's own columns.
    [[nodiscard]] static bool isOurs(ReadConnection &file);
    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] QString queuePath() const { return m_folder + QStringLiteral("/jobs.db"); }
    [[nodiscard]] QString monthPath(YearMonth month) const;

private:
    /// What one read of the archive gives: a page and one row more, without what is left out.
    struct ArchivedRows {
        QList<Job> jobs;
        QStringList problems;
        std::optional<std::int64_t> readOnFrom; ///< behind this id, if rows were left out that had been read in place of others
    };

    /// By the connection given, if it still serves, and leaves there the one that it took. A program that ends meanwhile leaves
    /// its log behind: it is to be held for no longer than a page takes.
    template <typename Look>
    auto snapshot(const QString &path, std::unique_ptr<ReadConnection> &connection, Look &&look, const std::stop_token &stop) const;
    [[nodiscard]] std::unique_ptr<ReadConnection> acquire(const QString &path) const;
    void giveBack(const QString &path, std::unique_ptr<ReadConnection> connection) const;

    template <typename Key>
    [[nodiscard]] std::optional<JobResult> findBy(const char *condition, const Key &key) const;
    [[nodiscard]] bool readArchived(JobResult &result) const;
    [[nodiscard]] JobPage archivedPage(const JobQuery &query, const std::stop_token &stop) const;
    [[nodiscard]] ArchivedRows archivedRows(const JobQuery &query, const std::stop_token &stop) const;
    static qsizetype leaveOutRequeued(ReadConnection &queue, QList<Job> &jobs);

    QString m_folder;
    OpenMode m_mode;
    std::shared_ptr<const Clock> m_clock;
    mutable MonthBounds m_monthBounds;
    mutable std::mutex m_mutex;
    mutable std::vector<std::pair<QString, std::unique_ptr<ReadConnection>>> m_idle;
    mutable QHash<QString, TableNotes> m_notes; ///< by path, of connections that could not be kept
};

template <typename Look>
auto SqliteReader::snapshot(const QString &path, std::unique_ptr<ReadConnection> &connection, Look &&look,
                            const std::stop_token &stop) const
{
    for (int tries = 0;; ++tries) {
        if (!connection || !connection->wasUndisturbed())
            connection = acquire(path);
        connection->db().setStopToken(stop);
        try {
            SqliteTransaction transaction(connection->db(), SqliteTransaction::Kind::Read);
            connection->noticeSchema();
            auto found = look(*connection);
            transaction.commit();
            connection->db().setStopToken({});
            if (connection->wasUndisturbed())
                return found;
        } catch (const SqliteError &) {
            if (connection->wasUndisturbed())
                throw;
        }
        connection.reset();
        if (tries == 5)
            throw SqliteError(Error{ErrorCode::Busy, path + QStringLiteral(": keeps changing while it is read")});
    }
}

} // namespace stint
