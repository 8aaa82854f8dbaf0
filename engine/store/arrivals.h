// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace stint {

/// Tells the host of this process of jobs that wait to be written. Any thread.
class Arrivals final
{
public:
    using Listener = std::function<void()>;

    /// Null: nobody listens. Returns once a call under way has ended; not from within the listener.
    void setListener(Listener listener)
    {
        const std::lock_guard lock(m_mutex);
        m_listener = std::move(listener);
    }
    [[nodiscard]] bool isHeard() const
    {
        const std::lock_guard lock(m_mutex);
        return m_listener != nullptr;
    }
    void tell() const
    {
        const std::lock_guard lock(m_mutex);
        if (m_listener)
            m_listener();
    }

private:
    mutable std::mutex m_mutex;
    Listener m_listener;
};

} // namespace stint
