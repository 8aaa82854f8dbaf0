// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/commands/webhookpolicy.h"

namespace stint {

class CommandRegistry;

/// Adds the commands that every host has. See the class of each for its request and result.
void addBuiltinCommands(CommandRegistry &registry, const WebhookPolicy &webhooks = {});

} // namespace stint
