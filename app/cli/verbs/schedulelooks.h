// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/verb.h"

namespace stint::cli {

/// `schedule list`
class ScheduleListVerb final : public Verb
{
public:
    explicit ScheduleListVerb(CLI::App &schedule);
    [[nodiscard]] int run(const QString &location) override;

private:
    bool m_json = false;
    bool m_reveal = false;
};

/// `schedule show`
class ScheduleShowVerb final : public Verb
{
public:
    explicit ScheduleShowVerb(CLI::App &schedule);
    [[nodiscard]] int run(const QString &location) override;

private:
    QString m_name;
    int m_count = 5;
    bool m_json = false;
    bool m_reveal = false;
};

} // namespace stint::cli
