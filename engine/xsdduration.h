// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/timestamp.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace stint {

/// A duration as XML Schema writes it, the form of time spans in .NET JSON: `PT2S`, `P1DT2H`, `-PT1.5S`, `PT0S`.
[[nodiscard]] QString toXsdDuration(Ticks duration);

/// Reads days, hours, minutes and seconds with up to seven fraction digits; years and months have no fixed
/// length and are refused.
[[nodiscard]] std::optional<Ticks> parseXsdDuration(QByteArrayView text);

} // namespace stint
