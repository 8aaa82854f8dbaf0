// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"

#include <atomic>
#include <chrono>
#include <stop_token>

namespace stint {

/// Why a running command was asked to stop. The first reason counts.
enum class StopReason : std::uint8_t {
    None,     ///< it was not
    Cancel,   ///< somebody cancelled the job
    Timeout,  ///< it took longer than allowed
    HostStop, ///< the host is stopping; the attempt will be refunded
};

/// One attempt of one job in this process, from its claim to its end on disk. Any thread.
class Attempt final
{
public:
    explicit Attempt(Job claimed)
        : job(std::move(claimed))
    {
    }
    Q_DISABLE_COPY_MOVE(Attempt)

    const Job job; ///< as it was claimed

    void requestStop(StopReason reason)
    {
        StopReason none = StopReason::None;
        m_reason.compare_exchange_strong(none, reason);
        m_stop.request_stop();
    }
    [[nodiscard]] StopReason stopReason() const { return m_reason; }
    [[nodiscard]] std::stop_token stopToken() const { return m_stop.get_token(); }

    /// Lines were logged in this run or, as far as is known, in an earlier one.
    std::atomic<bool> hasLogs{false};

private:
    std::stop_source m_stop;
    std::atomic<StopReason> m_reason{StopReason::None};
};

} // namespace stint
