// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/jobquery.h"
#include "engine/scheduledtask.h"
#include "engine/store/postgres/postgresrows.h"

namespace stint::postgres::jobrow {

/// How rows become values. A select list always has the same columns in the same order; what an archive table does not
/// have, or is not wanted, is read as NULL.

/// Of BackgroundJob.
[[nodiscard]] const QByteArray &queueList(RowDetail detail);
/// Of CompletedJob and FailedJob.
[[nodiscard]] const QByteArray &archiveList(RowDetail detail);
[[nodiscard]] Job read(const PostgresRows &row);
/// The host that has claimed it, or null.
[[nodiscard]] QString readOwner(const PostgresRows &row);
/// The columns that queue and archive share: for moving a row.
[[nodiscard]] const QByteArray &sharedColumns();

/// `SELECT … FROM "JobSummary" s LEFT JOIN "BackgroundJob" b`: state, start and attempt of a job that runs are those
/// of its live row.
extern const char *const selectSummaries;
[[nodiscard]] JobSummary readSummary(const PostgresRows &row);

extern const char *const taskList;
[[nodiscard]] ScheduledTask readTask(const PostgresRows &row);

extern const char *const attemptList;
[[nodiscard]] JobAttempt readAttempt(const PostgresRows &row);

extern const char *const logLineList;
[[nodiscard]] LogLine readLogLine(const PostgresRows &row);

} // namespace stint::postgres::jobrow
