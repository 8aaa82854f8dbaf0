// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/knowncommands.h"

#include <algorithm>

namespace stint {

namespace {

const CommandInfo *findCommand(const QList<CommandInfo> &commands, const QString &name, bool isApi)
{
    const auto found
        = std::ranges::find_if(commands, [&](const CommandInfo &command) { return command.isApi == isApi && command.name == name; });
    return found == commands.end() ? nullptr : &*found;
}

} // namespace

KnownCommands::KnownCommands(const QList<HostInfo> &hosts)
{
    for (const bool alive : {true, false}) {
        for (const HostInfo &host : hosts) {
            if (host.alive != alive)
                continue;
            m_all += host.commands;
            if (!alive)
                continue;
            m_hostLives = true;
            m_living += host.commands;
        }
    }
}

QStringList KnownCommands::names(bool apis) const
{
    QStringList names;
    for (const CommandInfo &command : m_all) {
        if (command.isApi == apis && command.name != anyApi)
            names.append(command.name);
    }
    names.removeDuplicates();
    names.sort(Qt::CaseInsensitive);
    return names;
}

const CommandInfo *KnownCommands::find(const QString &name, bool isApi) const
{
    return findCommand(m_all, name, isApi);
}

bool KnownCommands::isRefused(const QString &name, bool isApi) const
{
    return m_hostLives && !name.isEmpty() && !findCommand(m_living, name, isApi)
        && !(isApi && findCommand(m_living, QString(anyApi), true));
}

} // namespace stint
