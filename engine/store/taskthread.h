// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace stint {

/// A thread that does one task after another; made when the first comes. Any thread may post.
class TaskThread final
{
public:
    TaskThread() = default;
    ~TaskThread() { stop(); }
    Q_DISABLE_COPY_MOVE(TaskThread)

    /// False once stop() was called: the task will not be done.
    [[nodiscard]] bool post(std::function<void()> task);
    /// Does what was posted before, then ends the thread. Not from a task.
    void stop();

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace stint
