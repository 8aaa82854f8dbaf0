// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/commandregistry.h"

#include <QtPlugin>

namespace stint {

/// What a Qt plug-in implements to bring commands to a host (`stint host --plugin FILE`): a QObject with this as a
/// further base, `Q_PLUGIN_METADATA(IID StintCommandPlugin_iid)` and `Q_INTERFACES(stint::CommandPlugin)`. It must be
/// built against the same minor version of Stint. examples/plugin is one. Main thread; never unloaded.
class CommandPlugin
{
public:
    virtual ~CommandPlugin() = default;
    /// Called once, before the host starts.
    virtual void addCommands(CommandRegistry &registry) = 0;

protected:
    CommandPlugin() = default;
    Q_DISABLE_COPY_MOVE(CommandPlugin)
};

} // namespace stint

#define StintCommandPlugin_iid "org.stint.CommandPlugin/0.1"
Q_DECLARE_INTERFACE(stint::CommandPlugin, StintCommandPlugin_iid)
