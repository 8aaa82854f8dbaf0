// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/timestamp.h"

#include <functional>
#include <memory>

namespace stint {

/// Tells the time. Everything that needs it is given one, so that tests can set it. Any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;

    /// Calls `listener`, on any thread, whenever the clock has jumped: it was set, or the machine has slept. A wait of
    /// known length for a moment on it may then be too long or too short. It ends with what is returned, whose
    /// destructor waits for a call under way.
    [[nodiscard]] virtual std::shared_ptr<void> whenSet(std::function<void()> listener) const = 0;

protected:
    Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)
};

/// The clock of the machine.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return std::chrono::time_point_cast<Ticks>(std::chrono::system_clock::now()); }
    [[nodiscard]] std::shared_ptr<void> whenSet(std::function<void()> listener) const override;
};

} // namespace stint
