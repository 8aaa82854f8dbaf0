// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/runnerpool.h"

#include "engine/threadname.h"

#include <chrono>

namespace stint {

namespace {
constexpr std::chrono::seconds idleTime{15};
/// The pool that this thread belongs to, and the same once it takes what comes next.
thread_local const RunnerPool *poolOfThread = nullptr;
thread_local const RunnerPool *takesNextOf = nullptr;
} // namespace

RunnerPool::~RunnerPool()
{
    std::list<std::thread> threads;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        threads.splice(threads.end(), m_threads);
        threads.splice(threads.end(), m_ended);
    }
    m_wake.notify_all();
    for (std::thread &thread : threads)
        thread.join();
}

void RunnerPool::endsNow()
{
    takesNextOf = poolOfThread;
}

void RunnerPool::run(std::function<void()> work)
{
    joinEnded();
    const std::lock_guard lock(m_mutex);
    m_work.push_back(std::move(work));
    if (takesNextOf == this) {
        takesNextOf = nullptr;
        return;
    }
    if (m_idle >= m_work.size()) {
        m_wake.notify_one();
        return;
    }
    m_threads.emplace_back();
    const auto self = std::prev(m_threads.end());
    *self = std::thread([this, self] { loop(self); });
}

void RunnerPool::loop(std::list<std::thread>::iterator self)
{
    nameThread("stint-run");
    poolOfThread = this;
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_idle;
        const bool awake = m_wake.wait_for(lock, idleTime, [this] { return m_stopping || !m_work.empty(); });
        --m_idle;
        if (m_work.empty()) {
            if (!awake) // the destructor joins those that it stops
                m_ended.splice(m_ended.end(), m_threads, self);
            return;
        }
        const auto work = std::move(m_work.front());
        m_work.pop_front();
        lock.unlock();
        work();
        takesNextOf = nullptr;
        lock.lock();
    }
}

void RunnerPool::joinEnded()
{
    std::list<std::thread> ended;
    {
        const std::lock_guard lock(m_mutex);
        ended.swap(m_ended);
    }
    for (std::thread &thread : ended)
        thread.join();
}

} // namespace stint
