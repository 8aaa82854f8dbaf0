// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/foldersync.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace stint::foldersync {

Result<void> sync(const QString &folder)
{
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0 && errno == EACCES)
        return {}; // it may be entered and not read: others' names are not ours to keep
    // EINVAL: a file system that has no such thing.
    const bool synced = handle >= 0 && (::fsync(handle) == 0 || errno == EINVAL);
    const int code = errno;
    if (handle >= 0)
        ::close(handle);
    if (!synced)
        return Error{ErrorCode::Io, folder + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(code))};
    return {};
}

Result<void> make(const QString &folder)
{
    QStringList changed;
    for (QString above = QFileInfo(folder).absoluteFilePath(); !QFileInfo::exists(above);) {
        above = QFileInfo(above).absolutePath();
        changed.append(above);
    }
    if (!QDir().mkpath(folder))
        return Error{ErrorCode::ReadOnly, folder + QStringLiteral(": cannot be made")};
    for (const QString &above : std::as_const(changed)) {
        if (auto synced = sync(above); !synced)
            return synced;
    }
    return {};
}

} // namespace stint::foldersync
