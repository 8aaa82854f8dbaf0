// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/cronexpression.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// When an expression is due: the cases of Cronos' authors, changes of offset, the ends of time.
class CronExpressionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void casesOfCronos_data();
    void casesOfCronos();
    void occurrences_data();
    void occurrences();
    void previousGoesTheSameWayBack_data() { occurrences_data(); }
    void previousGoesTheSameWayBack();
    void fractionsOfASecond();
    void fromTheEndOfAGap();
    void inTheSecondPass();
    void neverIsNull_data();
    void neverIsNull();
    void ends();
};

namespace {

Timestamp moment(const QString &text)
{
    const auto moment = parseTimestamp(text.toUtf8());
    if (!moment)
        qFatal("%s is no date", qPrintable(text));
    return *moment;
}

CronExpression expression(const QString &text)
{
    auto parsed = CronExpression::parse(text);
    if (!parsed)
        qFatal("%s: %s", qPrintable(text), qPrintable(parsed.error().message));
    return *parsed;
}

QString iso(std::optional<Timestamp> moment)
{
    return moment ? toIsoText(*moment) : u"never"_s;
}

QStringList nextOnes(const CronExpression &cron, const QString &from, const QByteArray &zone, qsizetype count)
{
    QStringList found;
    auto at = std::optional(moment(from));
    while (found.size() < count && (at = cron.next(*at, QTimeZone(zone))))
        found.append(toIsoText(*at));
    return found;
}

} // namespace

