// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/commandregistry.h"
#include "engine/store/jobstore.h"

namespace stint {

/// When a host asks its store for jobs, and for which. One thread at a time: the dispatcher's lock guards it.
class ClaimPlan final
{
public:
    ClaimPlan(const QString &hostId, const CommandRegistry &registry);

    void want() { m_wanted = true; }
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    /// A claim is under way, or has failed a moment ago.
    [[nodiscard]] bool isUnderWay() const { return m_underWay; }
    /// The store had more than there was room for.
    [[nodiscard]] bool thereIsMore() const { return m_more; }
    void expectMore() { m_more = true; }
    void wantIfThereIsMore() { m_wanted = m_wanted || m_more; }
    /// Wants a claim once a waiting job is due.
    void lookAtClock(const Clock &clock);
    [[nodiscard]] const std::optional<Timestamp> &nextDue() const { return m_nextDue; }

    /// The request without what there is room for.
    [[nodiscard]] ClaimRequest begin();
    void end(const ClaimResult &claimed);
    void tryAgain();

private:
    ClaimRequest m_request; ///< what does not change from claim to claim
    bool m_wanted = true;
    bool m_underWay = false;
    bool m_more = false;
    std::optional<Timestamp> m_nextDue; ///< by the clock on the wall: it may be set, and goes on while the machine sleeps
};

} // namespace stint
