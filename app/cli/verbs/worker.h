// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/verb.h"
#include "engine/store/jobstore.h"

namespace stint::cli {

/// `stint worker`: what the workers do; pause and resume one.
class WorkerVerb final : public Verb
{
public:
    explicit WorkerVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    [[nodiscard]] int list(const JobStore &store) const;
    [[nodiscard]] int setPaused(JobStore &store, bool paused) const;

    CLI::App *m_list;
    CLI::App *m_pause;
    CLI::App *m_resume;
    QString m_name;
    bool m_unnamed = false;
    bool m_json = false;
};

} // namespace stint::cli
