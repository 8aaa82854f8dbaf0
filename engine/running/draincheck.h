// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

namespace stint {

/// Whether a host that was asked to end when nothing is due has come to that point: once a claim that was made for it,
/// while nothing ran, has found nothing. One thread at a time: the dispatcher's lock guards it.
class DrainCheck final
{
public:
    void want() { m_wanted = true; }
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    /// Whether a job's next attempt is still to be waited for.
    [[nodiscard]] bool hasToWait() const { return m_retriesPending; }
    [[nodiscard]] bool isConfirmed() const { return m_confirmed; }

    void claimBegins() { m_confirmed = false; }
    void claimEnded(const ClaimResult &claimed, bool nothingRuns)
    {
        m_retriesPending = claimed.nextRetry.has_value();
        m_confirmed = m_wanted && nothingRuns && claimed.jobs.empty() && !claimed.again && !claimed.nextRetry;
    }
    void end() { m_wanted = false; }

private:
    bool m_wanted = false;
    bool m_retriesPending = false;
    bool m_confirmed = false;
};

} // namespace stint
