// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

namespace stint {

/// The Readiness column: whether a job of the queue may be claimed.
enum class Readiness : int {
    Undecided = 0,      ///< to be looked at on its DueDate, or at once where that is NULL (a row made by another program)
    Ready = 1,          ///< may be claimed
    WaitsForParent = 2, ///< until the job it depends on has ended
    UnknownCommand = 3, ///< until a host comes that knows how to run it
    Taken = 4,          ///< claimed by a host, or finished and about to leave the queue
};

} // namespace stint
