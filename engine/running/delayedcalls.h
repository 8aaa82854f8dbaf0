// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <functional>
#include <map>

namespace stint {

/// Functions that are to be called later. One thread at a time: the dispatcher's lock guards it.
class DelayedCalls final
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    using Call = std::function<void()>;

    void add(std::chrono::milliseconds delay, Call call) { m_calls.emplace(std::chrono::steady_clock::now() + delay, std::move(call)); }
    /// One that is due, to be called without the lock; null if none is.
    [[nodiscard]] Call takeDue(Moment now)
    {
        if (m_calls.empty() || m_calls.begin()->first > now)
            return {};
        Call call = std::move(m_calls.begin()->second);
        m_calls.erase(m_calls.begin());
        return call;
    }
    [[nodiscard]] Moment next() const { return m_calls.empty() ? Moment::max() : m_calls.begin()->first; }

private:
    std::multimap<Moment, Call> m_calls;
};

} // namespace stint
