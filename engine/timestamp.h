// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QDateTime>
#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>

namespace stint {

/// The resolution of dates in a job database: 100 ns, the tick of .NET.
using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;

/// A moment in UTC, exact to 100 ns. Cheaper than QDateTime, which the hot path avoids.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, Ticks>;

/// `yyyy-MM-dd HH:mm:ss[.fffffff]`, trailing zeros dropped: the form of every date column.
/// Text order is time order. Source: Microsoft.Data.Sqlite value binding.
[[nodiscard]] QByteArray toStoreText(Timestamp moment);

/// `yyyy-MM-ddTHH:mm:ss[.fffffff]Z`: the form of the admin API.
[[nodiscard]] QString toIsoText(Timestamp moment);
[[nodiscard]] QByteArray toIsoUtf8(Timestamp moment);

/// Reads the store form, ISO 8601 with `T`, `Z` or an offset, and a bare date. Without a zone the
/// text is UTC. Nothing else is accepted, nor anything before or after.
[[nodiscard]] std::optional<Timestamp> parseTimestamp(QByteArrayView text);

[[nodiscard]] Timestamp toTimestamp(const QDateTime &moment);
/// UTC, cut to whole milliseconds, which is all that QDateTime holds.
[[nodiscard]] QDateTime toDateTime(Timestamp moment);

/// A calendar month in UTC: the key of an archive database.
struct YearMonth {
    int year = 0;
    int month = 0; ///< 1 to 12

    [[nodiscard]] static YearMonth of(Timestamp moment);
    /// Reads `yyyy-MM`.
    [[nodiscard]] static std::optional<YearMonth> parse(QStringView text);
    [[nodiscard]] QString toText() const;
    [[nodiscard]] Timestamp begin() const;
    [[nodiscard]] YearMonth next() const { return month == 12 ? YearMonth{year + 1, 1} : YearMonth{year, month + 1}; }
    [[nodiscard]] YearMonth previous() const { return month == 1 ? YearMonth{year - 1, 12} : YearMonth{year, month - 1}; }

    friend auto operator<=>(const YearMonth &, const YearMonth &) = default; // NOLINT(modernize-use-nullptr): its 0 is no pointer
};

} // namespace stint
