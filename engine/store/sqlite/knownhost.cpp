// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/knownhost.h"

#include "engine/store/hostcommands.h"
#include "engine/store/hostlock.h"

namespace stint {

const admission::KnownNames *KnownHost::names(SqliteConnection &db)
{
    const QString alive = HostLock::holder(m_folder);
    if (alive.isEmpty())
        return nullptr;
    if (m_host && m_host->id == alive)
        return &m_host->names;
    auto row = db.statement("SELECT Commands FROM Host WHERE Id = ?");
    row.bind(alive);
    if (!row.step())
        return nullptr; // it is about to publish them
    m_host = Host{alive, admission::KnownNames::of(parseHostCommands(row.bytes(0)))};
    return &m_host->names;
}

} // namespace stint
