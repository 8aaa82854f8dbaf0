// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandplugins.h"

#include "engine/commandplugin.h"

#include <QFileInfo>
#include <QPluginLoader>

using namespace Qt::StringLiterals;

namespace stint::cli {

Result<void> addCommandsOf(const QString &file, CommandRegistry &registry)
{
    if (!QFileInfo(file).isFile())
        return Error{ErrorCode::NotFound, u"%1: there is no such file"_s.arg(file)};
    QPluginLoader loader(QFileInfo(file).absoluteFilePath());
    const QString interface = loader.metaData().value("IID"_L1).toString();
    if (interface.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"%1: is not a Qt plug-in"_s.arg(file)};
    if (interface != QLatin1StringView(StintCommandPlugin_iid))
        return Error{ErrorCode::InvalidArgument,
                     u"%1: is a plug-in for %2, not for %3"_s.arg(file, interface, QLatin1StringView(StintCommandPlugin_iid))};
    auto *const plugin = qobject_cast<CommandPlugin *>(loader.instance());
    if (!plugin)
        return Error{ErrorCode::InvalidArgument, u"%1: %2"_s.arg(file, loader.errorString())};
    plugin->addCommands(registry);
    return {};
}

} // namespace stint::cli
