// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/verb.h"

namespace stint::cli {

/// `stint check`: whether every job is in exactly one place and every file readable; puts right what it can.
class CheckVerb final : public Verb
{
public:
    explicit CheckVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    bool m_repair = false;
    bool m_json = false;
};

} // namespace stint::cli
