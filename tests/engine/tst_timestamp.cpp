// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/timestamp.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Dates of the store and the API: exact to 100 ns, in the range of .NET, nothing else accepted.
class TimestampTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storeText_data();
    void storeText();
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void textOrderIsTimeOrder();
    void momentsBeyondTheRangeAreCut();
    void qDateTime();
    void months();
    void refusesMonth_data();
    void refusesMonth();
};

void TimestampTest::storeText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ticks");
    // Values of real databases, with the ticks since 1970 that .NET has for them.
    QTest::newRow("seven digits") << "2026-08-14 09:12:33.8937125"_ba << Q_INT64_C(17866987538937125);
    QTest::newRow("six digits") << "2026-08-14 09:12:33.813974"_ba << Q_INT64_C(17866987538139740);
    QTest::newRow("three digits") << "2026-11-22 18:40:04.831"_ba << Q_INT64_C(17953728048310000);
    QTest::newRow("no fraction") << "2026-08-22 10:12:53"_ba << Q_INT64_C(17873935730000000);
    QTest::newRow("leading zeros of the fraction") << "1970-01-01 00:00:00.0000001"_ba << Q_INT64_C(1);
    QTest::newRow("epoch") << "1970-01-01 00:00:00"_ba << Q_INT64_C(0);
    QTest::newRow("before the epoch") << "1969-12-31 23:59:59.9999999"_ba << Q_INT64_C(-1);
    QTest::newRow("leap day") << "2024-02-29 00:00:00"_ba << Q_INT64_C(17091648000000000);
    QTest::newRow("first") << "0001-01-01 00:00:00"_ba << Q_INT64_C(-621355968000000000);
    QTest::newRow("last") << "9999-12-31 23:59:59.9999999"_ba << Q_INT64_C(2534023007999999999);
}

void TimestampTest::storeText()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ticks);
    const Timestamp moment{Ticks{ticks}};

    QCOMPARE(toStoreText(moment), text);
    QCOMPARE(toIsoText(moment), QString::fromLatin1(text).replace(u' ', u'T') + u'Z');
    QCOMPARE(parseTimestamp(text), std::optional(moment));
    QCOMPARE(parseTimestamp(toIsoText(moment).toLatin1()), std::optional(moment));
}

void TimestampTest::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("stored");
    QTest::newRow("bare date") << "2026-08-22"_ba
                               << "2026-08-22 00:00:00"_ba;
    QTest::newRow("no seconds") << "2026-08-22T10:12"_ba
                                << "2026-08-22 10:12:00"_ba;
    QTest::newRow("no seconds, zone") << "2026-08-22T10:12Z"_ba
                                      << "2026-08-22 10:12:00"_ba;
    QTest::newRow("T without zone") << "2026-08-22T10:12:53.5"_ba
                                    << "2026-08-22 10:12:53.5"_ba;
    QTest::newRow("east") << "2026-08-22T01:12:53+02:00"_ba
                          << "2026-08-21 23:12:53"_ba;
    QTest::newRow("west") << "2026-08-22T23:12:53.25-05:30"_ba
                          << "2026-08-23 04:42:53.25"_ba;
    QTest::newRow("short offset") << "2026-08-22 10:12:53+0200"_ba
                                  << "2026-08-22 08:12:53"_ba;
    QTest::newRow("hours only") << "2026-08-22 10:12:53+02"_ba
                                << "2026-08-22 08:12:53"_ba;
    QTest::newRow("nanoseconds are cut") << "2026-08-22T10:12:53.123456789Z"_ba
                                         << "2026-08-22 10:12:53.1234567"_ba;
    QTest::newRow("trailing zeros") << "2026-08-22T10:12:53.1200000Z"_ba
                                    << "2026-08-22 10:12:53.12"_ba;
    QTest::newRow("farthest zone") << "2026-08-22T10:00:00+14:00"_ba
                                   << "2026-08-21 20:00:00"_ba;
}

void TimestampTest::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, stored);
    const auto moment = parseTimestamp(text);
    QVERIFY(moment);
    QCOMPARE(toStoreText(*moment), stored);
}

void TimestampTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             "2026",
                             "2026-08",
                             "2026-8-22",
                             "2026-08-22 ",
                             "2026-08-22T",
                             "2026-08-22T10",
                             "2026-08-22T1:12:53",
                             "2026-13-01",
                             "2026-00-01",
                             "2026-02-29",
                             "2026-04-31",
                             "2026-08-00",
                             "0000-01-01",
                             "2026-08-22T24:00:00",
                             "2026-08-22T10:60:00",
                             "2026-08-22T10:12:60",
                             "2026-08-22T10:12:53.",
                             "2026-08-22T10:12:53.1234567890",
                             "2026-08-22T10:12:53z",
                             "2026-08-22T10:12:53ZZ",
                             "2026-08-22T10:12:53+",
                             "2026-08-22T10:12:53+2",
                             "2026-08-22T10:12:53+02:0",
                             "2026-08-22T10:12:53+15:00",
                             "2026-08-22T10:12:53+14:01",
                             " 2026-08-22",
                             "2026-08-22x",
                             "2026/08/22",
                             "+2026-08-22",
                             "-2026-08-22",
                             "22.08.2026",
                             "now",
                             "0001-01-01T00:00:00+01:00",
                             "9999-12-31T23:59:59-01:00",
                             "2026-08-22  10:12:53",
                             "2026-08-22t10:12:53",
                             "２０２６-08-22"})
        QTest::newRow(text[0] ? text : "empty") << QByteArray(text);
    QTest::newRow("zero byte") << QByteArray("2026-08-22\0", 11);
}

void TimestampTest::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseTimestamp(text));
}

void TimestampTest::textOrderIsTimeOrder()
{
    const Timestamp base = *parseTimestamp("2026-08-22 10:12:53");
    QByteArray previous = toStoreText(base - Ticks{1});
    for (const std::int64_t step : {0, 1, 10, 1'000'000, 9'999'999, 10'000'000, 86'400'000, 2'000'000'000}) {
        const QByteArray text = toStoreText(base + Ticks{step});
        QVERIFY2(previous < text, previous + " " + text);
        previous = text;
    }
}

void TimestampTest::momentsBeyondTheRangeAreCut()
{
    QCOMPARE(toStoreText(Timestamp::max()), "9999-12-31 23:59:59.9999999"_ba);
    QCOMPARE(toStoreText(Timestamp::min()), "0001-01-01 00:00:00"_ba);
    QCOMPARE(YearMonth::of(Timestamp::max()), (YearMonth{9999, 12}));
    QCOMPARE(toStoreText(toTimestamp(QDateTime(QDate(20'000, 1, 1), QTime(0, 0), Qt::UTC))), "9999-12-31 23:59:59.999"_ba);
}

void TimestampTest::qDateTime()
{
    const QDateTime moment(QDate(2026, 8, 22), QTime(10, 12, 53, 482), Qt::OffsetFromUTC, 7200);
    QCOMPARE(toStoreText(toTimestamp(moment)), "2026-08-22 08:12:53.482"_ba);

    const QDateTime back = toDateTime(*parseTimestamp("2026-08-22 10:12:53.4829999"));
    QCOMPARE(back.timeSpec(), Qt::UTC);
    QCOMPARE(back, QDateTime(QDate(2026, 8, 22), QTime(10, 12, 53, 482), Qt::UTC));
    QCOMPARE(toDateTime(*parseTimestamp("1969-12-31 23:59:59.9999999")).toMSecsSinceEpoch(), -1);
}

void TimestampTest::months()
{
    QCOMPARE(YearMonth::of(*parseTimestamp("2026-09-30 23:59:59.9999999")), (YearMonth{2026, 9}));
    QCOMPARE(YearMonth::of(*parseTimestamp("2026-10-01")), (YearMonth{2026, 10}));
    QCOMPARE((YearMonth{2026, 9}).toText(), u"2026-09"_s);
    QCOMPARE(YearMonth::parse(u"2026-09"), std::optional(YearMonth{2026, 9}));
    QCOMPARE(toStoreText((YearMonth{2026, 9}).begin()), "2026-09-01 00:00:00"_ba);
    QCOMPARE((YearMonth{2026, 9}).next(), (YearMonth{2026, 10}));
    QCOMPARE((YearMonth{2026, 12}).next(), (YearMonth{2027, 1}));
    QCOMPARE((YearMonth{2026, 10}).previous(), (YearMonth{2026, 9}));
    QCOMPARE((YearMonth{2027, 1}).previous(), (YearMonth{2026, 12}));
    QVERIFY((YearMonth{2025, 12}) < (YearMonth{2026, 1}));
}

void TimestampTest::refusesMonth_data()
{
    QTest::addColumn<QString>("text");
    for (const char16_t *text :
         {u"", u"2026", u"2026-", u"2026-9", u"2026-13", u"2026-00", u"0000-01", u"2026-09-01", u"2026_09", u"2026-09 "})
        QTest::newRow(qPrintable(QString::fromUtf16(text) + u'|')) << QString::fromUtf16(text);
}

void TimestampTest::refusesMonth()
{
    QFETCH(QString, text);
    QVERIFY(!YearMonth::parse(text));
}

QTEST_GUILESS_MAIN(TimestampTest)
#include "tst_timestamp.moc"
