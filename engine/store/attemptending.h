// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

namespace stint {

/// What the end of an attempt means, whatever database records it.
namespace attemptending {

/// The end as it is to be recorded: a job that was asked to stop is never run again, whatever its attempt came to.
[[nodiscard]] AttemptEnd settled(const AttemptEnd &end, JobState state, bool cancelRequested);
/// The row is no longer that of this attempt.
[[nodiscard]] Error movedOn(std::int64_t jobId, std::int64_t generation);
[[nodiscard]] AttemptOutcome outcomeOf(AttemptEnd::Kind kind);

// Of its error; null where there is none.
[[nodiscard]] QByteArray errorColumn(const AttemptEnd &end);
[[nodiscard]] QString errorCode(const AttemptEnd &end);
[[nodiscard]] QString errorMessage(const AttemptEnd &end);

} // namespace attemptending
} // namespace stint
