// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/jobquery.h"
#include "engine/scheduledtask.h"
#include "engine/store/sqlite/sqliteconnection.h"

namespace stint {

/// How rows become values. A select list always has the same columns in the same order, whatever the table at hand
/// has: what is missing there is read as NULL.
namespace jobrow {

/// For BackgroundJob, CompletedJob or FailedJob with the columns `present`; RowDetail::Light reads NULL for bodies and logs.
[[nodiscard]] QByteArray selectList(const QStringList &present, RowDetail detail);
/// All columns, unqualified: for RETURNING on a queue that is ours.
[[nodiscard]] const QByteArray &returningList();
[[nodiscard]] Job read(const SqliteStatement &row);
/// The host that has claimed it, or null.
[[nodiscard]] QString readOwner(const SqliteStatement &row);

/// `SELECT … FROM JobSummary s LEFT JOIN BackgroundJob b`, the columns in the order of readSummary(). In a store of
/// ours the state, start and attempt of a job that runs are those of its live row.
[[nodiscard]] QByteArray selectSummaries(bool withLiveRow);
[[nodiscard]] JobSummary readSummary(const SqliteStatement &row);

extern const char *const taskList;
[[nodiscard]] ScheduledTask readTask(const SqliteStatement &row);

extern const char *const attemptList;
[[nodiscard]] JobAttempt readAttempt(const SqliteStatement &row);

extern const char *const logLineList;
[[nodiscard]] LogLine readLogLine(const SqliteStatement &row);

/// Columns that queue and archive share, for copying a row: `"Id", "ParentId", …`, those in both `from` and `to`.
[[nodiscard]] QByteArray sharedColumns(const QStringList &from, const QStringList &to);

} // namespace jobrow
} // namespace stint
