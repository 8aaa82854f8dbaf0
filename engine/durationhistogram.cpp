// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/durationhistogram.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

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
    addToBucket(bucketOf(milliseconds), runs);
}

void DurationHistogram::add(const DurationHistogram &other)
{
    if (m_runs.size() < other.m_runs.size())
        m_runs.resize(other.m_runs.size());
    std::transform(other.m_runs.begin(), other.m_runs.end(), m_runs.begin(), m_runs.begin(), std::plus());
}

void DurationHistogram::addToBucket(int bucket, std::int64_t runs)
{
    const auto index = static_cast<std::size_t>(bucket);
    if (runs <= 0)
        return;
    if (index >= m_runs.size())
        m_runs.resize(index + 1);
    m_runs[index] += runs;
}

std::int64_t DurationHistogram::runs() const
{
    return std::accumulate(m_runs.begin(), m_runs.end(), std::int64_t{0});
}

std::optional<int> DurationHistogram::percentile(double share) const
{
    const auto wanted = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(share * static_cast<double>(runs()))));
    std::int64_t seen = 0;
    for (std::size_t bucket = 0; bucket < m_runs.size(); ++bucket) {
        seen += m_runs[bucket];
        if (seen >= wanted)
            return upperBound(static_cast<int>(bucket));
    }
    return {};
}

QByteArray DurationHistogram::toText() const
{
    QByteArray text(""); // never null: a database tells the two apart
    for (std::size_t bucket = 0; bucket < m_runs.size(); ++bucket) {
        if (m_runs[bucket] == 0)
            continue;
        if (!text.isEmpty())
            text += ' ';
        text += QByteArray::number(qulonglong{bucket}) + ':' + QByteArray::number(qlonglong{m_runs[bucket]});
    }
    return text;
}

DurationHistogram DurationHistogram::parse(QByteArrayView text)
{
    DurationHistogram histogram;
    const char *const end = text.data() + text.size();
    for (const char *piece = text.data(); piece < end;) {
        const char *const pieceEnd = std::find(piece, end, ' ');
        int bucket = -1;
        std::int64_t runs = 0;
        const auto [colon, bucketError] = std::from_chars(piece, pieceEnd, bucket);
        if (bucketError == std::errc() && colon != pieceEnd && *colon == ':' && bucket >= 0 && bucket <= lastBucket) {
            const auto [rest, runsError] = std::from_chars(colon + 1, pieceEnd, runs);
            if (runsError == std::errc() && rest == pieceEnd)
                histogram.addToBucket(bucket, runs);
        }
        piece = pieceEnd == end ? end : pieceEnd + 1;
    }
    return histogram;
}

} // namespace stint
