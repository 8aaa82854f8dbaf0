// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/bench/benchplan.h"
#include "app/cli/verb.h"

namespace stint::cli {

/// `stint bench`: how fast this machine runs jobs that do nothing, beside the same work through the bare SQLite C API.
class BenchVerb final : public Verb
{
public:
    explicit BenchVerb(CLI::App &app);
    [[nodiscard]] bool needsStore() const override { return false; }
    /// Its fresh folders are made in `location`, by default where temporary files go.
    [[nodiscard]] int run(const QString &location) override;

private:
    BenchPlan m_plan;
    bool m_json = false;
};

} // namespace stint::cli
