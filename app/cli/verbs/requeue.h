// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/options.h"
#include "app/cli/verb.h"

#include <vector>

namespace stint::cli {

/// `stint requeue`: finished jobs run again, by id or all that match.
class RequeueVerb final : public Verb
{
public:
    explicit RequeueVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    std::vector<std::int64_t> m_ids;
    FilterOptions m_filter;
    std::optional<QByteArray> m_edit;
    bool m_json = false;
};

} // namespace stint::cli
