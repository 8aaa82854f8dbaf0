// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/jobevents.h"

namespace stint {

namespace {

JobState stateAfter(AttemptEnd::Kind kind)
{
    switch (kind) {
    case AttemptEnd::Kind::Execute: return JobState::Executed;
    case AttemptEnd::Kind::Complete: return JobState::Completed;
    case AttemptEnd::Kind::Fail: return JobState::Failed;
    case AttemptEnd::Kind::Cancel: return JobState::Cancelled;
    case AttemptEnd::Kind::Retry:
    case AttemptEnd::Kind::Interrupt:
    case AttemptEnd::Kind::Refund: break;
    }
    return JobState::Queued;
}

JobEvent eventOf(const Job &job, JobState state)
{
    return {.id = job.id, .name = job.name(), .worker = job.worker, .attempt = job.attempts, .state = state};
}

} // namespace

JobEvent startEvent(const Job &job)
{
    return eventOf(job, JobState::Started);
}

JobEvent endEvent(const Job &job, const AttemptEnd &end)
{
    JobEvent event = eventOf(job, stateAfter(end.kind));
    event.durationMs = end.durationMs;
    if (end.error) {
        event.errorCode = end.error->errorCode;
        event.message = end.error->message;
    }
    return event;
}

} // namespace stint
