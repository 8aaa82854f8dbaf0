// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/heartbeat.h"

namespace stint {

namespace {
using namespace std::chrono_literals;
constexpr auto busyBeat = 1s;
constexpr auto idleBeat = 15s;
} // namespace

Heartbeat::Heartbeat(QString hostId, const Clock &clock)
    : m_hostId(std::move(hostId))
    , m_clock(clock)
    , m_tally(std::make_shared<WorkerTally>())
    , m_next(std::chrono::steady_clock::now() + idleBeat)
{
}

bool Heartbeat::countBegin(const QString &worker)
{
    m_tally->countBegin(worker, m_clock.now());
    return beatSoon();
}

bool Heartbeat::countEnd(const Job &job, const AttemptEnd &end)
{
    m_tally->countEnd(job, end, m_clock.now());
    return beatSoon();
}

bool Heartbeat::beatSoon()
{
    const Moment soon = std::chrono::steady_clock::now() + busyBeat;
    Moment next = m_next;
    return soon < next && m_next.compare_exchange_strong(next, soon);
}

void Heartbeat::send(JobStore &store, Moment now)
{
    m_next = now + idleBeat;
    const auto report = m_tally->take();
    store.heartbeat(m_hostId, report.workers, report.durations, [tally = m_tally, report](const Result<void> &written) {
        if (!written)
            tally->putBack(report);
    });
}

} // namespace stint
