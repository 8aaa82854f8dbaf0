// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/options.h"
#include "app/cli/verb.h"

#include <vector>

namespace stint::cli {

/// `stint cancel`: by id, or all unfinished jobs that match.
class CancelVerb final : public Verb
{
public:
    explicit CancelVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    std::vector<std::int64_t> m_ids;
    FilterOptions m_filter;
    bool m_json = false;
};

} // namespace stint::cli
