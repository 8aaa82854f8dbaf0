// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/store/sqlite/sqliteconnection.h"

namespace stint::joblog {

/// A job's lines as one text.
struct Joined {
    QByteArray text;  ///< null where there are none
    bool cut = false; ///< there was more than fits: the lines are to be kept
};

/// Appends lines; each costs the same, however many there are.
void append(SqliteConnection &db, const QList<LogLine> &lines);

/// The messages of a job's lines that were logged then or later.
[[nodiscard]] QStringList loggedSince(SqliteConnection &db, std::int64_t jobId, Timestamp date);

/// The messages of a job's lines joined by LF, up to 1 MB.
[[nodiscard]] Joined join(SqliteConnection &db, std::int64_t jobId);

/// Deletes the lines of jobs that have left the queue once even their last is older than the newest lines, which the live log
/// still shows; a limited number at a time. Each line is looked at once.
void prune(SqliteConnection &db);
/// To be told of the jobs that leave the queue, for prune().
void noteGone(SqliteConnection &db, const std::vector<std::int64_t> &jobs);

/// Whether all lines of a finished job are still here.
[[nodiscard]] bool isComplete(SqliteConnection &db, std::int64_t jobId);

} // namespace stint::joblog