void CronExpressionTest::casesOfCronos_data()
{
    QTest::addColumn<QJsonObject>("given");
    QFile file(QStringLiteral(STINT_TEST_DATA "/cron-cases.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int line = 0;
    while (!file.atEnd()) {
        const QJsonObject given = QJsonDocument::fromJson(file.readLine()).object();
        const QString text = given.value("expr"_L1).toString() + given.value("left"_L1).toString();
        QTest::addRow("%d %s", ++line, qPrintable(text)) << given;
    }
    QCOMPARE(line, 257);
}

void CronExpressionTest::casesOfCronos()
{
    QFETCH(QJsonObject, given);
    const auto format = given.value("seconds"_L1).toBool() ? CronFormat::Seconds : CronFormat::Standard;
    const QString expected = given.value("expect"_L1).toString();
    if (given.contains("left"_L1)) {
        const auto left = CronExpression::parse(given.value("left"_L1).toString(), format);
        const auto right = CronExpression::parse(given.value("right"_L1).toString(), format);
        QVERIFY(left && right);
        QCOMPARE(*left == *right, expected == u"equal");
        return;
    }
    const auto cron = CronExpression::parse(given.value("expr"_L1).toString(), format);
    if (expected == u"invalid") {
        QVERIFY(!cron);
        QCOMPARE(cron.error().code, ErrorCode::InvalidArgument);
        const QString field = given.value("field"_L1).toString();
        QVERIFY2(field.isEmpty() || cron.error().message.startsWith(field + u": "_s), qPrintable(cron.error().message));
        return;
    }
    QVERIFY2(cron.ok(), qPrintable(cron.ok() ? QString() : cron.error().message));
    if (expected == u"valid")
        return;
    const auto found = cron->next(moment(given.value("from"_L1).toString()), QTimeZone(given.value("zone"_L1).toString().toUtf8()),
                                  given.value("inclusive"_L1).toBool());
    QCOMPARE(iso(found), expected.isEmpty() ? u"never"_s : toIsoText(moment(expected)));
}

void CronExpressionTest::occurrences_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QString &text, const QByteArray &zone, const QString &from, const QStringList &expected) {
        QTest::newRow(name) << text << zone << from << expected;
    };
    row("gap, fixed", u"30 2 * * *"_s, "Europe/Berlin", u"2026-03-28T12:00Z"_s, {u"2026-03-29T01:00:00Z"_s, u"2026-03-30T00:30:00Z"_s});
    row("gap, several in it are one", u"0,30 2 * * *"_s, "Europe/Berlin", u"2026-03-28T12:00Z"_s,
        {u"2026-03-29T01:00:00Z"_s, u"2026-03-30T00:00:00Z"_s, u"2026-03-30T00:30:00Z"_s});
    row("gap, interval", u"*/20 2 * * *"_s, "Europe/Berlin", u"2026-03-29T00:00Z"_s,
        {u"2026-03-29T01:00:00Z"_s, u"2026-03-30T00:00:00Z"_s});
    row("gap, merged with the regular run", u"0 2,3 * * *"_s, "Europe/Berlin", u"2026-03-28T12:00Z"_s,
        {u"2026-03-29T01:00:00Z"_s, u"2026-03-30T00:00:00Z"_s, u"2026-03-30T01:00:00Z"_s});
    row("gap at midnight", u"30 0 * * *"_s, "Asia/Amman", u"2017-03-30T00:00Z"_s, {u"2017-03-30T22:00:00Z"_s, u"2017-03-31T21:30:00Z"_s});
    row("a day that was skipped", u"0 12 * * *"_s, "Pacific/Apia", u"2011-12-29T12:00Z"_s,
        {u"2011-12-29T22:00:00Z"_s, u"2011-12-30T10:00:00Z"_s, u"2011-12-30T22:00:00Z"_s});
    row("overlap, fixed", u"30 2 * * *"_s, "Europe/Berlin", u"2026-10-24T12:00Z"_s, {u"2026-10-25T00:30:00Z"_s, u"2026-10-26T01:30:00Z"_s});
    row("overlap, interval", u"*/30 2 * * *"_s, "Europe/Berlin", u"2026-10-24T12:00Z"_s,
        {u"2026-10-25T00:00:00Z"_s, u"2026-10-25T00:30:00Z"_s, u"2026-10-25T01:00:00Z"_s, u"2026-10-25T01:30:00Z"_s,
         u"2026-10-26T01:00:00Z"_s});
    row("overlap, a range of one", u"30 2-2 * * *"_s, "Europe/Berlin", u"2026-10-24T12:00Z"_s,
        {u"2026-10-25T00:30:00Z"_s, u"2026-10-25T01:30:00Z"_s, u"2026-10-26T01:30:00Z"_s});
    row("overlap of half an hour", u"15,45 1 * * *"_s, "Australia/Lord_Howe", u"2026-04-04T12:00Z"_s,
        {u"2026-04-04T14:15:00Z"_s, u"2026-04-04T14:45:00Z"_s, u"2026-04-05T14:45:00Z"_s});
    row("daylight saving below zero", u"30 1 * * *"_s, "Europe/Dublin", u"2026-10-24T12:00Z"_s,
        {u"2026-10-25T00:30:00Z"_s, u"2026-10-26T01:30:00Z"_s});
    row("a change of name only", u"0 3 * * *"_s, "Asia/Amman", u"2022-10-27T12:00Z"_s,
        {u"2022-10-28T00:00:00Z"_s, u"2022-10-29T00:00:00Z"_s});
    row("far in the rule's years", u"30 2 28 3 *"_s, "Europe/Berlin", u"7998-01-01"_s,
        {u"7998-03-28T01:30:00Z"_s, u"7999-03-28T01:00:00Z"_s, u"8000-03-28T00:30:00Z"_s});
    row("seconds of local mean time", u"0 0 1 1 *"_s, "Europe/Berlin", u"1889-06-01"_s,
        {u"1889-12-31T23:06:32Z"_s, u"1890-12-31T23:06:32Z"_s});
    row("leap day on a Monday", u"0 0 29 2 1"_s, "UTC", u"2060-01-01"_s, {u"2072-02-29T00:00:00Z"_s, u"2112-02-29T00:00:00Z"_s});
    row("nearest weekday", u"0 0 1W * *"_s, "UTC", u"2026-07-15"_s,
        {u"2026-08-03T00:00:00Z"_s, u"2026-09-01T00:00:00Z"_s, u"2026-10-01T00:00:00Z"_s, u"2026-11-02T00:00:00Z"_s});
    row("last weekday", u"0 0 LW * *"_s, "UTC", u"2026-01-31"_s,
        {u"2026-02-27T00:00:00Z"_s, u"2026-03-31T00:00:00Z"_s, u"2026-04-30T00:00:00Z"_s, u"2026-05-29T00:00:00Z"_s});
    row("weekday matched on the moved day", u"0 0 15W * MON"_s, "UTC", u"2026-01-01"_s,
        {u"2026-02-16T00:00:00Z"_s, u"2026-03-16T00:00:00Z"_s, u"2026-06-15T00:00:00Z"_s});
    row("31W only where there is a 31st", u"0 0 31W * *"_s, "UTC", u"2026-02-01"_s,
        {u"2026-03-31T00:00:00Z"_s, u"2026-05-29T00:00:00Z"_s, u"2026-07-31T00:00:00Z"_s});
    row("fifth Friday", u"0 0 * * 5#5"_s, "UTC", u"2026-02-01"_s,
        {u"2026-05-29T00:00:00Z"_s, u"2026-07-31T00:00:00Z"_s, u"2026-10-30T00:00:00Z"_s});
    row("last Friday", u"0 0 * * 5L"_s, "UTC", u"2026-02-01"_s,
        {u"2026-02-27T00:00:00Z"_s, u"2026-03-27T00:00:00Z"_s, u"2026-04-24T00:00:00Z"_s});
    row("third day before the last", u"0 0 L-3 2 *"_s, "UTC", u"2027-01-01"_s, {u"2027-02-25T00:00:00Z"_s, u"2028-02-26T00:00:00Z"_s});
    row("before 1970", u"0 0 1 1 *"_s, "UTC", u"1899-06-01"_s, {u"1900-01-01T00:00:00Z"_s, u"1901-01-01T00:00:00Z"_s});
}

