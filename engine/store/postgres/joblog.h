// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/store/postgres/postgresconnection.h"

namespace stint::postgres::joblog {

void append(PostgresConnection &db, const QList<LogLine> &lines);
/// The messages of a job's lines that were logged then or later.
[[nodiscard]] QStringList loggedSince(PostgresConnection &db, std::int64_t jobId, Timestamp date);
/// The messages of a job's lines joined by LF, up to 1 MB; where there are more, its lines are kept for good. Null: none.
[[nodiscard]] QByteArray join(PostgresConnection &db, std::int64_t jobId);
/// Deletes the lines of finished jobs, all of a job or none, but for the newest, which the live log still shows.
void prune(PostgresConnection &db);

} // namespace stint::postgres::joblog
