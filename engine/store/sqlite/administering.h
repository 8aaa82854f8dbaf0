// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqlitewriter.h"

namespace stint::administering {

/// What operators do, with a record of who did it. Within an operation of the writer.

using Action = std::function<ActionResult(SqliteWriter &, std::int64_t id)>;
[[nodiscard]] QList<ActionResult> act(SqliteWriter &writer, QLatin1StringView name, const QList<std::int64_t> &ids, const Action &action);

/// Notes who did something.
void record(SqliteWriter &writer, QLatin1StringView action, const QString &detail);
/// Null text: the unnamed pool.
void setWorkerPaused(SqliteWriter &writer, const QString &worker, bool paused);

} // namespace stint::administering
