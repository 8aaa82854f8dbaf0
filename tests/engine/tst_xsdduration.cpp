// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/xsdduration.h"

#include <QTest>

#include <limits>

using namespace stint;
using namespace Qt::StringLiterals;

/// Durations of .NET in JSON: exact ticks, both ways.
class XsdDurationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothWays_data();
    void bothWays();
    void readsOtherForms_data();
    void readsOtherForms();
    void refuses_data();
    void refuses();
};

void XsdDurationTest::bothWays_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ticks");
    constexpr qint64 second = 10'000'000;
    QTest::newRow("zero") << u"PT0S"_s << qint64{0};
    QTest::newRow("scheduled task") << u"PT2S"_s << 2 * second;
    QTest::newRow("time-out") << u"PT10M"_s << 600 * second;
    QTest::newRow("hour and a half") << u"PT1H30M"_s << 5'400 * second;
    QTest::newRow("day and hours") << u"P1DT2H"_s << 93'600 * second;
    QTest::newRow("days") << u"P30D"_s << 30 * 86'400 * second;
    QTest::newRow("negative") << u"-PT1.5S"_s << -15'000'000LL;
    QTest::newRow("a tick") << u"PT0.0000001S"_s << qint64{1};
    QTest::newRow("all parts") << u"P1DT2H3M4.0500006S"_s << 93'784 * second + 500'006;
    QTest::newRow("longest") << u"P10675199DT2H48M5.4775807S"_s << std::numeric_limits<qint64>::max();
    QTest::newRow("shortest") << u"-P10675199DT2H48M5.4775808S"_s << std::numeric_limits<qint64>::min();
}

void XsdDurationTest::bothWays()
{
    QFETCH(QString, text);
    QFETCH(qint64, ticks);
    QCOMPARE(toXsdDuration(Ticks{ticks}), text);
    QCOMPARE(parseXsdDuration(text.toLatin1()), std::optional(Ticks{ticks}));
}

void XsdDurationTest::readsOtherForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("shortest");
    QTest::newRow("unreduced") << "PT600S"_ba << u"PT10M"_s;
    QTest::newRow("hours beyond a day") << "PT36H"_ba << u"P1DT12H"_s;
    QTest::newRow("zero days") << "P0D"_ba << u"PT0S"_s;
    QTest::newRow("negative zero") << "-PT0S"_ba << u"PT0S"_s;
    QTest::newRow("zeros") << "P0DT0H0M1.5000000S"_ba << u"PT1.5S"_s;
    QTest::newRow("leading zeros") << "PT007S"_ba << u"PT7S"_s;
}

void XsdDurationTest::readsOtherForms()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, shortest);
    const auto duration = parseXsdDuration(text);
    QVERIFY(duration);
    QCOMPARE(toXsdDuration(*duration), shortest);
}

void XsdDurationTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             "P",
                             "PT",
                             "-P",
                             "-PT",
                             "P1",
                             "PT1",
                             "1D",
                             "T1S",
                             "P1DT",
                             "PT1HT",
                             "P1Y",
                             "P1M",
                             "P1W",
                             "P1H",
                             "PT1D",
                             "PT1S1M",
                             "PT1M1H",
                             "PT1S1S",
                             "PT1.S",
                             "PT.5S",
                             "PT1.5M",
                             "PT1.12345678S",
                             "PT-1S",
                             "+PT1S",
                             "--PT1S",
                             "pt1s",
                             "PT1s",
                             " PT1S",
                             "PT1S ",
                             "PT 1S",
                             "P10675199DT2H48M5.4775808S",
                             "-P10675199DT2H48M5.4775809S",
                             "P99999999999999999999D",
                             "P9223372036854775807D",
                             "00:10:00"})
        QTest::newRow(text[0] ? text : "empty") << QByteArray(text);
}

void XsdDurationTest::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseXsdDuration(text));
}

QTEST_GUILESS_MAIN(XsdDurationTest)
#include "tst_xsdduration.moc"
