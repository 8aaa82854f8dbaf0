// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstats.h"
#include "engine/store/jobstore.h"
#include "engine/store/postgres/postgresconnection.h"

namespace stint::postgres::hosting {

/// Whose connection holds an advisory lock on the store is its host: PostgreSQL frees it however that process ends.

/// Takes the lock and publishes the host; Conflict naming the holder where another has it.
void take(PostgresConnection &db, const HostInfo &host);
/// The same for a host whose connection was lost.
void takeAgain(PostgresConnection &db, const QString &hostId);
void leave(PostgresConnection &db);
/// The id of the living host, or an empty text.
[[nodiscard]] QString livingHost(PostgresConnection &db);
[[nodiscard]] QList<HostInfo> hosts(PostgresConnection &db);

void beat(PostgresConnection &db, const QString &hostId, Timestamp now, const QList<WorkerDelta> &workers,
          const QList<RunDuration> &durations);

} // namespace stint::postgres::hosting
