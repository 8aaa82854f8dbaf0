// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/cronexpression.h"

#include <QSet>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

/// The dialect: what is read and what it means, what is refused and where, how it is written again.
class CronParserTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void meansTheSame_data();
    void meansTheSame();
    void meansSomethingElse_data();
    void meansSomethingElse();
    void refuses_data();
    void refuses();
    void formats();
    void writesNormalForm_data();
    void writesNormalForm();
    void hashOfTheName();
    void hashKeepsToItsRange_data();
    void hashKeepsToItsRange();
};

namespace {

CronExpression expression(const QString &text, const QString &name = {})
{
    auto parsed = CronExpression::parse(text, CronFormat::Auto, name);
    if (!parsed)
        qFatal("%s: %s", qPrintable(text), qPrintable(parsed.error().message));
    return *parsed;
}

} // namespace

void CronParserTest::meansTheSame_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    const auto row = [](const QString &left, const QString &right) { QTest::newRow(qPrintable(left)) << left << right; };
    row(u"  *\t* *  * *\t"_s, u"* * * * *"_s);
    row(u"0 * * * * *"_s, u"* * * * *"_s);
    row(u"? ? ? ? ?"_s, u"* * * * *"_s);
    row(u"?/5 ?/2 ?/3 ?/4 ?/5"_s, u"*/5 */2 */3 */4 */5"_s);
    row(u"07 00 01 09 07"_s, u"7 0 1 9 0"_s);
    row(u"0 0 * jAn-MAR,dec tHu"_s, u"0 0 * 1-3,12 4"_s);
    row(u"0 0 * DEC-FEB FRI-MON"_s, u"0 0 * 12,1,2 5,6,0,1"_s);
    row(u"0 22-2 * * *"_s, u"0 22-23,0-2 * * *"_s);
    row(u"* * * * 1/2"_s, u"* * * * MON,WED,FRI,SUN"_s);
    row(u"* * * * 4-3/2"_s, u"* * * * THU,SAT,MON,WED"_s);
    row(u"* * * * 7-3/2"_s, u"* * * * SUN,TUE"_s);
    row(u"* * * * 7-3"_s, u"* * * * SUN-WED"_s);
    row(u"* * * * 7/2"_s, u"* * * * SUN"_s);
    row(u"* * * * 5-7"_s, u"* * * * FRI,SAT,SUN"_s);
    row(u"* * * * */7"_s, u"* * * * SUN"_s);
    row(u"* * 28-3/2 * *"_s, u"* * 28,30,1,3 * *"_s);
    row(u"56-4/4 * * * *"_s, u"56,0,4 * * * *"_s);
    row(u"5/59 * * * *"_s, u"5 * * * *"_s);
    row(u"0 0 l * *"_s, u"0 0 L-0 * *"_s);
    row(u"0 0 lw * *"_s, u"0 0 L-0W * *"_s);
    row(u"0 0 * * fril"_s, u"0 0 * * 5L"_s);
    row(u"0 0 * * sun#2"_s, u"0 0 * * 7#2"_s);
    row(u"@every_second"_s, u"* * * * * *"_s);
    row(u"@Every_Minute"_s, u"* * * * *"_s);
    row(u"@hourly"_s, u"0 * * * *"_s);
    row(u"@daily"_s, u"0 0 * * *"_s);
    row(u"\t@MIDNIGHT "_s, u"0 0 * * *"_s);
    row(u"@weekly"_s, u"0 0 * * 0"_s);
    row(u"@monthly"_s, u"0 0 1 * *"_s);
    row(u"@yearly"_s, u"0 0 1 1 *"_s);
    row(u"@annually"_s, u"0 0 1 1 *"_s);
}

void CronParserTest::meansTheSame()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QCOMPARE(expression(left).toString(), expression(right).toString());
    QVERIFY(expression(left) == expression(right));
}

void CronParserTest::meansSomethingElse_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::newRow("an interval by its form") << u"2-2 1 * * *"_s << u"2 1 * * *"_s;
    QTest::newRow("a list is none") << u"0-2 1 * * *"_s << u"0,1,2 1 * * *"_s;
    QTest::newRow("last and every") << u"0 0 * * 5L"_s << u"0 0 * * 5"_s;
    QTest::newRow("second and third") << u"0 0 * * 5#2"_s << u"0 0 * * 5#3"_s;
    QTest::newRow("last and 31st") << u"0 0 L * *"_s << u"0 0 31 * *"_s;
    QTest::newRow("nearest weekday") << u"0 0 15W * *"_s << u"0 0 15 * *"_s;
}

void CronParserTest::meansSomethingElse()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QVERIFY(expression(left) != expression(right));
}

void CronParserTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const QString &text, const QString &message) {
        QTest::newRow(text.isEmpty() ? "empty" : qPrintable(text)) << text << message;
    };
    row(u""_s, u"Minutes: a number from 0 to 59 is expected, at position 1"_s);
    row(u" \t"_s, u"Minutes: a number from 0 to 59 is expected, at position 3"_s);
    row(u"1"_s, u"Minutes: Hours is missing after it, at position 2"_s);
    row(u"* * * *"_s, u"Months: Days of week is missing after it, at position 8"_s);
    row(u"* * * * "_s, u"Months: Days of week is missing after it, at position 9"_s);
    row(u"* * * * * * *"_s, u"there are more than six fields, at position 13"_s);
    row(u"60 * * * *"_s, u"Minutes: a number from 0 to 59 is expected, at position 1"_s);
    row(u"007 * * * *"_s, u"Minutes: a number from 0 to 59 is expected, at position 1"_s);
    row(u"*/60 * * * *"_s, u"Minutes: a step from 1 to 59 is expected, at position 3"_s);
    row(u"60 * * * * *"_s, u"Seconds: a number from 0 to 59 is expected, at position 1"_s);
    row(u"* 24 * * *"_s, u"Hours: a number from 0 to 23 is expected, at position 3"_s);
    row(u"* *,1 * * *"_s, u"Hours: unexpected character ',', at position 4"_s);
    row(u"* 1,* * * *"_s, u"Hours: a number from 0 to 23 is expected, at position 5"_s);
    row(u"* 1,?,2 * * *"_s, u"Hours: a number from 0 to 23 is expected, at position 5"_s);
    row(u"* 1,,2 * * *"_s, u"Hours: a number from 0 to 23 is expected, at position 5"_s);
    row(u"* 1-2-3 * * *"_s, u"Hours: unexpected character '-', at position 6"_s);
    row(u"* 1/2/3 * * *"_s, u"Hours: unexpected character '/', at position 6"_s);
    row(u"* * 0 * *"_s, u"Days of month: a number from 1 to 31 is expected, at position 5"_s);
    row(u"* * 1,15W * *"_s, u"Days of month: unexpected character 'W', at position 9"_s);
    row(u"* * 15W,1 * *"_s, u"Days of month: unexpected character ',', at position 8"_s);
    row(u"* * LW-3 * *"_s, u"Days of month: unexpected character '-', at position 7"_s);
    row(u"* * L-31 * *"_s, u"Days of month: a number from 0 to 30 is expected, at position 7"_s);
    row(u"* * L,1 * *"_s, u"Days of month: unexpected character ',', at position 6"_s);
    row(u"* * 1,L * *"_s, u"Days of month: a number from 1 to 31 is expected, at position 7"_s);
    row(u"* * * JANU *"_s, u"Months: unexpected character 'U', at position 10"_s);
    row(u"* * * MON *"_s, u"Months: a name of three letters or a number from 1 to 12 is expected, at position 7"_s);
    row(u"* * * * 8"_s, u"Days of week: a name of three letters or a number from 0 to 7 is expected, at position 9"_s);
    row(u"* * * * 5L,6"_s, u"Days of week: unexpected character ',', at position 11"_s);
    row(u"* * * * 1#1,1#3"_s, u"Days of week: unexpected character ',', at position 12"_s);
    row(u"* * * * 1#6"_s, u"Days of week: a number from 1 to 5 is expected, at position 11"_s);
    row(u"* * * * 1-5#1"_s, u"Days of week: unexpected character '#', at position 12"_s);
    row(u"* * * * \u017fun"_s, u"Days of week: a name of three letters or a number from 0 to 7 is expected, at position 9"_s);
    row(u"*\u00a0* * * *"_s, u"Minutes: unexpected character U+00A0, at position 2"_s);
    row(u"*\n* * * * *"_s, u"Minutes: unexpected character U+000A, at position 2"_s);
    row(u"@"_s, u"there is no macro of that name, at position 1"_s);
    row(u" @reboot"_s, u"there is no macro of that name, at position 2"_s);
    row(u"@daily x"_s, u"nothing may follow a macro, at position 8"_s);
    row(u"@wee\u212aly"_s, u"there is no macro of that name, at position 1"_s);
    row(u"H * * * *"_s, u"Minutes: H takes its value from the schedule's name, and there is none, at position 1"_s);
    row(u"H(30-10) * * * *"_s, u"Minutes: the range of H may not wrap, at position 6"_s);
    row(u"H(3) * * * *"_s, u"Minutes: unexpected character ')', at position 4"_s);
    row(u"H(3-60) * * * *"_s, u"Minutes: a number from 0 to 59 is expected, at position 5"_s);
    row(u"* H(1-4"_s, u"Hours: the text ends too early, at position 8"_s);
    row(u"* H-3 * * *"_s, u"Hours: H takes its value from the schedule's name, and there is none, at position 3"_s);
}

void CronParserTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    const auto cron = CronExpression::parse(text);
    QVERIFY(!cron);
    QCOMPARE(cron.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(cron.error().message, message);
}

