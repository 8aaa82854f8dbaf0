// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/storefolder.h"

#include <QMap>

namespace stint::test {

/// Some of all that can happen to a store, over three months, with a note of what was promised and when. A step that
/// fails, or whose job there is not, is left out.
class StoreLife final
{
public:
    /// `now` numbers the moments; it may be asked on any thread.
    StoreLife(QString root, std::function<qint64()> now);

    /// In memory where that is possible.
    [[nodiscard]] static QString folderTemplate();

    void run();
    /// After faults: the same store, as it was left, takes a job. Empty if so.
    [[nodiscard]] QString isUsable();
    /// Ends the process's part, as far as that is seen from the disk.
    void close() { m_store.reset(); }

    /// Lets a host put right what is below `root`, a copy that was made at `moment`, and says what is wrong then.
    [[nodiscard]] QString faultAt(const QString &root, qint64 moment) const;
    /// How many operations were acknowledged by then.
    [[nodiscard]] qint64 promisesKept(qint64 moment) const;

private:
    /// What an operation makes of jobs; from `begun` on it may be so, from `kept` on it is.
    struct Promise {
        QMap<std::int64_t, JobState> states;
        qint64 begun = 0;
        std::optional<qint64> kept;
        std::int64_t endedJob = 0; ///< whose attempt it ends
        QString line = {};         ///< what that attempt has logged
    };
    template <typename T, typename Start>
    std::optional<T> promise(QMap<std::int64_t, JobState> states, Start &&start);

    bool open();
    void host();
    QList<std::int64_t> enqueue(int count, JobOptions options = {});
    std::optional<Job> claim(std::int64_t id);
    void end(const std::optional<Job> &job, AttemptEnd::Kind kind, JobState state, const QMap<std::int64_t, JobState> &others = {});
    [[nodiscard]] static Completion<QList<ActionResult>> ifDone(Completion<QList<ActionResult>> done);
    void cancel(std::int64_t id, const QMap<std::int64_t, JobState> &others = {});
    void requeue(std::int64_t id);
    void checkpoint() const;
    void prune();
    [[nodiscard]] static PruneRequest pruneRequest(const QString &root);
    [[nodiscard]] QString recover(const QString &root, qint64 moment) const;
    [[nodiscard]] QString faultOf(std::int64_t id, const JobStore &store, const QString &root, qint64 moment) const;

    QString m_root;
    std::function<qint64()> m_now;
    std::shared_ptr<FakeClock> m_clock = std::make_shared<FakeClock>();
    std::shared_ptr<JobStore> m_store;
    std::vector<Promise> m_promises;
    std::optional<qint64> m_pruneBegun;
    std::optional<qint64> m_pruned;
};

} // namespace stint::test
