// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/bench/sqlitecounters.h"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <map>
#include <mutex>

namespace stint::cli::sqlitecounters {

namespace {

std::atomic<std::int64_t> syncCount = 0;
std::atomic<std::int64_t> commitCount = 0;

/// A copy of the system's own VFS whose files count their syncs. Each kind of file that it opens has a table of
/// methods of its own, so each table gets a counting twin.
struct CountingMethods {
    sqlite3_io_methods methods{};
    int (*sync)(sqlite3_file *, int) = nullptr;
};
std::mutex methodsMutex;
std::map<const sqlite3_io_methods *, CountingMethods> methodsOf;
sqlite3_vfs countingVfs;
int (*openFile)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *) = nullptr;

int countedSync(sqlite3_file *file, int flags)
{
    syncCount.fetch_add(1, std::memory_order_relaxed);
    // The twin is the first member of its CountingMethods.
    return reinterpret_cast<const CountingMethods *>(file->pMethods)->sync(file, flags);
}

int openCounted(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flagsOut)
{
    const int code = openFile(vfs, name, file, flags, flagsOut);
    if (!file->pMethods)
        return code;
    const std::lock_guard lock(methodsMutex);
    CountingMethods &twin = methodsOf[file->pMethods];
    if (!twin.sync) {
        twin.methods = *file->pMethods;
        twin.sync = twin.methods.xSync;
        twin.methods.xSync = countedSync;
    }
    file->pMethods = &twin.methods;
    return code;
}

int countCommit(void *)
{
    commitCount.fetch_add(1, std::memory_order_relaxed);
    return 0;
}

int watchCommits(sqlite3 *db, char **, const struct sqlite3_api_routines *)
{
    const char *const file = sqlite3_db_filename(db, "main");
    if (file && std::strstr(file, "/jobs.db"))
        sqlite3_commit_hook(db, countCommit, nullptr);
    return SQLITE_OK;
}

} // namespace

void install()
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); // as the engine has it, which comes too late for that below
    sqlite3_initialize();
    countingVfs = *sqlite3_vfs_find(nullptr);
    openFile = countingVfs.xOpen;
    countingVfs.zName = "counting";
    countingVfs.xOpen = openCounted;
    sqlite3_vfs_register(&countingVfs, 1);
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(watchCommits));
}

std::int64_t syncs()
{
    return syncCount.load(std::memory_order_relaxed);
}

std::int64_t queueCommits()
{
    return commitCount.load(std::memory_order_relaxed);
}

} // namespace stint::cli::sqlitecounters
