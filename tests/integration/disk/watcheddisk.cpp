// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "integration/disk/watcheddisk.h"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <map>
#include <mutex>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace stint::test::watcheddisk {

namespace {

/// A copy of the system's own VFS whose files have a table of methods of ours: one for each table that it uses itself.
struct Methods {
    sqlite3_io_methods ours{};
    const sqlite3_io_methods *original = nullptr;
};
std::recursive_mutex mutex; // a sync of SQLite's syncs the folder
Hook currentHook;
std::atomic<bool> isSyncing = true;
std::map<const sqlite3_io_methods *, Methods> methodsOf;
std::map<const sqlite3_file *, QByteArray> pathOf;
sqlite3_vfs watchedVfs;
int (*openFile)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *) = nullptr;
int (*deleteFile)(sqlite3_vfs *, const char *, int) = nullptr;

const sqlite3_io_methods &original(const sqlite3_file *file)
{
    // `ours` is the first member of its Methods.
    return *reinterpret_cast<const Methods *>(file->pMethods)->original;
}

int ask(const DiskEvent &event)
{
    return currentHook ? currentHook(event) : SQLITE_OK;
}

/// With the lock held, as is the call that follows.
int askAbout(DiskCall call, const sqlite3_file *file, std::int64_t offset = 0, QByteArray data = {})
{
    const auto path = pathOf.find(file);
    return path == pathOf.end() ? SQLITE_OK : ask({.call = call, .path = path->second, .offset = offset, .data = std::move(data)});
}

int askFirst(DiskCall call, const sqlite3_file *file)
{
    const std::lock_guard lock(mutex);
    return askAbout(call, file);
}

int closeWatched(sqlite3_file *file)
{
    const auto close = original(file).xClose;
    {
        const std::lock_guard lock(mutex);
        pathOf.erase(file);
    }
    return close(file);
}

int readWatched(sqlite3_file *file, void *buffer, int size, sqlite3_int64 offset)
{
    const int code = askFirst(DiskCall::Read, file);
    return code == SQLITE_OK ? original(file).xRead(file, buffer, size, offset) : code;
}

int writeWatched(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    const std::lock_guard lock(mutex);
    const int code = askAbout(DiskCall::Write, file, offset, QByteArray(static_cast<const char *>(bytes), size));
    return code == SQLITE_OK ? original(file).xWrite(file, bytes, size, offset) : code;
}

int truncateWatched(sqlite3_file *file, sqlite3_int64 size)
{
    const std::lock_guard lock(mutex);
    const int code = askAbout(DiskCall::Truncate, file, size);
    return code == SQLITE_OK ? original(file).xTruncate(file, size) : code;
}

int syncWatched(sqlite3_file *file, int flags)
{
    const std::lock_guard lock(mutex);
    const int code = askAbout(DiskCall::Sync, file);
    return code == SQLITE_OK ? original(file).xSync(file, flags) : code;
}

int lockWatched(sqlite3_file *file, int level)
{
    const int code = askFirst(DiskCall::Lock, file);
    return code == SQLITE_OK ? original(file).xLock(file, level) : code;
}

int mapSharedWatched(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
    const int code = askFirst(DiskCall::SharedMemory, file);
    return code == SQLITE_OK ? original(file).xShmMap(file, page, size, extend, memory) : code;
}

int lockSharedWatched(sqlite3_file *file, int offset, int count, int flags)
{
    const bool unlocks = (flags & SQLITE_SHM_UNLOCK) != 0;
    const int code = unlocks ? SQLITE_OK : askFirst(DiskCall::SharedMemory, file);
    return code == SQLITE_OK ? original(file).xShmLock(file, offset, count, flags) : code;
}

int openWatched(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flagsOut)
{
    const std::lock_guard lock(mutex);
    file->pMethods = nullptr;
    if (name) {
        const bool creates = (flags & SQLITE_OPEN_CREATE) != 0 && ::access(name, F_OK) != 0;
        if (const int code = ask({.call = DiskCall::Open, .path = name, .creates = creates}); code != SQLITE_OK)
            return code;
    }
    const int code = openFile(vfs, name, file, flags, flagsOut);
    if (!file->pMethods)
        return code;
    Methods &methods = methodsOf[file->pMethods];
    if (!methods.original) {
        methods.original = file->pMethods;
        methods.ours = *file->pMethods;
        methods.ours.xClose = closeWatched;
        methods.ours.xRead = readWatched;
        methods.ours.xWrite = writeWatched;
        methods.ours.xTruncate = truncateWatched;
        methods.ours.xSync = syncWatched;
        methods.ours.xLock = lockWatched;
        methods.ours.xShmMap = mapSharedWatched;
        methods.ours.xShmLock = lockSharedWatched;
    }
    file->pMethods = &methods.ours;
    if (name)
        pathOf[file] = name;
    return code;
}

int deleteWatched(sqlite3_vfs *vfs, const char *name, int syncFolder)
{
    const std::lock_guard lock(mutex);
    const int code = ask({.call = DiskCall::Delete, .path = name});
    return code == SQLITE_OK ? deleteFile(vfs, name, syncFolder) : code;
}

} // namespace

void install()
{
    sqlite3_initialize();
    watchedVfs = *sqlite3_vfs_find(nullptr);
    openFile = watchedVfs.xOpen;
    deleteFile = watchedVfs.xDelete;
    watchedVfs.zName = "watched";
    watchedVfs.xOpen = openWatched;
    watchedVfs.xDelete = deleteWatched;
    sqlite3_vfs_register(&watchedVfs, 1);
}

void setHook(Hook hook)
{
    const std::lock_guard lock(mutex);
    currentHook = std::move(hook);
}

void setSyncing(bool syncing)
{
    isSyncing = syncing;
}

static int syncDescriptor(int file, long call)
{
    struct stat status {
    };
    if (::fstat(file, &status) == 0 && S_ISDIR(status.st_mode)) {
        std::array<char, 4096> path{};
        const QByteArray link = "/proc/self/fd/" + QByteArray::number(file);
        if (::readlink(link.constData(), path.data(), path.size() - 1) > 0) {
            const std::lock_guard lock(mutex);
            (void)ask({.call = DiskCall::SyncFolder, .path = path.data()});
        }
    }
    return isSyncing ? static_cast<int>(::syscall(call, file)) : 0;
}

} // namespace stint::test::watcheddisk

// These stand before those of the C library, for this program and for the libraries that it uses.
extern "C" {

int fsync(int file)
{
    return stint::test::watcheddisk::syncDescriptor(file, SYS_fsync);
}

int fdatasync(int file)
{
    return stint::test::watcheddisk::syncDescriptor(file, SYS_fdatasync);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned int flags) noexcept
{
    using namespace stint::test;
    const std::lock_guard lock(watcheddisk::mutex);
    if (watcheddisk::ask({.call = DiskCall::Rename, .path = from, .target = to}) != SQLITE_OK) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_renameat2, fromFolder, from, toFolder, to, flags));
}

int mkdir(const char *path, mode_t mode) noexcept
{
    using namespace stint::test;
    const std::lock_guard lock(watcheddisk::mutex);
    const int result = static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
    if (result == 0)
        (void)watcheddisk::ask({.call = DiskCall::MakeFolder, .path = path});
    return result;
}

} // extern "C"
