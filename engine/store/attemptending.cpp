// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/attemptending.h"

#include "engine/store/jsoncolumn.h"

namespace stint::attemptending {

using Kind = AttemptEnd::Kind;

AttemptEnd settled(const AttemptEnd &end, JobState state, bool cancelRequested)
{
    AttemptEnd settled = end;
    const bool again = end.kind == Kind::Retry || end.kind == Kind::Interrupt || end.kind == Kind::Refund;
    if (again && cancelRequested && state == JobState::Started) {
        settled.kind = Kind::Cancel;
        settled.error = joberror::jobWasCancelled();
    }
    return settled;
}

Error movedOn(std::int64_t jobId, std::int64_t generation)
{
    return {ErrorCode::Conflict, QStringLiteral("job %1 has moved on since its attempt began (generation %2)").arg(jobId).arg(generation)};
}

AttemptOutcome outcomeOf(Kind kind)
{
    switch (kind) {
    case Kind::Interrupt: return AttemptOutcome::Interrupted;
    case Kind::Refund: return AttemptOutcome::Refunded;
    default: return AttemptOutcome::Failed;
    }
}

QByteArray errorColumn(const AttemptEnd &end)
{
    return end.error ? jsoncolumn::toColumn(*end.error) : QByteArray();
}

QString errorCode(const AttemptEnd &end)
{
    return end.error ? end.error->errorCode : QString();
}

QString errorMessage(const AttemptEnd &end)
{
    return end.error ? end.error->message : QString();
}

} // namespace stint::attemptending
