// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/storefolder.h"

#include "engine/store/foldersync.h"

#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace stint::storefolder {

namespace {
constexpr QLatin1StringView queueFile{"jobs.db"};
} // namespace

Result<StorePlace> find(const QString &location, OpenMode mode)
{
    const QFileInfo given(location);
    QString folder = given.absoluteFilePath();
    if (given.isFile()) {
        if (given.fileName() != queueFile)
            return Error{ErrorCode::InvalidArgument, QStringLiteral("%1: name the folder that holds jobs.db").arg(location)};
        folder = given.absolutePath();
    } else if (mode == OpenMode::Create) {
        if (const auto made = foldersync::make(folder); !made)
            return made.error();
    }
    const bool exists = QFile::exists(folder + u'/' + queueFile);
    if (!exists && mode != OpenMode::Create)
        return Error{ErrorCode::NotFound, QStringLiteral("%1: there is no jobs.db").arg(location)};
    for (const QString &path : {folder, folder + u'/' + queueFile}) {
        if (exists && mode != OpenMode::ReadOnly && ::access(QFile::encodeName(path).constData(), W_OK) != 0)
            return Error{ErrorCode::ReadOnly, QStringLiteral("%1: may not be written").arg(path)};
    }
    return StorePlace{folder, exists};
}

} // namespace stint::storefolder
