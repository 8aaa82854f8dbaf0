// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/retrypolicy.h"

#include <QTest>

#include <limits>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Backoff = RetryPolicy::Backoff;

/// How long a failed job waits, and the text that says so.
class RetryPolicyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noneAndFixedDoNotGrow();
    void exponentialDoublesUpToItsLimit();
    void exponentialStaysInItsRange();
    void text_data();
    void text();
    void parsesDefaults();
    void refuses_data();
    void refuses();
    void duration_data();
    void duration();
    void refusesDuration_data();
    void refusesDuration();
};

void RetryPolicyTest::noneAndFixedDoNotGrow()
{
    for (const int attempt : {1, 2, 50}) {
        QCOMPARE(RetryPolicy{.backoff = Backoff::None}.delayAfter(attempt, 0.5), 0ms);
        QCOMPARE((RetryPolicy{.backoff = Backoff::Fixed, .delay = 5s}.delayAfter(attempt, 0.5)), 5s);
    }
}

void RetryPolicyTest::exponentialDoublesUpToItsLimit()
{
    const RetryPolicy policy{.backoff = Backoff::Exponential, .delay = 1s, .limit = 10s};
    // With random = 0 exactly half of the full wait.
    QCOMPARE(policy.delayAfter(1, 0), 500ms);
    QCOMPARE(policy.delayAfter(2, 0), 1s);
    QCOMPARE(policy.delayAfter(4, 0), 4s);
    QCOMPARE(policy.delayAfter(5, 0), 5s);
    QCOMPARE(policy.delayAfter(6, 0), 5s);
    QCOMPARE(policy.delayAfter(std::numeric_limits<int>::max(), 0), 5s);
    QCOMPARE(policy.delayAfter(0, 0), 500ms);
}

void RetryPolicyTest::exponentialStaysInItsRange()
{
    const RetryPolicy policy;
    for (const double random : {0.0, 0.25, 0.5, 0.999999}) {
        const auto wait = policy.delayAfter(3, random);
        QVERIFY(wait >= 2s && wait <= 4s);
    }
    QVERIFY(policy.delayAfter(3, 0.9) > policy.delayAfter(3, 0.1));
}

void RetryPolicyTest::text_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<RetryPolicy>("policy");
    QTest::newRow("none") << u"none"_s << RetryPolicy{.backoff = Backoff::None};
    QTest::newRow("fixed") << u"fixed:5s"_s << RetryPolicy{.backoff = Backoff::Fixed, .delay = 5s};
    QTest::newRow("default") << u"exponential:1s..10m"_s << RetryPolicy{};
    QTest::newRow("mixed units") << u"exponential:250ms..1d"_s
                                 << RetryPolicy{.backoff = Backoff::Exponential, .delay = 250ms, .limit = 24h};
}

void RetryPolicyTest::text()
{
    QFETCH(QString, text);
    QFETCH(RetryPolicy, policy);
    QCOMPARE(policy.toText(), text);
    QCOMPARE(RetryPolicy::parse(text), std::optional(policy));
}

void RetryPolicyTest::parsesDefaults()
{
    QCOMPARE(RetryPolicy::parse(u"exponential"), std::optional(RetryPolicy{}));
}

void RetryPolicyTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "None", "none:1s", "fixed", "fixed:", "fixed:x", "exponential:1s", "exponential:1s..", "exponential:..1s",
                             "exponential:10s..1s", "exponential:1s...2s", "linear:1s", "fixed:-1s"})
        QTest::newRow(text[0] ? text : "empty") << QString::fromLatin1(text);
}

void RetryPolicyTest::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!RetryPolicy::parse(text));
}

void RetryPolicyTest::duration_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("shortest");
    QTest::newRow("ms") << u"250ms"_s << qint64{250} << u"250ms"_s;
    QTest::newRow("s") << u"30s"_s << qint64{30'000} << u"30s"_s;
    QTest::newRow("m") << u"10m"_s << qint64{600'000} << u"10m"_s;
    QTest::newRow("h") << u"2h"_s << qint64{7'200'000} << u"2h"_s;
    QTest::newRow("d") << u"1d"_s << qint64{86'400'000} << u"1d"_s;
    QTest::newRow("bare number") << u"90"_s << qint64{90'000} << u"90s"_s;
    QTest::newRow("whole minutes") << u"120s"_s << qint64{120'000} << u"2m"_s;
    QTest::newRow("whole seconds") << u"3000ms"_s << qint64{3'000} << u"3s"_s;
    QTest::newRow("zero") << u"0"_s << qint64{0} << u"0s"_s;
    QTest::newRow("largest") << u"9223372036854775807ms"_s << std::numeric_limits<qint64>::max() << u"9223372036854775807ms"_s;
}

void RetryPolicyTest::duration()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    QFETCH(QString, shortest);
    QCOMPARE(parseDuration(text), std::optional(std::chrono::milliseconds(milliseconds)));
    QCOMPARE(toDurationText(std::chrono::milliseconds(milliseconds)), shortest);
}

void RetryPolicyTest::refusesDuration_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "s", "-1s", "+1s", "1.5s", "1 s", " 1s", "1s ", "1S", "1min", "1w", "9223372036854775807s",
                             "9223372036854775808", "99999999999999999999ms", "1d2h"})
        QTest::newRow(text[0] ? text : "empty") << QString::fromLatin1(text);
    QTest::newRow("other digits") << u"１s"_s;
}

void RetryPolicyTest::refusesDuration()
{
    QFETCH(QString, text);
    QVERIFY(!parseDuration(text));
}

QTEST_GUILESS_MAIN(RetryPolicyTest)
#include "tst_retrypolicy.moc"
