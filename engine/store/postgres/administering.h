// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgreswriter.h"

namespace stint::postgres::administering {

/// What operators do, with a record of who did it. Within an operation of the writer.

/// Notes who did something.
void record(PostgresWriter &writer, const char *action, const QByteArray &detail);
/// Cancels queued jobs with their dependents, or asks running ones to stop.
[[nodiscard]] QList<ActionResult> cancel(PostgresWriter &writer, const QList<std::int64_t> &ids);
/// Puts finished jobs back into the queue as attempt 1; how they had ended stays in the history as an attempt.
[[nodiscard]] QList<ActionResult> requeue(PostgresWriter &writer, const QList<std::int64_t> &ids, const RequeueEdit &edit);
/// Null text: the unnamed pool.
void setWorkerPaused(PostgresWriter &writer, const QString &worker, bool paused);

} // namespace stint::postgres::administering
