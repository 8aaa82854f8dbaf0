// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobquery.h"
#include "engine/store/postgres/postgresrows.h"
#include "engine/store/rowreading.h"

namespace stint::postgres::jobrow {

/// Select lists for what rowreading reads: always the same columns in the same order; what an archive table does not
/// have, or is not wanted, is read as NULL.

/// Of BackgroundJob.
[[nodiscard]] const QByteArray &queueList(RowDetail detail);
/// Of CompletedJob and FailedJob.
[[nodiscard]] const QByteArray &archiveList(RowDetail detail);
/// The columns that queue and archive share: for moving a row.
[[nodiscard]] const QByteArray &sharedColumns();

/// `SELECT … FROM "JobSummary" s LEFT JOIN "BackgroundJob" b`: state, start and attempt of a job that runs are those
/// of its live row.
extern const char *const selectSummaries;

/// `SELECT … FROM "ScheduledTask" t`, with Stint's own columns if the table has them.
[[nodiscard]] QByteArray selectTasks(bool withExtras);

extern const char *const attemptList;
extern const char *const logLineList;

} // namespace stint::postgres::jobrow
