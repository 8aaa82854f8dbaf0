// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/jobstore.h"

namespace stint {

/// Whether a location is the address of a PostgreSQL database: `postgresql://…`.
[[nodiscard]] bool isPostgresAddress(const QString &location);

/// Opens PostgresStore, without a word of QtSql. The database must exist; its tables are made with OpenMode::Create.
[[nodiscard]] Result<std::shared_ptr<JobStore>> openPostgresStore(const QString &location, OpenMode mode,
                                                                  std::shared_ptr<const Clock> clock = {},
                                                                  Durability durability = Durability::Full);

} // namespace stint
