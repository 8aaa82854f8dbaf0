// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"

namespace stint {

/// What the columns of a store mean, whatever database it is in.
namespace rowvalues {

/// Failed, where the text says nothing.
[[nodiscard]] AttemptOutcome parseOutcome(QByteArrayView text);
/// Info, where the text says nothing.
[[nodiscard]] LogLevel parseLevel(QByteArrayView text);
/// Of a finished job: what its last attempt came to.
[[nodiscard]] AttemptOutcome outcomeOf(JobState state);

/// The Logs column as lines numbered from 1: those after line `afterId`, at most `limit`.
[[nodiscard]] QList<LogLine> splitLogs(const Job &job, std::int64_t afterId, int limit);
/// The Discarded column.
[[nodiscard]] QByteArray joinIds(const QList<std::int64_t> &ids);
[[nodiscard]] QList<std::int64_t> parseIds(const QByteArray &text);

/// Whether the progress of a job can be estimated by how long the last one took.
[[nodiscard]] bool wantsEstimate(const Job &job);
/// How far a running job is if it takes as long as the last one did.
[[nodiscard]] double estimatedProgress(const Job &job, double lastDurationMs, Timestamp now);

/// Who acts: `user@machine:pid`.
[[nodiscard]] QString actor();

} // namespace rowvalues
} // namespace stint
