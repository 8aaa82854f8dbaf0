// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace stint {

/// A field of a cron expression: what it is called and which values it has. Any thread.
struct CronField {
    enum Kind : std::uint8_t { Seconds, Minutes, Hours, DaysOfMonth, Months, DaysOfWeek };

    Kind kind;
    QLatin1StringView name;
    int first;
    int last;                                 ///< as written: 7 is Sunday too
    std::span<const QLatin1StringView> names; ///< of the values from first on, three letters each

    [[nodiscard]] static const CronField &of(Kind kind);

    /// Whether `*`, `?`, `-` and `/` in it make an expression an interval.
    [[nodiscard]] bool tellsTime() const { return kind <= Hours; }
    [[nodiscard]] std::uint64_t all() const;
    /// Every step-th value from `low` to `high`, going on through the wrap where high is the lower one.
    [[nodiscard]] std::uint64_t range(int low, int high, int step) const;
    /// The value of a name of three letters, in any case.
    [[nodiscard]] std::optional<int> valueOf(QStringView threeLetters) const;
};

} // namespace stint
