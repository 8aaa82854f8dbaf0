// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/builtincommands.h"

#include "engine/commandregistry.h"
#include "engine/commands/checkurls.h"
#include "engine/commands/httprequest.h"
#include "engine/commands/notifywebhook.h"
#include "engine/commands/runprocess.h"
#include "engine/commands/simulate.h"

namespace stint {

void addBuiltinCommands(CommandRegistry &registry, const WebhookPolicy &webhooks)
{
    registry.add<CheckUrls>();
    registry.add<HttpRequest>();
    registry.add(CommandEntry{{QStringLiteral("NotifyWebhook"), false, QStringLiteral("NoArgs"), {}}, {}, [webhooks] {
                                  return std::make_unique<NotifyWebhook>(webhooks);
                              }});
    registry.add<RunProcess>();
    registry.add<Simulate>();
}

} // namespace stint
