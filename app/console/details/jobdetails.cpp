// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/jobdetails.h"

namespace stint {

namespace {
constexpr int relatedLimit = 50;
} // namespace

JobDetails JobDetails::read(const JobStore &store, std::int64_t id)
{
    JobDetails details{.id = id, .job = {}, .waitingFor = {}, .related = {}, .error = {}};
    auto found = store.find(id);
    if (!found) {
        details.error = found.error();
        return details;
    }
    details.job = std::move(found).value();
    if (!details.job)
        return details;
    if (details.job->queued && details.job->queued->state == JobState::Queued) {
        if (auto reasons = store.waitingFor(*details.job->queued))
            details.waitingFor = *reasons;
    }
    if (auto related = store.related(details.job->summary, relatedLimit))
        details.related = *related;
    return details;
}

} // namespace stint
