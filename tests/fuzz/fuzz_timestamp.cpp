// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/retrypolicy.h"
#include "engine/timestamp.h"
#include "engine/xsdduration.h"
#include "tests/fuzz/require.h"

#include <cstring>

using namespace stint;

static void checkTexts(const QByteArray &text)
{
    if (const auto moment = parseTimestamp(text)) {
        require(parseTimestamp(toStoreText(*moment)) == moment);
        require(parseTimestamp(toIsoText(*moment).toLatin1()) == moment);
        const YearMonth month = YearMonth::of(*moment);
        require(month.begin() <= *moment && YearMonth::parse(month.toText()) == month);
    }
    if (const auto duration = parseXsdDuration(text))
        require(parseXsdDuration(toXsdDuration(*duration).toLatin1()) == duration);

    const QString wide = QString::fromUtf8(text);
    if (const auto month = YearMonth::parse(wide))
        require(month->toText() == wide);
    if (const auto duration = parseDuration(wide))
        require(parseDuration(toDurationText(*duration)) == duration);
    if (const auto policy = RetryPolicy::parse(wide)) {
        require(RetryPolicy::parse(policy->toText()) == policy);
        for (const int attempt : {1, 2, 1'000'000})
            require(policy->delayAfter(attempt, 0.999) >= std::chrono::milliseconds::zero());
    }
}

static void checkTicks(std::int64_t first, std::int64_t second)
{
    require(parseXsdDuration(toXsdDuration(Ticks{first}).toLatin1()) == Ticks{first});

    const auto earliest = parseTimestamp("0001-01-01").value();
    const auto latest = parseTimestamp("9999-12-31 23:59:59.9999999").value();
    const Timestamp a{Ticks{first}};
    const Timestamp b{Ticks{second}};
    if (a < earliest || a > latest || b < earliest || b > latest)
        return;
    require(parseTimestamp(toStoreText(a)) == a);
    require((toStoreText(a) < toStoreText(b)) == (a < b));
    require(toTimestamp(toDateTime(a)) == std::chrono::floor<std::chrono::milliseconds>(a));
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    checkTexts(toBytes(data, size));
    if (std::int64_t ticks[2]; size >= sizeof ticks) {
        std::memcpy(ticks, data, sizeof ticks);
        checkTicks(ticks[0], ticks[1]);
    }
    return 0;
}
