// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"
#include "engine/store/postgres/postgresconnection.h"

namespace stint::postgres::status {

/// What is going on in a store, each within one snapshot.

[[nodiscard]] JobCounts counts(PostgresConnection &db);
[[nodiscard]] QList<YearMonth> months(PostgresConnection &db);
[[nodiscard]] QList<WorkerInfo> workers(PostgresConnection &db);
[[nodiscard]] QList<std::int64_t> cancelRequests(PostgresConnection &db, const QString &hostId);
[[nodiscard]] QList<OrphanedJob> orphans(PostgresConnection &db);
/// What does not fit together; looks at every job.
[[nodiscard]] QList<CheckFinding> check(PostgresConnection &db);

} // namespace stint::postgres::status