void CronParserTest::formats()
{
    const auto message = [](const QString &text, CronFormat format) {
        const auto cron = CronExpression::parse(text, format);
        return cron ? u"valid"_s : cron.error().message;
    };
    for (const CronFormat format : {CronFormat::Auto, CronFormat::Standard, CronFormat::Seconds})
        QCOMPARE(message(u"@every_second"_s, format), u"valid"_s);
    QCOMPARE(message(u"1 2 3 4 5"_s, CronFormat::Standard), u"valid"_s);
    QCOMPARE(message(u"0 1 2 3 4 5"_s, CronFormat::Seconds), u"valid"_s);
    QCOMPARE(message(u"0 1 2 3 4 5"_s, CronFormat::Standard), u"there are more than five fields, at position 11"_s);
    QCOMPARE(message(u"1 2 3 4 5"_s, CronFormat::Seconds), u"Months: Days of week is missing after it, at position 10"_s);
    QCOMPARE(message(u""_s, CronFormat::Seconds), u"Seconds: a number from 0 to 59 is expected, at position 1"_s);
}

void CronParserTest::writesNormalForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normal");
    const auto row = [](const QString &text, const QString &normal) { QTest::newRow(qPrintable(text)) << text << normal; };
    row(u"@weekly"_s, u"0 0 * * 0"_s);
    row(u"?/15 0-23 1-31 JAN-DEC SUN-SAT"_s, u"*/15 * * * *"_s);
    row(u"0/30 9-17 * * MON-FRI"_s, u"*/30 9-17 * * 1-5"_s);
    row(u"10,5,5 1,2,3 1,2,3,10 * 0,6"_s, u"5,10 1,2,3 1-3,10 * 0,6"_s);
    row(u"5/20 * * * *"_s, u"5/20 * * * *"_s);
    row(u"30 2-2 * * *"_s, u"30 2-2 * * *"_s);
    row(u"0-0 30 2,15 * * *"_s, u"30 2-2,15 * * *"_s);
    row(u"0-0 30 2,14 * * *"_s, u"30 2/12 * * *"_s);
    row(u"*/10 * * * * *"_s, u"*/10 * * * * *"_s);
    row(u"0 0 l-3w * friL"_s, u"0 0 L-3W * 5L"_s);
    row(u"0 0 15w 1/3 mon#2"_s, u"0 0 15W */3 1#2"_s);
}

void CronParserTest::writesNormalForm()
{
    QFETCH(QString, text);
    QFETCH(QString, normal);
    QCOMPARE(expression(text).toString(), normal);
    QVERIFY(expression(normal) == expression(text));
}

void CronParserTest::hashOfTheName()
{
    // These may never change: schedules would move.
    QCOMPARE(expression(u"H H H H H"_s, u"Nightly report"_s).toString(), u"21 6 23 7 5"_s);
    QCOMPARE(expression(u"h h * * *"_s, u"Ärger"_s).toString(), u"46 22 * * *"_s);
    QCOMPARE(expression(u"H/15 * * * *"_s, u"Nightly report"_s).toString(), u"6/15 * * * *"_s);

    const CronExpression fixed = expression(u"H H(1-5) * * *"_s, u"a"_s);
    QVERIFY(!fixed.fields().interval);
    QVERIFY(expression(u"H/15 3 * * *"_s, u"a"_s).fields().interval);
    QSet<QString> different;
    for (int i = 0; i < 1000; ++i)
        different.insert(expression(u"H * * * *"_s, QString::number(i)).toString());
    QCOMPARE(different.size(), 60);
}

void CronParserTest::hashKeepsToItsRange_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("possible");
    QTest::newRow("range") << u"H(3-5) 0 1 1 *"_s << QStringList{u"3 0 1 1 *"_s, u"4 0 1 1 *"_s, u"5 0 1 1 *"_s};
    QStringList steps;
    for (int start = 0; start < 20; ++start)
        steps.append(expression(u"%1/20 0 1 1 *"_s.arg(start)).toString());
    QTest::newRow("step") << u"H/20 0 1 1 *"_s << steps;
    QTest::newRow("range and step") << u"0 0 H(1-9)/4 1 *"_s
                                    << QStringList{u"0 0 1,5,9 1 *"_s, u"0 0 2,6 1 *"_s, u"0 0 3,7 1 *"_s, u"0 0 4,8 1 *"_s};
    QTest::newRow("step longer than the range") << u"0 0 1 H(2-3)/9 *"_s << QStringList{u"0 0 1 2 *"_s, u"0 0 1 3 *"_s};
    QTest::newRow("names") << u"0 0 * * H(SAT-7)"_s << QStringList{u"0 0 * * 6"_s, u"0 0 * * 0"_s};
    QTest::newRow("in a list") << u"H(0-1),H(30-31) 0 1 1 *"_s << QStringList{u"0,30 0 1 1 *"_s, u"1,31 0 1 1 *"_s};
    QStringList days;
    for (int day = 1; day <= 28; ++day)
        days.append(u"0 0 %1 * *"_s.arg(day));
    QTest::newRow("a day of every month") << u"0 0 H * *"_s << days;
}

void CronParserTest::hashKeepsToItsRange()
{
    QFETCH(QString, text);
    QFETCH(QStringList, possible);
    QSet<QString> taken;
    for (int i = 0; i < 1000; ++i)
        taken.insert(expression(text, QString::number(i)).toString());
    QCOMPARE(taken, QSet<QString>(possible.begin(), possible.end()));
}

QTEST_GUILESS_MAIN(CronParserTest)
#include "tst_cronparser.moc"
