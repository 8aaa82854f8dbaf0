// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/result.h"

#include <QtGlobal>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace stint {

/// What a WriteQueue writes to. Called on the queue's own thread only.
class WriteTarget
{
public:
    virtual ~WriteTarget() = default;

    /// Opens the transaction that a group of operations shares.
    [[nodiscard]] virtual Result<void> begin() = 0;
    /// Runs one operation so that it fails alone: on an error all it changed is undone. Sets `lost` if the whole
    /// transaction is gone with it.
    [[nodiscard]] virtual Result<void> apply(const std::function<void()> &operation, bool &lost) = 0;
    [[nodiscard]] virtual Result<void> commit() = 0;
    virtual void rollback() = 0;
    /// Follow-up work in other files, after each commit and whenever `moment` of deferredUntil() has come.
    virtual void afterCommit() = 0;
    /// Whether the target wants a transaction of its own although no operation waits, and when at the earliest.
    [[nodiscard]] virtual std::optional<std::chrono::steady_clock::time_point> deferredUntil() const = 0;

protected:
    WriteTarget() = default;
    Q_DISABLE_COPY_MOVE(WriteTarget)
};

/// The one writer of a store: a thread that drains the operations that wait into one transaction and commits once
/// (group commit). Any thread may post; operations of one thread keep their order.
class WriteQueue final
{
public:
    using Operation = std::function<void()>; ///< may throw what WriteTarget::apply() understands
    using Complete = std::function<void(Result<void>)>;

    explicit WriteQueue(WriteTarget &target);
    /// Writes what waits, then ends the thread.
    ~WriteQueue();
    Q_DISABLE_COPY_MOVE(WriteQueue)

    /// `complete` is called on the writer's thread once the operation is on disk or has failed.
    void post(Operation operation, Complete complete = {});
    /// The same, but waits while more than `limit` operations wait: for callers that could flood the queue.
    void postBounded(Operation operation, Complete complete, std::size_t limit);
    /// Blocks until all that was posted before is on disk or has failed, with the follow-up work that can be done now,
    /// whatever others post meanwhile.
    void flush();

private:
    struct Entry {
        Operation operation;
        Complete complete;
        Result<void> result;
    };

    void run();
    /// Returns whether the transaction is on disk.
    bool write(std::deque<Entry> &group);
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> deferredUntil() const;

    WriteTarget &m_target;
    std::mutex m_mutex;
    std::condition_variable m_wake;    ///< for the writer
    std::condition_variable m_drained; ///< for those who wait for room or for a flush
    std::deque<Entry> m_waiting;
    bool m_stopping = false;
    bool m_writing = false;
    std::uint64_t m_posted = 0;
    std::uint64_t m_written = 0;                               ///< of those posted: on disk or failed
    std::uint64_t m_rounds = 0;                                ///< transactions so far
    std::chrono::steady_clock::time_point m_deferredNotBefore; ///< a target that cannot write is given a rest
    std::thread m_thread;
};

} // namespace stint
