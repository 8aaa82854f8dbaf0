// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/storedrow.h"

#include <QByteArray>
#include <QString>

namespace stint {

/// The rows of other programs' stores as they were before this user changed or moved them, each as a statement that
/// puts it back: `changed-rows.sql` in the user's state folder, which only grows. Such a store has no place of its own
/// for what was done. Throws SqliteError.
class RowJournal final
{
public:
    /// `$XDG_STATE_HOME/stint/changed-rows.sql`, by default in `~/.local/state`.
    [[nodiscard]] static QString path();

    /// Notes a row; `action` is what is about to be done to it, `file` the database that has it.
    void add(const char *action, const QString &file, const char *table, const StoredRow &row, Timestamp now);
    /// Puts on disk what was noted since the last call.
    void write();
    void forget() { m_noted.clear(); }

private:
    QByteArray m_noted;
};

} // namespace stint
