// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/runpreview.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

Timestamp at(const char *text)
{
    return parseTimestamp(text).value();
}

ScheduledTask cron(const QString &expression, const QString &zone = {})
{
    ScheduledTask task;
    task.name = u"nightly"_s;
    task.cronExpression = expression;
    task.zone = zone;
    return task;
}

ScheduledTask every(Ticks interval)
{
    ScheduledTask task;
    task.name = u"ping"_s;
    task.interval = interval;
    return task;
}

const QTimeZone berlin("Europe/Berlin");

} // namespace

class TestRunPreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAreThoseOfTheExpression_data();
    void runsAreThoseOfTheExpression();
    void aRunIsShownOnEachClock();
    void aSkippedTimeIsNoted();
    void severalSkippedTimesAreOneRun();
    void aRepeatedTimeIsNoted();
    void aChangeBetweenRunsIsNoted();
    void anIntervalKeepsItsGrid();
    void whatNeverRunsIsRefused_data();
    void whatNeverRunsIsRefused();
    void errorsSayFieldAndPosition();
    void boundsAreChecked();
};

void TestRunPreview::runsAreThoseOfTheExpression_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("zone");
    const QStringList expressions{u"30 2 * * *"_s, u"*/20 * * * *"_s,     u"0 30 9 * * MON-FRI"_s, u"0 0 29 2 *"_s, u"0 0 L * *"_s,
                                  u"@hourly"_s,    u"H H(0-6) * * SUN"_s, u"59 59 23 31 12 ?"_s,   u"0 2,3 * 3 *"_s};
    for (const QString &expression : expressions) {
        for (const QString &zone : {QString(), u"Europe/Berlin"_s, u"America/Sao_Paulo"_s, u"Australia/Lord_Howe"_s})
            QTest::addRow("%s %s", qPrintable(expression), qPrintable(zone)) << expression << zone;
    }
}

void TestRunPreview::runsAreThoseOfTheExpression()
{
    QFETCH(QString, expression);
    QFETCH(QString, zone);
    const auto parsed = CronExpression::parse(expression, CronFormat::Auto, u"nightly");
    QVERIFY(parsed);
    const QTimeZone there = zone.isEmpty() ? QTimeZone::utc() : QTimeZone(zone.toUtf8());
    for (const char *from : {"2026-03-28 20:10:00", "2026-10-24 23:59:59", "2026-04-04 12:00:00"}) {
        const RunPreview preview = RunPreview::of(cron(expression, zone), at(from), berlin);
        QCOMPARE(preview.problem, QString());
        QVERIFY(!preview.words.isEmpty());
        QCOMPARE(preview.runs.size(), RunPreview::count);
        auto expected = parsed->next(at(from), there);
        for (const RunPreview::Run &run : preview.runs) {
            QVERIFY(expected);
            QCOMPARE(run.moment, *expected);
            QVERIFY(QString::fromLatin1(toStoreText(run.moment)).startsWith(run.utc));
            expected = parsed->next(*expected, there);
        }
    }
}

void TestRunPreview::aRunIsShownOnEachClock()
{
    const RunPreview elsewhere = RunPreview::of(cron(u"30 9 * * *"_s, u"Asia/Tokyo"_s), at("2026-07-01 12:00:00"), berlin);
    QCOMPARE(elsewhere.words, u"At 09:30 every day, Asia/Tokyo time"_s);
    QVERIFY2(elsewhere.runs.constFirst().zoned.startsWith(u"Thu 2026-07-02 09:30 "_s), qPrintable(elsewhere.runs.constFirst().zoned));
    QVERIFY(elsewhere.runs.constFirst().local.startsWith(u"Thu 2026-07-02 02:30 CEST"_s));
    QCOMPARE(elsewhere.runs.constFirst().utc, u"2026-07-02 00:30"_s);
    QVERIFY(RunPreview::of(cron(u"30 9 * * *"_s, u"Europe/Berlin"_s), at("2026-07-01 12:00:00"), berlin).runs.constFirst().zoned.isEmpty());
    QVERIFY(RunPreview::of(cron(u"30 9 * * *"_s), at("2026-07-01 12:00:00"), berlin).runs.constFirst().zoned.isEmpty());
}