void CronExpressionTest::occurrences()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, zone);
    QFETCH(QString, from);
    QFETCH(QStringList, expected);
    QCOMPARE(nextOnes(expression(text), from, zone, expected.size()), expected);
}

void CronExpressionTest::previousGoesTheSameWayBack()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, zone);
    QFETCH(QStringList, expected);
    const CronExpression cron = expression(text);
    const Timestamp last = moment(expected.last());
    QCOMPARE(iso(cron.previous(last, QTimeZone(zone), true)), expected.last());
    QCOMPARE(iso(cron.previous(last + 1s, QTimeZone(zone))), expected.last());
    Timestamp at = last;
    for (qsizetype i = expected.size() - 2; i >= 0; --i) {
        QCOMPARE(iso(cron.previous(at, QTimeZone(zone))), expected.at(i));
        QCOMPARE(iso(cron.previous(at - 1s, QTimeZone(zone), true)), expected.at(i));
        at = moment(expected.at(i));
    }
}

void CronExpressionTest::fractionsOfASecond()
{
    const CronExpression cron = expression(u"* * * * * *"_s);
    const Timestamp whole = moment(u"2026-11-24T10:00:00Z"_s);
    QCOMPARE(cron.next(whole, QTimeZone::utc(), true), std::optional(whole));
    QCOMPARE(cron.next(whole), std::optional<Timestamp>(whole + 1s));
    QCOMPARE(cron.next(whole + Ticks{1}, QTimeZone::utc(), true), std::optional<Timestamp>(whole + 1s));
    QCOMPARE(cron.next(whole - Ticks{1}, QTimeZone::utc(), true), std::optional(whole));
    QCOMPARE(cron.previous(whole + Ticks{1}), std::optional(whole));
    const Timestamp ancient = moment(u"1901-01-01T00:00:00.5Z"_s);
    QCOMPARE(iso(cron.next(ancient, QTimeZone::utc(), true)), u"1901-01-01T00:00:01Z"_s);
    QCOMPARE(iso(cron.previous(ancient)), u"1901-01-01T00:00:00Z"_s);
}

