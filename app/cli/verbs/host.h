// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/output.h"
#include "app/cli/verb.h"
#include "engine/commands/webhookpolicy.h"
#include "engine/jobhost.h"

namespace stint::cli {

/// `stint host`: runs the jobs of a store until it is told to stop, or, with --drain, until none is due.
class HostVerb final : public Verb
{
public:
    explicit HostVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    [[nodiscard]] Result<CommandRegistry> commands() const;
    [[nodiscard]] int host(const std::shared_ptr<JobStore> &store, CommandRegistry registry, const QString &location);

    HostOptions m_options;
    QString m_users;
    QStringList m_plugins;
    QString m_apiBase;
    QString m_apiTokenVariable;
    WebhookPolicy m_webhooks;
    QString m_authoritiesFile;
    QString m_metricsFile;
    bool m_drain = false;
    bool m_quiet = false;
    Output m_output;
};

} // namespace stint::cli
