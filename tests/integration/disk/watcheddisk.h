// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <cstdint>
#include <functional>

namespace stint::test {

/// What a program asks of the disk.
enum class DiskCall : std::uint8_t { Open, Read, Write, Truncate, Sync, Delete, Lock, SharedMemory, Rename, MakeFolder, SyncFolder };

/// One such call, before it is done.
struct DiskEvent {
    DiskCall call = DiskCall::Open;
    QByteArray path;
    QByteArray target;       ///< Rename
    std::int64_t offset = 0; ///< Write; Truncate: the size
    QByteArray data;         ///< Write
    bool creates = false;    ///< Open
};

/// What SQLite in this process, and whoever renames, makes or syncs folders here, asks of the disk from install() on.
namespace watcheddisk {

/// Answers SQLITE_OK to have the call done, or the code that SQLite is given instead. On the thread of the call; one at
/// a time, with the call itself where it changes a file or a name.
using Hook = std::function<int(const DiskEvent &)>;

/// Call it before the first connection is opened.
void install();
void setHook(Hook hook);
/// Without it syncs take no time: nothing here outlives the process.
void setSyncing(bool syncing);

} // namespace watcheddisk

} // namespace stint::test
