// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/verb.h"
#include "engine/store/jobstore.h"

namespace stint::cli {

/// `stint stats`: how many jobs ended how, and how long they took.
class StatsVerb final : public Verb
{
public:
    explicit StatsVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    StatsQuery m_query;
    std::optional<std::chrono::seconds> m_last;
    bool m_rebuild = false;
    bool m_json = false;
};

} // namespace stint::cli
