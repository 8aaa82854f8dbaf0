// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/crondescription.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

/// Expressions in words.
class CronDescriptionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void equalOnesHaveEqualWords();
};

void CronDescriptionTest::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const QString &text, const QString &words) { QTest::newRow(qPrintable(text)) << text << words; };
    row(u"* * * * * *"_s, u"Every second"_s);
    row(u"*/10 * * * * *"_s, u"Every 10 seconds"_s);
    row(u"5/10 * * * * *"_s, u"Every 10 seconds from 5 seconds past the minute"_s);
    row(u"30 * * * * *"_s, u"At 30 seconds past the minute"_s);
    row(u"*/10 5-8 * * * *"_s, u"Every 10 seconds, in the minutes 5 to 8"_s);
    row(u"*/10 5,6 9-17 * * *"_s, u"Every 10 seconds, in the minutes 5 and 6, between 09:00 and 17:59"_s);
    row(u"0,20 7 * * * *"_s, u"At 0 and 20 seconds past the minute, in the minute 7"_s);

    row(u"* * * * *"_s, u"Every minute"_s);
    row(u"*/15 * * * *"_s, u"Every 15 minutes"_s);
    row(u"*/30 * * * *"_s, u"Every 30 minutes"_s);
    row(u"5/15 * * * *"_s, u"Every 15 minutes from 5 minutes past the hour"_s);
    row(u"*/7 * * * *"_s, u"Every 7 minutes from the start of the hour"_s);
    row(u"1/7 * * * *"_s, u"Every 7 minutes from 1 minute past the hour"_s);
    row(u"5 * * * *"_s, u"At 5 minutes past the hour"_s);
    row(u"1 * * * *"_s, u"At 1 minute past the hour"_s);
    row(u"5,10,40 * * * *"_s, u"At 5, 10 and 40 minutes past the hour"_s);
    row(u"0-29 * * * *"_s, u"Every minute from 0 to 29 minutes past the hour"_s);
    row(u"* 9-17 * * *"_s, u"Every minute from 09:00 to 17:59"_s);
    row(u"* 9 * * *"_s, u"Every minute from 09:00 to 09:59"_s);
    row(u"*/15 9-17 * * MON-FRI"_s, u"Every 15 minutes from 09:00 to 17:45 on weekdays"_s);
    row(u"0,30 22-2 * * *"_s, u"Every 30 minutes from 22:00 to 02:30"_s);
    row(u"*/15 9,12,15 * * *"_s, u"Every 15 minutes, in the hours 9, 12 and 15"_s);
    row(u"*/7 9-17 * * *"_s, u"Every 7 minutes from the start of the hour, between 09:00 and 17:59"_s);
    row(u"5,10,40 9-17 * * 0,6"_s, u"At 5, 10 and 40 minutes past the hour, between 09:00 and 17:59, at weekends"_s);

    row(u"@hourly"_s, u"Every hour"_s);
    row(u"0 */2 * * *"_s, u"Every 2 hours"_s);
    row(u"30 */2 * * *"_s, u"Every 2 hours from 00:30 every day"_s);
    row(u"0 */5 * * *"_s, u"Every 5 hours from 00:00 every day"_s);
    row(u"0 9-17 * * 1-5"_s, u"Every hour from 09:00 to 17:00 on weekdays"_s);
    row(u"0 22-3 * * 1-6"_s, u"Every hour from 22:00 to 03:00, from Monday to Saturday"_s);

    row(u"@daily"_s, u"At 00:00 every day"_s);
    row(u"30 9 * * 1-5"_s, u"At 09:30 on weekdays"_s);
    row(u"15 30 9 * * *"_s, u"At 09:30:15 every day"_s);
    row(u"0 */12 * * *"_s, u"At 00:00 and 12:00 every day"_s);
    row(u"*/15 9 * * *"_s, u"At 09:00, 09:15, 09:30 and 09:45 every day"_s);
    row(u"0 1,2,5,9,13,17,22 * * *"_s, u"At 01:00, 02:00, 05:00, 09:00, 13:00, 17:00 and 22:00 every day"_s);

    row(u"@weekly"_s, u"At 00:00 on Sundays"_s);
    row(u"0 0 * * 2,4"_s, u"At 00:00 on Tuesdays and Thursdays"_s);
    row(u"0 0 * * FRI-MON"_s, u"At 00:00 from Friday to Monday"_s);
    row(u"0 0 * NOV-FEB SAT,SUN"_s, u"At 00:00 at weekends from November to February"_s);
    row(u"0 0 * * 5L"_s, u"At 00:00 on the last Friday of the month"_s);
    row(u"0 0 * * 1#2"_s, u"At 00:00 on the second Monday of the month"_s);
    row(u"0 0 * 1,6 5#5"_s, u"At 00:00 on the fifth Friday of January and June"_s);

    row(u"@monthly"_s, u"At 00:00 on the 1st of the month"_s);
    row(u"@yearly"_s, u"At 00:00 on the 1st of January"_s);
    row(u"0 0 1,2,3,11,12,21,22 * *"_s, u"At 00:00 on the 1st, 2nd, 3rd, 11th, 12th, 21st and 22nd of the month"_s);
    row(u"0 0 1-7 * 1"_s, u"At 00:00 from the 1st to the 7th of the month, but only on Mondays"_s);
    row(u"0 0 13 * 5"_s, u"At 00:00 on the 13th of the month, but only on Fridays"_s);
    row(u"0 0 */5 * *"_s, u"At 00:00 every 5 days from the 1st of the month"_s);
    row(u"0 0 1 JUN-SEP *"_s, u"At 00:00 on the 1st of the month from June to September"_s);
    row(u"0 0 L * *"_s, u"At 00:00 on the last day of the month"_s);
    row(u"0 0 L-1 * *"_s, u"At 00:00 on the second-to-last day of the month"_s);
    row(u"0 0 L-10 * *"_s, u"At 00:00 on the 11th-to-last day of the month"_s);
    row(u"0 0 LW * *"_s, u"At 00:00 on the last weekday of the month"_s);
    row(u"0 0 L-2W * *"_s, u"At 00:00 on the weekday nearest to the third-to-last day of the month"_s);
    row(u"0 0 15W * *"_s, u"At 00:00 on the weekday nearest to the 15th of the month"_s);
    row(u"0 0 1W * *"_s, u"At 00:00 on the first weekday of the month"_s);
    row(u"0 12 * 6 *"_s, u"At 12:00 every day in June"_s);
    row(u"*/15 * * 6-8 *"_s, u"Every 15 minutes from June to August"_s);
    row(u"0 0 30 2 *"_s, u"At 00:00 on the 30th of February, which never comes"_s);
}

void CronDescriptionTest::words()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    const auto cron = CronExpression::parse(text);
    QVERIFY(cron);
    QCOMPARE(describe(*cron), words);
}

void CronDescriptionTest::equalOnesHaveEqualWords()
{
    const auto one = CronExpression::parse(u"0,15,30,45 9,10,11,12 * JAN-DEC 1,2,3,4,5");
    const auto other = CronExpression::parse(u"?/15 9-12 ? * mon-fri");
    QVERIFY(one && other);
    QCOMPARE(describe(*one), describe(*other));
}

QTEST_GUILESS_MAIN(CronDescriptionTest)
#include "tst_crondescription.moc"
