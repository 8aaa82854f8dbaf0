// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/crondescription.h"
#include "tests/fuzz/require.h"

#include <array>
#include <cstring>

using namespace stint;
using namespace std::chrono_literals;

static void checkOccurrences(const CronExpression &cron, Timestamp from, const QTimeZone &zone)
{
    const auto whole = std::chrono::floor<std::chrono::seconds>(from);
    const auto next = cron.next(from, zone);
    if (next) {
        require(*next > from && std::chrono::floor<std::chrono::seconds>(*next) == *next);
        require(cron.next(*next - 1s, zone) == next && cron.previous(*next, zone, true) == next);
        const auto before = cron.previous(*next, zone);
        require(!before || *before <= whole);
    }
    const auto inclusive = cron.next(from, zone, true);
    require(inclusive == next || inclusive == from);

    const auto previous = cron.previous(from, zone);
    if (previous) {
        require(*previous < from && std::chrono::floor<std::chrono::seconds>(*previous) == *previous);
        const auto after = cron.next(*previous, zone);
        require(!after || *after >= from);
    }
    if (next || previous)
        require(cron.canOccur());
}

static void check(const QString &text, CronFormat format, Timestamp from, const QTimeZone &zone)
{
    const auto cron = CronExpression::parse(text, format, u"name");
    if (!cron) {
        const QString message = cron.error().message;
        const int position = message.mid(message.lastIndexOf(u' ') + 1).toInt();
        require(position >= 1 && position <= text.size() + 1);
        return;
    }
    require(CronExpression::parse(cron->toString()).value() == *cron);
    require(!describe(*cron).isEmpty());
    checkOccurrences(*cron, from, zone);
}

/// A byte that chooses the zone, five for the moment, then the expression.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::array zones{QTimeZone::utc(),
                                  QTimeZone("Europe/Berlin"),
                                  QTimeZone("Australia/Lord_Howe"),
                                  QTimeZone("Asia/Amman"),
                                  QTimeZone("America/Santiago"),
                                  QTimeZone("Africa/Casablanca"),
                                  QTimeZone("Pacific/Apia"),
                                  QTimeZone(19'800)};
    if (size < 6)
        return 0;
    std::uint64_t number = 0;
    std::memcpy(&number, data + 1, 5);
    const Timestamp earliest = parseTimestamp("0001-01-01").value();
    const Timestamp from = earliest + std::chrono::milliseconds(number * 286); // all 40 bits reach year 9966
    const QString text = QString::fromUtf8(toBytes(data + 6, size - 6));
    for (const CronFormat format : {CronFormat::Auto, CronFormat::Standard, CronFormat::Seconds})
        check(text, format, from, zones[data[0] % zones.size()]);
    return 0;
}
