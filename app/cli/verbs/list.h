// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/verb.h"
#include "engine/jobreader.h"

namespace stint::cli {

/// `stint list`: the jobs of a pane, newest first.
class ListVerb final : public Verb
{
public:
    explicit ListVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    [[nodiscard]] int listJobs(const JobStore &store, Pane pane);
    [[nodiscard]] int listTasks(const JobStore &store);
    [[nodiscard]] std::int64_t limit() const;

    std::optional<Pane> m_pane = Pane::Queue; ///< nothing: the scheduled tasks
    FilterOptions m_filter;
    std::optional<std::int64_t> m_limit;
    std::optional<std::int64_t> m_after;
    QStringList m_fields;
    bool m_json = false;
    bool m_reveal = false;
    Output m_output;
};

} // namespace stint::cli