void CronExpressionTest::fromTheEndOfAGap()
{
    const QTimeZone berlin("Europe/Berlin");
    const Timestamp end = moment(u"2026-03-29T01:00:00Z"_s);
    QCOMPARE(iso(expression(u"30 2 * * *"_s).next(end, berlin, true)), u"2026-03-30T00:30:00Z"_s);
    QCOMPARE(iso(expression(u"0 2,3 * * *"_s).next(end, berlin, true)), u"2026-03-29T01:00:00Z"_s);
    QCOMPARE(iso(expression(u"30 2 * * *"_s).next(end - 1s, berlin, false)), u"2026-03-29T01:00:00Z"_s);
    QCOMPARE(iso(expression(u"30 2 * * *"_s).next(end - Ticks{1}, berlin, true)), u"2026-03-29T01:00:00Z"_s);
}

void CronExpressionTest::inTheSecondPass()
{
    const QTimeZone berlin("Europe/Berlin");
    const Timestamp second = moment(u"2026-10-25T01:30:00Z"_s);
    QCOMPARE(iso(expression(u"30 2 * * *"_s).next(second, berlin, true)), u"2026-10-26T01:30:00Z"_s);
    QCOMPARE(iso(expression(u"30 2 * * *"_s).previous(second, berlin, true)), u"2026-10-25T00:30:00Z"_s);
    QCOMPARE(iso(expression(u"40-50 2 * * *"_s).previous(second, berlin)), u"2026-10-25T00:50:00Z"_s);
    QCOMPARE(iso(expression(u"0 3 * * *"_s).next(second, berlin)), u"2026-10-25T02:00:00Z"_s);
}

void CronExpressionTest::neverIsNull_data()
{
    QTest::addColumn<QString>("text");
    for (const auto &text :
         {u"0 0 30 2 *"_s, u"0 0 31 4,6,9,11 *"_s, u"0 0 1-7 * 1#2"_s, u"0 0 LW * SUN"_s, u"0 0 L-29 2 *"_s, u"0 0 1 * SUN#5"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void CronExpressionTest::neverIsNull()
{
    QFETCH(QString, text);
    const CronExpression cron = expression(text);
    QVERIFY(!cron.canOccur());
    for (const char *zone : {"UTC", "America/New_York"}) {
        QVERIFY(!cron.next(moment(u"2026-01-01"_s), QTimeZone(zone)));
        QVERIFY(!cron.previous(moment(u"2026-01-01"_s), QTimeZone(zone)));
    }
}

void CronExpressionTest::ends()
{
    const CronExpression cron = expression(u"@every_second"_s);
    const Timestamp first = moment(u"0001-01-01"_s);
    const Timestamp last = moment(u"9999-12-31T23:59:59Z"_s);
    QVERIFY(cron.canOccur());
    QCOMPARE(cron.next(last, QTimeZone::utc(), true), std::optional(last));
    QVERIFY(!cron.next(last));
    QVERIFY(!cron.next(last + Ticks{1}));
    QCOMPARE(cron.previous(first, QTimeZone::utc(), true), std::optional(first));
    QVERIFY(!cron.previous(first));
    QCOMPARE(iso(expression(u"0 0 29 2 *"_s).next(moment(u"9996-02-29"_s))), u"never"_s);
    for (const char *zone : {"America/New_York", "Pacific/Auckland"}) {
        QVERIFY(!cron.next(last, QTimeZone(zone)));
        QVERIFY(!cron.previous(first, QTimeZone(zone)));
    }
    QVERIFY(!cron.next(first, QTimeZone("Nowhere/Atall")));
    QVERIFY(!cron.previous(last, QTimeZone()));
}

QTEST_GUILESS_MAIN(CronExpressionTest)
#include "tst_cronexpression.moc"
