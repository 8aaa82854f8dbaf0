// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"
#include "engine/commandregistry.h"

namespace stint {

/// Destroys a command: to be called when the call that told of its end is over, for the command may have made it.
/// Null: it has returned and is destroyed.
using Dispose = std::function<void()>;

/// How the run of a command ended.
struct CommandEnd {
    Outcome<JsonResult> outcome;
    Dispose dispose;
};

/// Creates and runs a command; calls `finished` once however it ends, but not before the command has returned if that is on
/// this thread.
void runCommand(const CommandEntry &entry, const QByteArray &body, const std::shared_ptr<JobContext> &context,
                std::function<void(CommandEnd)> finished);

} // namespace stint
