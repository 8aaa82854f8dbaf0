// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/output.h"
#include "app/cli/verb.h"
#include "engine/store/jobstore.h"

namespace stint::cli {

/// `stint show`: all that is known about one job.
class ShowVerb final : public Verb
{
public:
    explicit ShowVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    [[nodiscard]] Result<std::optional<JobResult>> find(const JobStore &store) const;
    [[nodiscard]] int print(const JobStore &store, const JobResult &job);

    QString m_key;
    bool m_json = false;
    bool m_follow = false;
    bool m_reveal = false;
    Output m_output;
};

} // namespace stint::cli
