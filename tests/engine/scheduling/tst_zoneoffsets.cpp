// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/zoneoffsets.h"

#include <QDateTime>
#include <QTest>

#include <algorithm>

using namespace stint;
using namespace Qt::StringLiterals;

/// The table of a zone says at every moment what QTimeZone says.
class ZoneOffsetsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asQTimeZone_data();
    void asQTimeZone();
    void gapsAndOverlaps();
    void changesOfNameDoNotCount();
    void farYears_data();
    void farYears();
    void fixedOffset();
};

namespace {

constexpr std::int64_t day = 86'400;

std::int64_t at(const QString &iso)
{
    return QDateTime::fromString(iso, Qt::ISODate).toSecsSinceEpoch();
}

int offsetOf(const QTimeZone &zone, std::int64_t moment)
{
    return zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(moment, Qt::UTC));
}

} // namespace

void ZoneOffsetsTest::asQTimeZone_data()
{
    QTest::addColumn<QByteArray>("id");
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds())
        QTest::newRow(id.constData()) << id;
}

void ZoneOffsetsTest::asQTimeZone()
{
    QFETCH(QByteArray, id);
    const QTimeZone zone(id);
    const ZoneOffsets &offsets = ZoneOffsets::of(zone);
    const std::int64_t end = at(u"2120-01-01T00:00:00Z"_s);
    for (std::int64_t moment = at(u"1800-01-01T00:00:00Z"_s); moment < end; moment += 41 * day + 7) {
        const ZoneOffsets::Period period = offsets.at(moment);
        QCOMPARE(period.offset, offsetOf(zone, moment));
        QVERIFY(period.begin <= moment && moment < period.end);
        if (period.end == ZoneOffsets::always)
            continue;
        QCOMPARE(offsetOf(zone, period.end - 1), period.offset);
        QCOMPARE(offsetOf(zone, period.end), period.offsetAfter);
        QVERIFY(period.offset != period.offsetAfter);
        QCOMPARE(offsets.at(period.end).offsetBefore, period.offset);
        // A local time in the middle of a period is shown once.
        const std::int64_t middle = std::max(period.begin, moment - day) / 2 + period.end / 2;
        QCOMPARE(offsets.firstMoment(middle + period.offset), middle);
        QCOMPARE(offsets.lastMoment(middle + period.offset), middle);
    }
}

void ZoneOffsetsTest::gapsAndOverlaps()
{
    const ZoneOffsets &berlin = ZoneOffsets::of(QTimeZone("Europe/Berlin"));
    for (const QString &local : {u"2026-03-29T02:00:00Z"_s, u"2026-03-29T02:59:59Z"_s, u"2026-03-29T03:00:00Z"_s}) {
        QCOMPARE(berlin.firstMoment(at(local)), at(u"2026-03-29T01:00:00Z"_s));
        QCOMPARE(berlin.lastMoment(at(local)), at(u"2026-03-29T01:00:00Z"_s));
    }
    QCOMPARE(berlin.firstMoment(at(u"2026-10-25T02:00:00Z"_s)), at(u"2026-10-25T00:00:00Z"_s));
    QCOMPARE(berlin.lastMoment(at(u"2026-10-25T02:00:00Z"_s)), at(u"2026-10-25T01:00:00Z"_s));
    QCOMPARE(berlin.firstMoment(at(u"2026-10-25T02:59:59Z"_s)), at(u"2026-10-25T00:59:59Z"_s));
    QCOMPARE(berlin.lastMoment(at(u"2026-10-25T01:59:59Z"_s)), at(u"2026-10-24T23:59:59Z"_s));
    QCOMPARE(berlin.firstMoment(at(u"2026-10-25T03:00:00Z"_s)), at(u"2026-10-25T02:00:00Z"_s));
}

void ZoneOffsetsTest::changesOfNameDoNotCount()
{
    // Amman stayed on its summer time in October 2022 and called it by another name.
    const ZoneOffsets::Period amman = ZoneOffsets::of(QTimeZone("Asia/Amman")).at(at(u"2022-11-01T00:00:00Z"_s));
    QCOMPARE(amman.begin, at(u"2022-02-24T22:00:00Z"_s));
    QCOMPARE(amman.end, ZoneOffsets::always);
    QCOMPARE(amman.localEnd(), ZoneOffsets::always);
}

void ZoneOffsetsTest::farYears_data()
{
    QTest::addColumn<QByteArray>("id");
    for (const char *id : {"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza", "America/Nuuk"})
        QTest::newRow(id) << QByteArray(id);
}

void ZoneOffsetsTest::farYears()
{
    QFETCH(QByteArray, id);
    const QTimeZone zone(id);
    const ZoneOffsets &offsets = ZoneOffsets::of(zone);
    for (const int year : {2086, 2099, 2100, 2499, 2500, 2501, 2899, 2900, 6543, 9998}) {
        const std::int64_t begin = QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt::UTC).toSecsSinceEpoch();
        for (std::int64_t moment = begin - day; moment < begin + 367 * day; moment += day / 2) {
            const ZoneOffsets::Period period = offsets.at(moment);
            QCOMPARE(period.offset, offsetOf(zone, moment));
            QVERIFY(period.begin <= moment && moment < period.end);
            if (period.end != ZoneOffsets::always)
                QCOMPARE(offsetOf(zone, period.end), period.offsetAfter);
            const std::int64_t shown = offsets.firstMoment(moment + period.offset);
            QVERIFY(shown == moment || shown == moment + period.offset - period.offsetBefore);
        }
    }
}

void ZoneOffsetsTest::fixedOffset()
{
    const ZoneOffsets::Period period = ZoneOffsets::of(QTimeZone(5 * 3600 + 1800)).at(0);
    QCOMPARE(period.offset, 19'800);
    QCOMPARE(period.begin, -ZoneOffsets::always);
    QCOMPARE(period.end, ZoneOffsets::always);
    QCOMPARE(ZoneOffsets::of(QTimeZone(-3600)).firstMoment(0), std::int64_t{3600});
    QCOMPARE(ZoneOffsets::of(QTimeZone::utc()).lastMoment(7), std::int64_t{7});
}

QTEST_GUILESS_MAIN(ZoneOffsetsTest)
#include "tst_zoneoffsets.moc"
