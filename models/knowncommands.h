// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstats.h"

#include <QList>

namespace stint {

/// What the hosts of a store have said that they can run. A plain value; any thread.
class KnownCommands final
{
public:
    KnownCommands() = default;
    explicit KnownCommands(const QList<HostInfo> &hosts);

    /// Sorted, each once; of a name that several hosts know, as a living one or else the first in the list has it.
    [[nodiscard]] QStringList names(bool apis) const;
    /// Null: no host has named it.
    [[nodiscard]] const CommandInfo *find(const QString &name, bool isApi) const;
    /// A host lives, and none that does can run it: a job of that name is refused unless it is forced.
    [[nodiscard]] bool isRefused(const QString &name, bool isApi) const;

private:
    QList<CommandInfo> m_living;
    QList<CommandInfo> m_all;
    bool m_hostLives = false;
};

} // namespace stint
