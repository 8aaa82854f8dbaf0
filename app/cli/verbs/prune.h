// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/verb.h"
#include "engine/store/jobstore.h"

namespace stint::cli {

/// `stint prune`: takes old months away, by moving their files into another folder. Only tells which, unless --apply.
class PruneVerb final : public Verb
{
public:
    explicit PruneVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    PruneRequest m_request;
    std::optional<std::chrono::seconds> m_olderThan;
    bool m_apply = false;
    bool m_json = false;
};

} // namespace stint::cli
