// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/texttable.h"
#include "engine/jobstate.h"
#include "engine/timestamp.h"

#include <QTimeZone>

#include <optional>

namespace stint::cli {

/// Values as people read them in a table.
namespace celltext {

/// In the machine's time zone: `14:03:22` today, else `2026-08-22 14:03`; empty for nothing.
[[nodiscard]] QString moment(std::optional<Timestamp> moment, Timestamp now);
/// `850ms`, `3.2s`, `4m 07s`, `2h 15m`, `3d 04h`.
[[nodiscard]] QString duration(std::chrono::milliseconds duration);
/// From the one to the other; empty where one is missing or they are the wrong way round.
[[nodiscard]] QString between(std::optional<Timestamp> from, std::optional<Timestamp> to);
/// ISO 8601 with the zone's offset, in UTC for none: `2026-08-22T14:03:22+02:00`.
[[nodiscard]] QString isoMoment(Timestamp moment, const std::optional<QTimeZone> &zone);
[[nodiscard]] TextTable::Cell state(JobState state);

} // namespace celltext

} // namespace stint::cli
