// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QLatin1StringView>

#include <cstdint>
#include <optional>

namespace stint {

/// Where a job is in its life. The names are those of the State column.
enum class JobState : std::uint8_t {
    Queued,    ///< waits for its turn, its date, its parent or its retry
    Started,   ///< a host has picked it; its command runs or is about to
    Executed,  ///< its work is done, its callback is still to run
    Completed, ///< finished with success
    Failed,    ///< finished without success
    Cancelled, ///< finished by request, or because its parent did not succeed
};

/// Completed, Failed and Cancelled jobs never run again unless they are requeued.
[[nodiscard]] constexpr bool isFinished(JobState state) noexcept
{
    return state == JobState::Completed || state == JobState::Failed || state == JobState::Cancelled;
}

/// The text of the State column: `Queued`, `Started`, …
[[nodiscard]] QLatin1StringView toText(JobState state) noexcept;

/// Reads the State column in any case; an empty text is Queued. Source: ServiceStack's EnumConverter.
[[nodiscard]] std::optional<JobState> parseJobState(QByteArrayView text) noexcept;

} // namespace stint
