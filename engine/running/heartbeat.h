// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/running/workertally.h"

#include <atomic>
#include <memory>

namespace stint {

/// A host's sign of life, with what its workers have done: about once a second while jobs run, seldom otherwise.
/// Counting may come from any thread; the rest is the dispatcher's.
class Heartbeat final
{
public:
    using Moment = std::chrono::steady_clock::time_point;

    Heartbeat(QString hostId, const Clock &clock);

    // Whether the next beat is now due earlier than it was.
    [[nodiscard]] bool countBegin(const QString &worker);
    [[nodiscard]] bool countEnd(const Job &job, const AttemptEnd &end);

    [[nodiscard]] Moment next() const { return m_next; }
    /// What the store cannot take is sent with the next beat. Without the dispatcher's lock.
    void send(JobStore &store, Moment now);

private:
    [[nodiscard]] bool beatSoon();

    const QString m_hostId;
    const Clock &m_clock;
    const std::shared_ptr<WorkerTally> m_tally; ///< a beat may end after this
    std::atomic<Moment> m_next;
};

} // namespace stint
