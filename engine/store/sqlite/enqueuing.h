// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqlitewriter.h"

#include <QSet>

namespace stint::enqueuing {

/// What a living host can run, where one lives.
struct KnownNames {
    QSet<QString> commands;
    QSet<QString> apis;
};

/// Records jobs in the queue with their summaries: all of them, or an Error as SqliteError and none.
/// Within an operation of the writer.
[[nodiscard]] QList<JobRef> record(SqliteWriter &writer, const EnqueueRequest &request, const KnownNames *known);

} // namespace stint::enqueuing
