// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QEventLoop>

#include <functional>
#include <stop_token>

namespace stint {

/// An event loop of the calling thread that also ends when it is asked to stop, from any thread.
class StoppableLoop final
{
public:
    explicit StoppableLoop(const std::stop_token &stop)
        : m_stopped(stop, [this] { quit(); })
    {
    }

    void exec() { m_loop.exec(); }
    /// Any thread; also before exec(), which then returns at once.
    void quit() { QMetaObject::invokeMethod(&m_loop, &QEventLoop::quit, Qt::QueuedConnection); }

private:
    QEventLoop m_loop;
    std::stop_callback<std::function<void()>> m_stopped;
};

} // namespace stint
