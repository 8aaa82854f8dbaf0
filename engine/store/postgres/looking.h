// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"
#include "engine/store/postgres/postgresconnection.h"

namespace stint::postgres::looking {

/// What readers are told, each within one snapshot.

[[nodiscard]] JobPage list(PostgresConnection &db, const JobQuery &query, Timestamp now);
[[nodiscard]] std::optional<JobResult> find(PostgresConnection &db, std::int64_t id, Timestamp now);
[[nodiscard]] std::optional<JobResult> find(PostgresConnection &db, const QString &refId, Timestamp now);
[[nodiscard]] QList<LogLine> logs(PostgresConnection &db, std::int64_t jobId, std::int64_t afterId, int limit);
[[nodiscard]] QList<LogLine> recentLog(PostgresConnection &db, std::optional<std::int64_t> afterId, int limit);
[[nodiscard]] QList<WaitReason> waitingFor(PostgresConnection &db, const Job &job, Timestamp now);
[[nodiscard]] QList<JobSummary> related(PostgresConnection &db, const JobSummary &job, int limit);
[[nodiscard]] QList<ScheduledTask> scheduledTasks(PostgresConnection &db);
/// Newest first.
[[nodiscard]] QList<TaskOccurrence> occurrences(PostgresConnection &db, std::int64_t taskId, int limit);

} // namespace stint::postgres::looking
