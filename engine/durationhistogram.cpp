// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/durationhistogram.h"

#include <QList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace stint {

namespace {

constexpr double bucketsPerDoubling = 12;
const int lastBucket = static_cast<int>(std::ceil(std::log2(std::numeric_limits<int>::max()) * bucketsPerDoubling)) + 1;

/// 0 ms is bucket 0, 1 ms bucket 1, and bucket b > 0 ends at 2^((b - 1) / 12) ms.
int bucketOf(int milliseconds)
{
    if (milliseconds <= 0)
        return 0;
    return 1 + static_cast<int>(std::ceil(std::log2(milliseconds) * bucketsPerDoubling - 1e-9));
}

int upperBound(int bucket)
{
    if (bucket == 0)
        return 0;
    const double bound = std::exp2((bucket - 1) / bucketsPerDoubling) + 1e-6;
    return static_cast<int>(std::min(bound, static_cast<double>(std::numeric_limits<int>::max())));
}

} // namespace

void DurationHistogram::add(int milliseconds, std::int64_t runs)
{
    m_buckets[bucketOf(milliseconds)] += runs;
}

void DurationHistogram::add(const DurationHistogram &other)
{
    for (const auto &[bucket, runs] : other.m_buckets)
        m_buckets[bucket] += runs;
}

std::int64_t DurationHistogram::runs() const
{
    std::int64_t sum = 0;
    for (const auto &[bucket, runs] : m_buckets)
        sum += runs;
    return sum;
}

std::optional<int> DurationHistogram::percentile(double share) const
{
    const auto wanted = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(share * static_cast<double>(runs()))));
    std::int64_t seen = 0;
    for (const auto &[bucket, runs] : m_buckets) {
        seen += runs;
        if (seen >= wanted)
            return upperBound(bucket);
    }
    return {};
}

QByteArray DurationHistogram::toText() const
{
    QByteArray text(""); // never null: a database tells the two apart
    for (const auto &[bucket, runs] : m_buckets) {
        if (!text.isEmpty())
            text += ' ';
        text += QByteArray::number(bucket) + ':' + QByteArray::number(static_cast<qlonglong>(runs));
    }
    return text;
}

DurationHistogram DurationHistogram::parse(QByteArrayView text)
{
    DurationHistogram histogram;
    for (const QByteArray &piece : text.toByteArray().split(' ')) {
        const auto colon = piece.indexOf(':');
        bool isBucket = false;
        bool isCount = false;
        const int bucket = piece.left(colon).toInt(&isBucket);
        const qlonglong runs = piece.mid(colon + 1).toLongLong(&isCount);
        if (colon > 0 && isBucket && isCount && bucket >= 0 && bucket <= lastBucket && runs > 0)
            histogram.m_buckets[bucket] += runs;
    }
    return histogram;
}

} // namespace stint
