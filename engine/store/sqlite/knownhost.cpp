// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/knownhost.h"

#include "engine/store/hostcommands.h"
#include "engine/store/hostlock.h"

namespace stint {

const enqueuing::KnownNames *KnownHost::names(SqliteConnection &db)
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
    Host host{alive, {}};
    for (const CommandInfo &command : parseHostCommands(row.bytes(0)))
        (command.isApi ? host.names.apis : host.names.commands).insert(command.name);
    m_host = std::move(host);
    return &m_host->names;
}

} // namespace stint
