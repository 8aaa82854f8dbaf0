// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/verbs/scheduleadd.h"
#include "app/cli/verbs/schedulelooks.h"
#include "engine/store/jobstore.h"

namespace stint::cli {

/// `schedule`: what is done to a schedule by its name is here, the rest in verbs of its own.
class ScheduleVerb final : public Verb
{
public:
    explicit ScheduleVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    [[nodiscard]] int remove(JobStore &store) const;
    [[nodiscard]] int setPaused(JobStore &store, bool paused) const;
    [[nodiscard]] int runNow(JobStore &store) const;
    [[nodiscard]] int say(const QString &what) const;

    ScheduleAddVerb m_add;
    ScheduleListVerb m_list;
    ScheduleShowVerb m_show;
    CLI::App *m_remove;
    CLI::App *m_pause;
    CLI::App *m_resume;
    CLI::App *m_run;
    QString m_name;
    bool m_json = false;
};

} // namespace stint::cli
