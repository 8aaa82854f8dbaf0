// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/storeusers.h"

#include <QDir>
#include <QFile>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stint::storeusers {

namespace {
constexpr const char *mark = "stint-store-user";

bool isStintMark(const QByteArray &target)
{
    return target.startsWith("/memfd:" + QByteArray(mark));
}

/// What one process has open: whether that is `file`, and whether it is one of ours.
struct OpenFiles {
    bool readable = false;
    bool hasFile = false;
    bool isStint = false;
};

OpenFiles openFilesOf(const QString &pid, const struct stat &file)
{
    OpenFiles found;
    const QDir folder(QStringLiteral("/proc/%1/fd").arg(pid));
    if (::access(QFile::encodeName(folder.path()).constData(), R_OK | X_OK) != 0)
        return found;
    found.readable = true;
    for (const QString &name : folder.entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot)) {
        const QByteArray path = QFile::encodeName(folder.filePath(name));
        struct stat opened {
        };
        if (::stat(path.constData(), &opened) == 0 && opened.st_ino == file.st_ino && opened.st_dev == file.st_dev)
            found.hasFile = true;
        QByteArray target(256, Qt::Uninitialized);
        const ssize_t size = ::readlink(path.constData(), target.data(), static_cast<std::size_t>(target.size()));
        if (size > 0 && isStintMark(target.first(size)))
            found.isStint = true;
    }
    return found;
}

/// Whether a process has ended or is about to, past its last instruction: the kernel closes its files one by one then, and
/// with them the mark. Source: proc(5), stat; PF_EXITING of include/linux/sched.h.
bool isEnding(const QString &pid)
{
    constexpr unsigned exiting = 0x4;
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray stat = file.readAll();
    const QByteArrayList fields = stat.mid(stat.lastIndexOf(')') + 2).split(' '); // state, parent, group, session, tty, its group, flags
    return stat.isEmpty() || (fields.value(6).toUInt() & exiting) != 0;
}

/// Whether a process whose open files are hidden from us could have opened the file at all: root, the file's owner,
/// or anyone where others may read it.
bool couldOpen(const QString &pid, const struct stat &file)
{
    struct stat process {
    };
    if (::stat(QFile::encodeName(QStringLiteral("/proc/") + pid).constData(), &process) != 0)
        return false; // it has ended meanwhile
    if (QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(pid)).isEmpty()) {
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(pid));
        if (commandLine.open(QIODevice::ReadOnly) && commandLine.readAll().isEmpty())
            return false; // a thread of the kernel
    }
    return process.st_uid != 0 && (process.st_uid == file.st_uid || (file.st_mode & (S_IWGRP | S_IWOTH)) != 0);
}

} // namespace

void announce()
{
    static const int file = ::memfd_create(mark, MFD_CLOEXEC);
    Q_UNUSED(file) // held until the process ends
}

Result<QList<Process>> foreignUsers(const QString &path)
{
    struct stat file {
    };
    if (::stat(QFile::encodeName(path).constData(), &file) != 0)
        return QList<Process>{};
    const QStringList pids = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    if (!QFile::exists(QStringLiteral("/proc/self/fd")))
        return Error{ErrorCode::Io, QStringLiteral("cannot see which processes have %1 open: /proc is not there").arg(path)};
    QList<Process> users;
    for (const QString &pid : pids) {
        bool isNumber = false;
        const qint64 number = pid.toLongLong(&isNumber);
        if (!isNumber || number == ::getpid())
            continue;
        const OpenFiles open = openFilesOf(pid, file);
        if (!open.readable && couldOpen(pid, file))
            return Error{ErrorCode::Io,
                         QStringLiteral("cannot see whether process %1 has %2 open: run as its user or as root").arg(pid, path)};
        if (open.hasFile && !open.isStint && !isEnding(pid)) {
            QFile name(QStringLiteral("/proc/%1/comm").arg(pid));
            users.append({number, name.open(QIODevice::ReadOnly) ? QString::fromUtf8(name.readAll().trimmed()) : pid});
        }
    }
    return users;
}

} // namespace stint::storeusers
