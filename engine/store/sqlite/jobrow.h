// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobquery.h"
#include "engine/store/rowreading.h"
#include "engine/store/sqlite/sqliteconnection.h"

namespace stint {

/// Select lists for what rowreading reads: always the same columns in the same order, whatever the table at hand has;
/// what is missing there is read as NULL.
namespace jobrow {

/// For BackgroundJob, CompletedJob or FailedJob with the columns `present`; RowDetail::Light reads NULL for bodies and logs.
[[nodiscard]] QByteArray selectList(const QStringList &present, RowDetail detail);
/// All columns, unqualified: of a queue that is ours.
[[nodiscard]] const QByteArray &fullList();

/// `SELECT … FROM JobSummary s LEFT JOIN BackgroundJob b`, for readSummary(). In a store of ours the state, start and
/// attempt of a job that runs are those of its live row: a start is not written into the summary.
[[nodiscard]] QByteArray selectSummaries(bool withLiveRow);

/// What a table of scheduled tasks, and its file, have.
struct TaskColumns {
    bool extras = false;    ///< Stint's own
    bool summaries = false; ///< to find the state of the last job
};
/// `SELECT … FROM ScheduledTask t`, for readTask().
[[nodiscard]] QByteArray selectTasks(const TaskColumns &present);

extern const char *const attemptList;
extern const char *const logLineList;

/// Columns that queue and archive share, for copying a row: `"Id", "ParentId", …`, those in both `from` and `to`.
[[nodiscard]] QByteArray sharedColumns(const QStringList &from, const QStringList &to);

} // namespace jobrow
} // namespace stint
