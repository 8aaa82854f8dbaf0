// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/durationhistogram.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace stint;

class TestDurationHistogram final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingHasNoPercentile();
    void exactWhereEveryRunIsAlike_data();
    void exactWhereEveryRunIsAlike();
    void percentilesAreCloseToTheTrueOnes();
    void partsAddUpToTheWhole();
    void textGoesRound();
    void senselessTextIsLeftOut_data();
    void senselessTextIsLeftOut();
};

void TestDurationHistogram::nothingHasNoPercentile()
{
    QCOMPARE(DurationHistogram().percentile(0.5), std::nullopt);
    QCOMPARE(DurationHistogram().runs(), 0);
    QVERIFY(DurationHistogram().toText().isEmpty() && !DurationHistogram().toText().isNull());
}

void TestDurationHistogram::exactWhereEveryRunIsAlike_data()
{
    QTest::addColumn<int>("milliseconds");
    for (const int milliseconds : {0, 1, 2, 4, 8, 1024, 65'536, 1 << 30})
        QTest::addRow("%d", milliseconds) << milliseconds;
}

void TestDurationHistogram::exactWhereEveryRunIsAlike()
{
    QFETCH(int, milliseconds);
    DurationHistogram histogram;
    histogram.add(milliseconds, 3);
    QCOMPARE(histogram.percentile(0), milliseconds);
    QCOMPARE(histogram.percentile(0.5), milliseconds);
    QCOMPARE(histogram.percentile(1), milliseconds);
    QCOMPARE(histogram.runs(), 3);
}

void TestDurationHistogram::percentilesAreCloseToTheTrueOnes()
{
    std::mt19937 random(7);
    std::lognormal_distribution<double> durations(6, 2);
    DurationHistogram histogram;
    std::vector<int> values;
    for (int i = 0; i < 10'000; ++i) {
        values.push_back(static_cast<int>(std::min(durations(random), 1e9)));
        histogram.add(values.back());
    }
    std::sort(values.begin(), values.end());
    for (const double share : {0.05, 0.5, 0.95, 0.99}) {
        const int truth = values[static_cast<std::size_t>(std::ceil(share * 10'000)) - 1];
        const int found = histogram.percentile(share).value();
        QVERIFY2(found >= truth && found <= truth * 1.06 + 1, qPrintable(QStringLiteral("%1: %2 for %3").arg(share).arg(found).arg(truth)));
    }
}

void TestDurationHistogram::partsAddUpToTheWhole()
{
    DurationHistogram left;
    left.add(5, 2);
    DurationHistogram right;
    right.add(5);
    right.add(std::numeric_limits<int>::max());
    left.add(right);

    DurationHistogram whole;
    whole.add(5, 3);
    whole.add(std::numeric_limits<int>::max());
    QCOMPARE(left, whole);
}

void TestDurationHistogram::textGoesRound()
{
    DurationHistogram histogram;
    histogram.add(0);
    histogram.add(250, 4'000'000'000);
    histogram.add(std::numeric_limits<int>::max());
    QCOMPARE(DurationHistogram::parse(histogram.toText()), histogram);
}

void TestDurationHistogram::senselessTextIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *const text : {"", "x", ":", "1", "1:", ":1", "-1:1", "1:-1", "1:x", "999999:1"})
        QTest::newRow(text) << QByteArray(text);
}

void TestDurationHistogram::senselessTextIsLeftOut()
{
    QFETCH(QByteArray, text);
    QCOMPARE(DurationHistogram::parse(text).runs(), 0);
    QCOMPARE(DurationHistogram::parse(text + " 3:2").runs(), 2);
}

QTEST_APPLESS_MAIN(TestDurationHistogram)
#include "tst_durationhistogram.moc"
