// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgresconnection.h"
#include "engine/store/statssum.h"

#include <vector>

namespace stint::postgres::hourlystats {

/// The table HourlyStat: what ended in each hour, by command or API and worker. Written in the transaction that ends
/// the jobs.
void write(PostgresConnection &db, const std::vector<EndedJob> &ended);
[[nodiscard]] QList<JobStat> read(PostgresConnection &db, const StatsQuery &query);

} // namespace stint::postgres::hourlystats