void TestRunPreview::aSkippedTimeIsNoted()
{
    const RunPreview preview = RunPreview::of(cron(u"30 2 * * *"_s, u"Europe/Berlin"_s), at("2026-03-27 12:00:00"), QTimeZone::utc());
    QCOMPARE(preview.runs[0].change, RunPreview::Change::Steady);
    QCOMPARE(preview.runs[1].moment, at("2026-03-29 01:00:00"));
    QCOMPARE(preview.runs[1].change, RunPreview::Change::Skipped);
    QVERIFY2(preview.runs[1].note.contains(u"skips 02:30: runs at 03:00"_s), qPrintable(preview.runs[1].note));
    QCOMPARE(preview.runs[2].change, RunPreview::Change::Steady);
    // What is due at the very moment was not moved there.
    const RunPreview hourly = RunPreview::of(cron(u"0 * * * *"_s, u"Europe/Berlin"_s), at("2026-03-29 00:30:00"), QTimeZone::utc());
    QCOMPARE(hourly.runs[0].moment, at("2026-03-29 01:00:00"));
    QCOMPARE(hourly.runs[0].change, RunPreview::Change::WentForward);
}

void TestRunPreview::severalSkippedTimesAreOneRun()
{
    const RunPreview preview = RunPreview::of(cron(u"10,50 2 * * *"_s, u"Europe/Berlin"_s), at("2026-03-28 12:00:00"), QTimeZone::utc());
    QCOMPARE(preview.runs[0].moment, at("2026-03-29 01:00:00"));
    QVERIFY2(preview.runs[0].note.contains(u"02:10 to 02:50"_s), qPrintable(preview.runs[0].note));
    QCOMPARE(preview.runs[1].moment, at("2026-03-30 00:10:00"));
}

void TestRunPreview::aRepeatedTimeIsNoted()
{
    const RunPreview fixed = RunPreview::of(cron(u"30 2 * * *"_s, u"Europe/Berlin"_s), at("2026-10-24 12:00:00"), QTimeZone::utc());
    QCOMPARE(fixed.runs[0].moment, at("2026-10-25 00:30:00"));
    QCOMPARE(fixed.runs[0].change, RunPreview::Change::Repeated);
    QVERIFY2(fixed.runs[0].note.contains(u"the first time only"_s), qPrintable(fixed.runs[0].note));
    QCOMPARE(fixed.runs[1].moment, at("2026-10-26 01:30:00"));
    QCOMPARE(fixed.runs[1].change, RunPreview::Change::WentBack);

    const RunPreview both = RunPreview::of(cron(u"*/30 * * * *"_s, u"Europe/Berlin"_s), at("2026-10-24 23:45:00"), QTimeZone::utc());
    QStringList passes;
    for (const RunPreview::Run &run : both.runs)
        passes.append(run.note.contains(u"is the first"_s) ? u"1"_s : run.note.contains(u"is the second"_s) ? u"2"_s : u"-"_s);
    QCOMPARE(passes.join(QString()), u"1122------"_s);
}

void TestRunPreview::aChangeBetweenRunsIsNoted()
{
    const RunPreview noon = RunPreview::of(cron(u"0 12 * * *"_s, u"Europe/Berlin"_s), at("2026-03-27 12:00:00"), berlin);
    QCOMPARE(noon.runs[0].change, RunPreview::Change::Steady);
    QCOMPARE(noon.runs[1].change, RunPreview::Change::WentForward);
    QVERIFY2(noon.runs[1].note.contains(u"forward 1 h"_s), qPrintable(noon.runs[1].note));
    // UTC knows no change; where it is looked at does.
    const RunPreview utc = RunPreview::of(cron(u"0 12 * * *"_s), at("2026-10-24 00:00:00"), berlin);
    QCOMPARE(utc.runs[1].change, RunPreview::Change::WentBack);
    QVERIFY(RunPreview::of(cron(u"0 12 * * *"_s), at("2026-10-24 00:00:00"), QTimeZone::utc()).runs[1].note.isEmpty());
}

