// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/writequeue.h"

#include "engine/threadname.h"

#include <algorithm>

namespace stint {

namespace {
/// Enough to make the cost of a commit vanish, few enough to keep a transaction short.
constexpr std::size_t groupLimit = 1000;
/// After a failed transaction, for work that nobody waits for.
constexpr std::chrono::seconds restAfterFailure{1};
} // namespace

WriteQueue::WriteQueue(WriteTarget &target)
    : m_target(target)
    , m_thread([this] { run(); })
{
}

WriteQueue::~WriteQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void WriteQueue::post(Operation operation, Complete complete)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back({std::move(operation), std::move(complete), {}});
        ++m_posted;
    }
    m_wake.notify_one();
}

void WriteQueue::postBounded(Operation operation, Complete complete, std::size_t limit)
{
    if (std::this_thread::get_id() != m_thread.get_id()) {
        std::unique_lock lock(m_mutex);
        m_drained.wait(lock, [&] { return m_waiting.size() < limit; });
    }
    post(std::move(operation), std::move(complete));
}

void WriteQueue::flush()
{
    std::unique_lock lock(m_mutex);
    const std::uint64_t last = m_posted;
    std::optional<std::uint64_t> lastRound;
    m_drained.wait(lock, [&] {
        if (m_written < last)
            return false;
        if (!lastRound)
            lastRound = m_rounds;
        if (m_rounds > *lastRound)
            return true; // the follow-up work went with the round after
        if (!m_waiting.empty() || m_writing)
            return false;
        const auto deferred = deferredUntil();
        return !deferred || *deferred > std::chrono::steady_clock::now();
    });
}

/// With the lock held, or on the writer's thread.
std::optional<std::chrono::steady_clock::time_point> WriteQueue::deferredUntil() const
{
    const auto wanted = m_target.deferredUntil();
    return wanted ? std::optional(std::max(*wanted, m_deferredNotBefore)) : std::nullopt;
}

void WriteQueue::run()
{
    nameThread("stint-writer");
    std::unique_lock lock(m_mutex);
    for (;;) {
        const auto deferred = deferredUntil();
        const auto ready = [this] { return m_stopping || !m_waiting.empty(); };
        if (!ready()) {
            m_drained.notify_all();
            if (deferred)
                m_wake.wait_until(lock, *deferred, ready);
            else
                m_wake.wait(lock, ready);
        }
        const bool due = deferred && *deferred <= std::chrono::steady_clock::now();
        if (m_waiting.empty() && !due) {
            if (m_stopping)
                return;
            continue;
        }
        std::deque<Entry> group;
        if (m_waiting.size() <= groupLimit) {
            group.swap(m_waiting);
        } else {
            const auto end = m_waiting.begin() + static_cast<std::ptrdiff_t>(groupLimit);
            group.assign(std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(end));
            m_waiting.erase(m_waiting.begin(), end);
        }
        m_writing = true;
        lock.unlock();
        m_drained.notify_all();
        const std::size_t size = group.size();
        const bool onDisk = write(group);
        lock.lock();
        m_writing = false;
        m_written += size;
        ++m_rounds;
        if (!onDisk)
            m_deferredNotBefore = std::chrono::steady_clock::now() + restAfterFailure;
    }
}

bool WriteQueue::write(std::deque<Entry> &group)
{
    Result<void> outcome = m_target.begin();
    if (outcome) {
        for (Entry &entry : group) {
            bool lost = false;
            entry.result = m_target.apply(entry.operation, lost);
            if (lost) {
                outcome = entry.result;
                break;
            }
        }
        if (outcome)
            outcome = m_target.commit();
        if (!outcome)
            m_target.rollback();
    }
    for (Entry &entry : group) {
        if (entry.complete)
            entry.complete(outcome ? entry.result : outcome);
    }
    group.clear();
    m_target.afterCommit();
    return outcome.ok();
}

} // namespace stint
