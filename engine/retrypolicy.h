// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringView>

#include <chrono>
#include <cstdint>
#include <optional>

namespace stint {

/// How long a failed job waits before its next attempt.
struct RetryPolicy {
    /// How the wait grows.
    enum class Backoff : std::uint8_t {
        None,        ///< no wait
        Fixed,       ///< always `delay`
        Exponential, ///< random between half and all of delay · 2^(attempt-1), at most `limit`
    };

    Backoff backoff = Backoff::Exponential;
    std::chrono::milliseconds delay{1000};
    std::chrono::milliseconds limit{std::chrono::minutes{10}};

    /// The wait after attempt number `attempt` (from 1) failed. `random` is in [0, 1).
    [[nodiscard]] std::chrono::milliseconds delayAfter(int attempt, double random) const;

    /// `none`, `fixed:5s`, `exponential:1s..10m`: the form of the command line and the store.
    [[nodiscard]] QString toText() const;
    [[nodiscard]] static std::optional<RetryPolicy> parse(QStringView text);

    friend bool operator==(const RetryPolicy &, const RetryPolicy &) = default;
};

/// Reads `250ms`, `30s`, `10m`, `2h`, `1d`; a bare number is seconds.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseDuration(QStringView text);
/// The shortest such form, e.g. `90s` or `10m`.
[[nodiscard]] QString toDurationText(std::chrono::milliseconds duration);

} // namespace stint
