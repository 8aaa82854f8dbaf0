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

/// Refuses, as SqliteError, what no store takes.
void requireValid(const NewJob &job);
/// An empty text says as much as none.
[[nodiscard]] inline QString orNull(const QString &text)
{
    return text.isEmpty() ? QString() : text;
}

/// Records jobs in the queue with their summaries: all of them, or an Error as SqliteError and none.
/// Within an operation of the writer.
[[nodiscard]] QList<JobRef> record(SqliteWriter &writer, const EnqueueRequest &request, const KnownNames *known);

} // namespace stint::enqueuing
