// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/admission.h"
#include "engine/store/sqlite/sqliteconnection.h"

#include <QString>

#include <optional>

namespace stint {

/// What the living host of a store can run, read once for each host. Writer's thread only. Throws SqliteError.
class KnownHost final
{
public:
    explicit KnownHost(QString folder)
        : m_folder(std::move(folder))
    {
    }

    /// Null where no host lives, or it has not published them yet.
    [[nodiscard]] const admission::KnownNames *names(SqliteConnection &db);

private:
    struct Host {
        QString id;
        admission::KnownNames names;
    };

    const QString m_folder;
    std::optional<Host> m_host;
};

} // namespace stint
