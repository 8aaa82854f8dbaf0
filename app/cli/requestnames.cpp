// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/requestnames.h"

#include "engine/commandregistry.h"
#include "engine/commands/builtincommands.h"

#include <algorithm>

namespace stint::cli {

RequestNames::RequestNames(const JobStore &store)
{
    if (!store.info().ours)
        return;
    const auto add = [this](const QList<CommandInfo> &commands) {
        for (const CommandInfo &command : commands) {
            if (!command.isApi)
                m_names.insert(command.name, command.request);
        }
    };
    CommandRegistry everyHosts;
    addBuiltinCommands(everyHosts);
    add(everyHosts.describe());
    if (const auto hosts = store.hosts())
        std::for_each(hosts->crbegin(), hosts->crend(), [&](const HostInfo &host) { add(host.commands); });
}

void RequestNames::fill(NewJob &job) const
{
    if (!job.isApi && job.requestName.isEmpty())
        job.requestName = m_names.value(job.name);
}

} // namespace stint::cli
