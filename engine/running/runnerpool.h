// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace stint {

/// Threads for commands: one is made when work comes and none is idle, and ends after a while without work. How much
/// runs at once is the dispatcher's to decide. Any thread may call run().
class RunnerPool final
{
public:
    RunnerPool() = default;
    /// Waits for the work under way.
    ~RunnerPool();
    Q_DISABLE_COPY_MOVE(RunnerPool)

    void run(std::function<void()> work);

    /// Says that the work under way on the calling thread is as good as over: what comes to be run meanwhile, it takes
    /// itself as soon as it returns. A hand-over to another thread costs more than a short job. No effect on other threads.
    static void endsNow();

private:
    void loop(std::list<std::thread>::iterator self);
    void joinEnded();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_work;
    std::list<std::thread> m_threads;
    std::list<std::thread> m_ended; ///< to be joined
    std::size_t m_idle = 0;
    bool m_stopping = false;
};

} // namespace stint
