// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/hostlock.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace stint {

namespace {

QString lockPath(const QString &folder)
{
    return folder + QStringLiteral("/stint-host.lock");
}

/// Open-file-description locks: they belong to this descriptor alone, can be asked after without being taken, and go
/// with the process however it ends.
struct flock wholeFile(short type)
{
    struct flock lock {
    };
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

/// Two lines: the host's id and its name.
QStringList readHolder(int file)
{
    std::array<char, 512> text{};
    const ssize_t size = ::pread(file, text.data(), text.size(), 0);
    return QString::fromUtf8(text.data(), size > 0 ? size : 0).split(u'\n');
}

Error systemError(const QString &path)
{
    const int code = errno;
    return {code == EACCES || code == EROFS || code == EPERM ? ErrorCode::ReadOnly
                : code == ENOSPC                             ? ErrorCode::DiskFull
                                                             : ErrorCode::Io,
            path + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(code))};
}

} // namespace

Result<std::unique_ptr<HostLock>> HostLock::take(const QString &folder, const HostInfo &host)
{
    const QString path = lockPath(folder);
    const int file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0)
        return systemError(path);
    struct flock lock = wholeFile(F_WRLCK);
    if (::fcntl(file, F_OFD_SETLK, &lock) != 0) {
        const QStringList holder = readHolder(file);
        ::close(file);
        return Error{ErrorCode::Conflict,
                     QStringLiteral("%1: host %2 already runs the jobs of this store")
                         .arg(folder, holder.size() > 1 ? holder.at(1) : QStringLiteral("(unknown)"))};
    }
    const QByteArray text = (host.id + u'\n' + host.name + u'\n').toUtf8();
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, text.constData(), static_cast<std::size_t>(text.size()), 0) != text.size()) {
        const Error error = systemError(path);
        ::close(file);
        return error;
    }
    return std::unique_ptr<HostLock>(new HostLock(file));
}

HostLock::~HostLock()
{
    ::close(m_file); // the file stays: removing it would let two processes lock two files of one name
}

bool HostLock::exists(const QString &folder)
{
    return QFile::exists(lockPath(folder));
}

QString HostLock::holder(const QString &folder)
{
    const int file = ::open(QFile::encodeName(lockPath(folder)).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return {};
    struct flock lock = wholeFile(F_RDLCK);
    const bool held = ::fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    const QString id = held ? readHolder(file).constFirst() : QString();
    ::close(file);
    return id;
}

} // namespace stint
