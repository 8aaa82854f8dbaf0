// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/writequeue.h"

namespace stint {

namespace {
/// Enough to make the cost of a commit vanish, few enough to keep a transaction short.
constexpr std::size_t groupLimit = 1000;
} // namespace

WriteQueue::WriteQueue(WriteTarget &target) : m_target(target), m_thread([this] { run(); }) {}

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
    }
    m_wake.notify_one();
}

void WriteQueue::postBounded(Operation operation, std::size_t limit)
{
    if (std::this_thread::get_id() != m_thread.get_id()) {
        std::unique_lock lock(m_mutex);
        m_drained.wait(lock, [&] { return m_waiting.size() < limit; });
    }
    post(std::move(operation));
}

void WriteQueue::flush()
{
    std::unique_lock lock(m_mutex);
    m_drained.wait(lock, [this] {
        if (!m_waiting.empty() || m_writing)
            return false;
        const auto deferred = m_target.deferredUntil();
        return !deferred || *deferred > std::chrono::steady_clock::now();
    });
}

void WriteQueue::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        const auto deferred = m_target.deferredUntil();
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
        write(group);
        lock.lock();
        m_writing = false;
    }
}

void WriteQueue::write(std::deque<Entry> &group)
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
}

} // namespace stint
