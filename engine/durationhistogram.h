// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <vector>

namespace stint {

/// How long runs took, in buckets that grow by a twelfth of a doubling: a percentile is off by 6 % at most, and any
/// number of runs fits into a short text. A value; any thread.
class DurationHistogram final
{
public:
    void add(int milliseconds, std::int64_t runs = 1);
    void add(const DurationHistogram &other);

    [[nodiscard]] std::int64_t runs() const;
    /// The duration, in milliseconds, that `share` of the runs (0 to 1) did not exceed; nothing without runs.
    [[nodiscard]] std::optional<int> percentile(double share) const;

    /// `bucket:runs` separated by blanks.
    [[nodiscard]] QByteArray toText() const;
    /// Pieces that make no sense are left out.
    [[nodiscard]] static DurationHistogram parse(QByteArrayView text);

    friend bool operator==(const DurationHistogram &, const DurationHistogram &) = default;

private:
    void addToBucket(int bucket, std::int64_t runs);

    std::vector<std::int64_t> m_runs; ///< by bucket; the last is not 0
};

} // namespace stint
