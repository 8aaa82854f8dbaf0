// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/result.h"

#include <QList>
#include <QString>

namespace stint {

/// Which processes have a store open.
namespace storeusers {

/// A process of another program that has a file open.
struct Process {
    qint64 pid = 0;
    QString name; ///< as the system lists it
};

/// Marks this process as one of Stint's: it holds a nameless memory file that others see in its list of open files.
/// Nothing is written to any disk. May come twice.
void announce();

/// The processes, other than Stint's own, that have `file` open. An Error where that cannot be seen: the caller
/// should then take it that there is one. Source: /proc.
[[nodiscard]] Result<QList<Process>> foreignUsers(const QString &file);

} // namespace storeusers
} // namespace stint
