// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"
#include "engine/store/writequeue.h"

namespace stint {

/// What a store writes to, with the queue that its operations wait in. Any thread may post; operations and
/// completions run on the queue's thread. Its end writes what waits.
template <typename Target>
class WriteSide final
{
public:
    explicit WriteSide(std::unique_ptr<Target> target)
        : m_target(std::move(target))
        , m_queue(*m_target)
    {
    }

    /// Gives `operation` the target; what it returns, or why it failed, goes to `done`.
    template <typename T, typename Operation>
    void post(Operation operation, Completion<T> done)
    {
        if constexpr (std::is_void_v<T>) {
            m_queue.post([this, operation = std::move(operation)] { operation(*m_target); }, std::move(done));
        } else {
            auto value = std::make_shared<std::optional<T>>();
            m_queue.post([this, value, operation = std::move(operation)] { value->emplace(operation(*m_target)); },
                         [value, done = std::move(done)](const Result<void> &written) {
                             if (!done)
                                 return;
                             if (written)
                                 done(std::move(**value));
                             else
                                 done(written.error());
                         });
        }
    }
    /// Waits for what it returns. Throws the target's Failure.
    template <typename T, typename Operation>
    T writeNow(Operation operation)
    {
        auto written = waitFor<T>([&](Completion<T> done) { post<T>(std::move(operation), std::move(done)); });
        if (!written)
            throw typename Target::Failure(written.error());
        if constexpr (!std::is_void_v<T>)
            return std::move(*written);
    }
    /// As post(), but waits while more than `limit` operations wait.
    template <typename Operation>
    void postBounded(Operation operation, Completion<void> done, std::size_t limit)
    {
        m_queue.postBounded([this, operation = std::move(operation)] { operation(*m_target); }, std::move(done), limit);
    }
    void flush() { m_queue.flush(); }

private:
    std::unique_ptr<Target> m_target;
    WriteQueue m_queue; ///< ends before its target does
};

} // namespace stint