void TestRunPreview::anIntervalKeepsItsGrid()
{
    ScheduledTask task = every(std::chrono::minutes{90});
    RunPreview preview = RunPreview::of(task, at("2026-07-01 12:00:00"), QTimeZone::utc());
    QCOMPARE(preview.words, u"Every 1 h 30 min"_s);
    QCOMPARE(preview.runs.constFirst().moment, at("2026-07-01 12:00:00"));
    QCOMPARE(preview.runs.constLast().moment, at("2026-07-02 01:30:00"));
    task.nextRun = at("2026-07-01 12:20:00");
    preview = RunPreview::of(task, at("2026-07-01 12:00:00"), QTimeZone::utc());
    QCOMPARE(preview.runs[1].moment, at("2026-07-01 13:50:00"));
    QCOMPARE(preview.runs[1].utc, u"2026-07-01 13:50"_s);
    task.interval = std::chrono::seconds{90};
    QCOMPARE(RunPreview::of(task, at("2026-07-01 12:00:00"), QTimeZone::utc()).runs[1].utc, u"2026-07-01 12:21:30"_s);
}

void TestRunPreview::whatNeverRunsIsRefused_data()
{
    QTest::addColumn<QString>("expression");
    for (const char *expression : {"0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 0 31 2 ?"})
        QTest::newRow(expression) << QString::fromLatin1(expression);
}

void TestRunPreview::whatNeverRunsIsRefused()
{
    QFETCH(QString, expression);
    const RunPreview preview = RunPreview::of(cron(expression), at("2026-07-01 12:00:00"));
    QVERIFY(preview.neverRuns);
    QVERIFY2(preview.problem.contains(u"never runs"_s), qPrintable(preview.problem));
    QVERIFY(preview.runs.isEmpty());
}

void TestRunPreview::errorsSayFieldAndPosition()
{
    const RunPreview preview = RunPreview::of(cron(u"61 * * * *"_s), at("2026-07-01 12:00:00"));
    QVERIFY(!preview.neverRuns);
    QVERIFY2(preview.problem.contains(u"Minutes"_s) && preview.problem.contains(u"position 1"_s), qPrintable(preview.problem));
    QVERIFY(RunPreview::of(cron(u"0 0 * * *"_s, u"Europe/Nowhere"_s), at("2026-07-01 12:00:00")).problem.contains(u"Europe/Nowhere"_s));
    QVERIFY(!RunPreview::of(ScheduledTask{}, at("2026-07-01 12:00:00")).problem.isEmpty());
}

void TestRunPreview::boundsAreChecked()
{
    QVERIFY(!RunPreview::of(every(std::chrono::milliseconds{99}), at("2026-07-01 12:00:00")).problem.isEmpty());
    QVERIFY(RunPreview::of(every(std::chrono::milliseconds{100}), at("2026-07-01 12:00:00")).problem.isEmpty());
    QVERIFY(!RunPreview::of(every(Ticks::max()), at("2026-07-01 12:00:00")).problem.isEmpty());
    const RunPreview centuries = RunPreview::of(every(RunPreview::longestInterval), at("9950-07-01 12:00:00"));
    QCOMPARE(centuries.runs.size(), 1);
    QVERIFY(!RunPreview::of(cron(u"1,"_s.repeated(1'000'000) + u"1 * * * *"_s), at("2026-07-01 12:00:00")).problem.isEmpty());
    QVERIFY(!RunPreview::of(cron(u"0-999999999999 * * * *"_s), at("2026-07-01 12:00:00")).problem.isEmpty());
}

QTEST_GUILESS_MAIN(TestRunPreview)
#include "tst_runpreview.moc"
