// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/job.h"

#include <array>

using namespace Qt::StringLiterals;

namespace stint {

namespace {
constexpr std::array jobStateNames{"Queued"_L1, "Started"_L1, "Executed"_L1, "Completed"_L1, "Failed"_L1, "Cancelled"_L1};
constexpr std::array outcomeNames{"Failed"_L1, "Interrupted"_L1, "Refunded"_L1, "Cancelled"_L1, "Completed"_L1};
constexpr std::array levelNames{"Debug"_L1, "Info"_L1, "Warning"_L1, "Error"_L1};
} // namespace

QLatin1StringView toText(JobState state) noexcept
{
    return jobStateNames[static_cast<std::size_t>(state)];
}

std::optional<JobState> parseJobState(QByteArrayView text) noexcept
{
    if (text.isEmpty())
        return JobState::Queued;
    for (std::size_t i = 0; i < jobStateNames.size(); ++i) {
        if (text.compare(QByteArrayView(jobStateNames[i].data(), jobStateNames[i].size()), Qt::CaseInsensitive) == 0)
            return static_cast<JobState>(i);
    }
    return std::nullopt;
}

QLatin1StringView toText(AttemptOutcome outcome) noexcept
{
    return outcomeNames[static_cast<std::size_t>(outcome)];
}

QLatin1StringView toText(LogLevel level) noexcept
{
    return levelNames[static_cast<std::size_t>(level)];
}

} // namespace stint
