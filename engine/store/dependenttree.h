// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace stint {

/// A queued job that waits for another.
struct WaitingJob {
    std::int64_t id = 0;
    std::optional<std::int64_t> enqueuedBy; ///< the job whose attempt enqueued it as its batch
    std::optional<std::int64_t> enqueuedByGeneration;
};

/// What becomes of the jobs that wait for one that did not succeed, to any depth, in any kind of store. Within a
/// transaction.
class DependentTree final
{
public:
    struct Rows {
        std::function<std::vector<WaitingJob>(std::int64_t parentId)> waitingFor;
        std::function<void(std::int64_t id)> cancel; ///< the one job, because its parent failed
    };

    explicit DependentTree(Rows rows)
        : m_rows(std::move(rows))
    {
    }

    void cancel(std::int64_t parentId) const;
    /// Of an attempt that will run again: its batch, which the caller is to delete. Others that wait for a job of the
    /// batch are cancelled.
    [[nodiscard]] QList<std::int64_t> discard(std::int64_t parentId, std::int64_t generation) const;

private:
    Rows m_rows;
};

} // namespace stint
