// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/verb.h"
#include "engine/scheduledtask.h"

namespace stint::cli {

/// `schedule add`
class ScheduleAddVerb final : public Verb
{
public:
    explicit ScheduleAddVerb(CLI::App &parent);
    [[nodiscard]] int run(const QString &location) override;

private:
    [[nodiscard]] Result<Schedule> when() const;

    QString m_name;
    NewJob m_job;
    QString m_api;
    std::optional<QByteArray> m_body;
    QString m_cron;
    QString m_zone;
    CronFormat m_format = CronFormat::Auto;
    std::optional<std::chrono::milliseconds> m_interval;
    MissedRuns m_missedRuns;
    bool m_startNow = false;
    bool m_noOverlap = false;
    bool m_transient = false;
    bool m_paused = false;
    bool m_json = false;
};

} // namespace stint::cli
