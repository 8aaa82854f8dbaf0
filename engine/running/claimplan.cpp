// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/claimplan.h"

namespace stint {

ClaimPlan::ClaimPlan(const QString &hostId, const CommandRegistry &registry)
{
    m_request.hostId = hostId;
    for (const CommandInfo &command : registry.describe()) {
        (command.isApi ? m_request.apis : m_request.commands).insert(command.name);
        const CommandEntry *const entry = registry.find(command.name, command.isApi);
        if (!command.isApi && !entry->options.worker.isEmpty())
            m_request.fixedWorkers.insert(command.name, entry->options.worker);
    }
}

void ClaimPlan::lookAtClock(const Clock &clock)
{
    if (!m_nextDue || *m_nextDue > clock.now())
        return;
    m_wanted = true;
    m_nextDue.reset();
}

ClaimRequest ClaimPlan::begin()
{
    m_wanted = false;
    m_underWay = true;
    return m_request;
}

void ClaimPlan::end(const ClaimResult &claimed)
{
    m_underWay = false;
    m_more = claimed.more;
    m_wanted = m_wanted || claimed.again;
    m_nextDue = claimed.nextDue;
}

void ClaimPlan::tryAgain()
{
    m_underWay = false;
    m_wanted = true;
}

} // namespace stint
