// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/output.h"
#include "engine/jobjson.h"
#include "engine/jobstats.h"

namespace stint::cli {

/// All that is known about a job.
struct JobDetails {
    JobResult result;
    QList<WaitReason> waitingFor; ///< why a queued job does not run now
    QList<LogLine> logs;
};

/// `{"summary":{…},"queued"|"completed"|"failed":{…},"waitingFor":[…],"attempts":[…],"logs":[…]}`
[[nodiscard]] QByteArray toJson(const JobDetails &details, const jobjson::Format &format);

/// The same for people.
void print(Output &output, const JobDetails &details, const jobjson::Format &format);

/// A line of the log for people: `14:03:22  message`.
[[nodiscard]] QString toText(const LogLine &line);

} // namespace stint::cli
