// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/timestamp.h"

namespace stint {

/// Tells the time. Everything that needs it is given one, so that tests can set it. Any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;

protected:
    Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)
};

/// The clock of the machine.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return std::chrono::time_point_cast<Ticks>(std::chrono::system_clock::now()); }
};

} // namespace stint
