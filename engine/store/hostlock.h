// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstats.h"
#include "engine/result.h"

#include <memory>

namespace stint {

/// The file `stint-host.lock` beside a store: the process that holds its lock is the store's host. Any thread.
class HostLock final
{
public:
    /// Takes the lock and writes who has it; Conflict naming the holder where another process has it.
    [[nodiscard]] static Result<std::unique_ptr<HostLock>> take(const QString &folder, const HostInfo &host);
    ~HostLock();
    Q_DISABLE_COPY_MOVE(HostLock)

    /// Whether the store has, or once had, a host.
    [[nodiscard]] static bool exists(const QString &folder);
    /// The id of the living host of a store, or nothing. Takes no lock.
    [[nodiscard]] static QString holder(const QString &folder);

private:
    explicit HostLock(int file)
        : m_file(file)
    {
    }

    int m_file;
};

} // namespace stint
