// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"
#include "engine/commands/webhookpolicy.h"

namespace stint {

struct ReplyTo;

/// Posts its own request as JSON to its job's `replyTo`; with an empty one, `{}`, the result of the job it depends on.
/// As a callback it posts the result of its job. An answer that is not 2xx, or none, is a failure and retried as any. A
/// redirect that would lose the body is a failure; none takes credentials to another server. On a thread of the pool.
class NotifyWebhook final : public AbstractCommand
{
public:
    explicit NotifyWebhook(WebhookPolicy policy)
        : m_policy(std::move(policy))
    {
    }

    void execute(const QByteArray &requestBody, const std::shared_ptr<JobContext> &context, const Finished &finished) override;

private:
    [[nodiscard]] Result<ReplyTo> target(const Job &job) const;

    WebhookPolicy m_policy;
};

} // namespace stint
