// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/dependenttree.h"

namespace stint {

void DependentTree::cancel(std::int64_t parentId) const
{
    std::vector<std::int64_t> parents{parentId};
    while (!parents.empty()) {
        const std::int64_t parent = parents.back();
        parents.pop_back();
        for (const WaitingJob &dependent : m_rows.waitingFor(parent)) {
            m_rows.cancel(dependent.id);
            parents.push_back(dependent.id);
        }
    }
}

QList<std::int64_t> DependentTree::discard(std::int64_t parentId, std::int64_t generation) const
{
    QList<std::int64_t> discarded;
    std::vector<std::int64_t> parents{parentId};
    while (!parents.empty()) {
        const std::int64_t parent = parents.back();
        parents.pop_back();
        for (const WaitingJob &dependent : m_rows.waitingFor(parent)) {
            if (dependent.enqueuedBy == parentId && dependent.enqueuedByGeneration == generation) {
                parents.push_back(dependent.id);
                discarded.append(dependent.id);
            } else if (parent != parentId) {
                m_rows.cancel(dependent.id);
                cancel(dependent.id);
            }
        }
    }
    return discarded;
}

} // namespace stint
