// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduledtask.h"
#include "engine/scheduling/dueplan.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Timestamp at(const char *text)
{
    return parseTimestamp(text).value();
}

QString text(const std::optional<Timestamp> &moment)
{
    return moment ? toIsoText(*moment) : u"none"_s;
}

QString text(const QList<Timestamp> &moments)
{
    QStringList texts;
    for (const Timestamp moment : moments)
        texts.append(toIsoText(moment).sliced(11).chopped(1));
    return texts.join(u' ');
}

} // namespace

/// When a schedule is due, and what becomes of the runs that were missed.
class TestSchedule final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void intervalsStayOnTheirGrid();
    void cronInAZone();
    void w25_constants_data();
    void w25_constants();
    void refusesWhatIsNeverDue_data();
    void refusesWhatIsNeverDue();
    void texts();
    void hashOfTheTasksName();
    void missedRunsAsText();
    void optionsComeBack();

    void punctualRuns();
    void missedRuns_data();
    void missedRuns();
    void lateButAliveIsNotMissed();
    void firstRunOfAnInterval();
    void firstRunOfCron();
    void startIsMadeUpForWhateverThePolicy();
    void clockSetBack();
    void adoptedTaskGoesOnFromItsLastRun();

private:
    [[nodiscard]] static ScheduledTask taskOf(const Schedule &schedule, const char *nextRun, const MissedRuns &missed = {})
    {
        ScheduledTask task = NewTask{.name = u"T"_s, .schedule = schedule, .job = {.name = u"A"_s}, .missedRuns = missed}.toTask();
        task.nextRun = at(nextRun);
        task.lastRun = at("2026-11-20");
        return task;
    }
    [[nodiscard]] static DuePlan plan(const ScheduledTask &task, const char *aliveSince, const char *now)
    {
        return DuePlan::of(task, *Schedule::of(task), at(aliveSince), at(now));
    }
};

void TestSchedule::intervalsStayOnTheirGrid()
{
    const Schedule schedule = Schedule::every(30s);
    const Timestamp grid = at("2026-11-24 10:00:07");
    QCOMPARE(text(schedule.next(at("2026-11-24 10:00:07"), grid)), u"2026-11-24T10:00:37Z"_s);
    QCOMPARE(text(schedule.next(at("2026-11-24 10:00:36.9999999"), grid)), u"2026-11-24T10:00:37Z"_s);
    QCOMPARE(text(schedule.next(at("2026-11-24 10:00:50"), grid)), u"2026-11-24T10:01:07Z"_s);
    QCOMPARE(text(schedule.next(at("2026-11-24 09:59:50"), grid)), u"2026-11-24T10:00:07Z"_s);
    QCOMPARE(text(schedule.previous(at("2026-11-24 10:00:37"), grid)), u"2026-11-24T10:00:07Z"_s);
    QCOMPARE(text(schedule.previous(at("2026-11-24 10:00:38"), grid)), u"2026-11-24T10:00:37Z"_s);
    QCOMPARE(text(schedule.previous(at("2026-11-24 09:59:50"), grid)), u"2026-11-24T09:59:37Z"_s);
    QVERIFY(schedule.isInterval());
    QCOMPARE(schedule.interval(), Ticks(30s));
}

void TestSchedule::cronInAZone()
{
    const auto schedule = Schedule::cron(u"30 2 * * *"_s, u"Europe/Berlin"_s);
    QVERIFY(schedule.ok());
    QCOMPARE(text(schedule->next(at("2026-11-24"))), u"2026-11-24T01:30:00Z"_s);
    QCOMPARE(text(schedule->next(at("2026-03-28 12:00"))), u"2026-03-29T01:00:00Z"_s); // that day has no half past two
    QCOMPARE(text(schedule->previous(at("2026-11-24"))), u"2026-11-23T01:30:00Z"_s);
}

void TestSchedule::w25_constants_data()
{
    QTest::addColumn<Schedule>("schedule");
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("next");
    QTest::newRow("minute") << Schedule::everyMinute() << u"* * * * *"_s << u"2026-11-24T10:06:00Z"_s;
    QTest::newRow("hour") << Schedule::hourly() << u"0 * * * *"_s << u"2026-11-24T11:00:00Z"_s;
    QTest::newRow("day") << Schedule::daily() << u"0 0 * * *"_s << u"2026-11-25T00:00:00Z"_s;
    QTest::newRow("week") << Schedule::weekly() << u"0 0 * * 0"_s << u"2026-11-29T00:00:00Z"_s;
    QTest::newRow("month") << Schedule::monthly() << u"0 0 1 * *"_s << u"2026-12-01T00:00:00Z"_s;
    QTest::newRow("year") << Schedule::yearly() << u"0 0 1 1 *"_s << u"2027-01-01T00:00:00Z"_s; // W25: not every month
}

void TestSchedule::w25_constants()
{
    QFETCH(Schedule, schedule);
    QFETCH(QString, expression);
    QFETCH(QString, next);
    QCOMPARE(schedule.expression(), expression);
    QCOMPARE(text(schedule.next(at("2026-11-24 10:05:30"))), next);
    QCOMPARE(schedule, Schedule::cron(expression).value());
}

void TestSchedule::refusesWhatIsNeverDue_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("says");
    QTest::newRow("no such day") << u"0 0 30 2 *"_s << QString() << u"never due"_s;
    QTest::newRow("bad field") << u"0 25 * * *"_s << QString() << u"Hours"_s;
    QTest::newRow("no such zone") << u"0 0 * * *"_s << u"Europe/Atlantis"_s << u"not a time zone"_s;
}

void TestSchedule::refusesWhatIsNeverDue()
{
    QFETCH(QString, expression);
    QFETCH(QString, zone);
    QFETCH(QString, says);
    const auto schedule = Schedule::cron(expression, zone);
    QVERIFY(!schedule.ok());
    QCOMPARE(schedule.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(schedule.error().message.contains(says), qPrintable(schedule.error().message));
}

void TestSchedule::texts()
{
    QCOMPARE(Schedule::every(90s).toText(), u"every 90s"_s);
    QCOMPARE(Schedule::every(10min).describe(), u"Every 10m"_s);
    const auto nightly = Schedule::cron(u"30 2 * * *"_s, u"Europe/Berlin"_s).value();
    QCOMPARE(nightly.toText(), u"30 2 * * * Europe/Berlin"_s);
    QVERIFY(nightly.describe().startsWith(u"At 02:30"_s));
    QVERIFY(nightly.describe().endsWith(u", Europe/Berlin time"_s));
    QCOMPARE(Schedule::hourly().toText(), u"0 * * * *"_s);
}

void TestSchedule::hashOfTheTasksName()
{
    const Schedule schedule = Schedule::cron(u"H H * * *"_s).value();
    ScheduledTask a = taskOf(schedule, "2026-11-24");
    a.name = u"alpha"_s;
    ScheduledTask b = a;
    b.name = u"beta"_s;
    const Timestamp from = at("2026-11-24");
    QVERIFY(Schedule::of(a)->next(from) != Schedule::of(b)->next(from));
    QCOMPARE(Schedule::of(a)->next(from), CronExpression::parse(u"H H * * *", CronFormat::Auto, u"alpha")->next(from));
}

void TestSchedule::missedRunsAsText()
{
    for (const MissedRuns &missed : {MissedRuns::once(), MissedRuns::skip(), MissedRuns::catchUp(3), MissedRuns::catchUp(1000)})
        QCOMPARE(MissedRuns::parse(missed.toText()), missed);
    for (const QString &wrong : {u""_s, u"twice"_s, u"catch-up"_s, u"catch-up:"_s, u"catch-up:0"_s, u"catch-up:1001"_s})
        QVERIFY2(!MissedRuns::parse(wrong), qPrintable(wrong));
}

void TestSchedule::optionsComeBack()
{
    const JobOptions options{.worker = u"w"_s,
                             .callback = u"C"_s,
                             .retryLimit = 4,
                             .timeout = 90s,
                             .backoff = RetryPolicy{.backoff = RetryPolicy::Backoff::Fixed, .delay = 5s},
                             .tag = u"t"_s,
                             .batchId = u"b"_s,
                             .createdBy = u"me"_s,
                             .userId = u"u"_s,
                             .replyTo = u"https://h/"_s,
                             .args = StringMap{{u"k"_s, u"v"_s}},
                             .priority = 7,
                             .uniqueKey = u"key"_s};
    const NewTask task{.schedule = Schedule::hourly(), .job = {.name = u"A"_s, .requestBody = "{\"n\":1.10}", .options = options}};
    const ScheduledTask row = task.toTask();
    QCOMPARE(row.name, u"A"_s);
    QCOMPARE(row.requestType, requesttype::command);
    const NewJob job = row.job();
    QCOMPARE(job.name, u"A"_s);
    QCOMPARE(job.requestBody, QByteArray("{\"n\":1.10}"));
    QCOMPARE(job.options.worker, options.worker);
    QCOMPARE(job.options.timeout, options.timeout);
    QCOMPARE(job.options.backoff, options.backoff);
    QCOMPARE(job.options.args, options.args);
    QCOMPARE(job.options.priority, 7);
    QCOMPARE(job.options.uniqueKey, u"key"_s);
    const NewTask plain{.schedule = Schedule::hourly(), .job = {.name = u"A"_s}};
    QVERIFY(!plain.toTask().options);
}

void TestSchedule::punctualRuns()
{
    const ScheduledTask task = taskOf(Schedule::everyMinute(), "2026-11-24 10:05");
    DuePlan due = plan(task, "2026-11-24 09:00", "2026-11-24 10:04:59");
    QCOMPARE(text(due.runs), QString());
    QCOMPARE(text(due.nextRun), u"2026-11-24T10:05:00Z"_s);
    due = plan(task, "2026-11-24 09:00", "2026-11-24 10:05:02");
    QCOMPARE(text(due.runs), u"10:05:00"_s);
    QCOMPARE(text(due.nextRun), u"2026-11-24T10:06:00Z"_s);
    QVERIFY(!due.missed);
}

void TestSchedule::missedRuns_data()
{
    QTest::addColumn<MissedRuns>("policy");
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("runs");
    QTest::addColumn<bool>("dropped");
    // Due from 10:05 on, and a host again from 10:30:30 on.
    const QString between = u"2026-11-24 10:30:30"_s;
    QTest::newRow("once") << MissedRuns::once() << between << u"10:30:00"_s << true;
    QTest::newRow("skip") << MissedRuns::skip() << between << QString() << true;
    QTest::newRow("catch up with three") << MissedRuns::catchUp(3) << between << u"10:28:00 10:29:00 10:30:00"_s << true;
    QStringList all;
    for (int minute = 5; minute <= 30; ++minute)
        all.append(u"10:%1:00"_s.arg(minute, 2, 10, QLatin1Char('0')));
    QTest::newRow("catch up with all") << MissedRuns::catchUp(26) << between << all.join(u' ') << false;
    // The host has come, and the next is due already.
    const QString late = u"2026-11-24 10:31:01"_s;
    QTest::newRow("once, made up for by the next") << MissedRuns::once() << late << u"10:31:00"_s << true;
    QTest::newRow("skip, then the next") << MissedRuns::skip() << late << u"10:31:00"_s << true;
    QTest::newRow("catch up, then the next") << MissedRuns::catchUp(2) << late << u"10:29:00 10:30:00 10:31:00"_s << true;
}

void TestSchedule::missedRuns()
{
    QFETCH(MissedRuns, policy);
    QFETCH(QString, now);
    QFETCH(QString, runs);
    QFETCH(bool, dropped);
    const QByteArray moment = now.toUtf8();
    for (const Schedule &schedule : {Schedule::everyMinute(), Schedule::every(1min)}) {
        const DuePlan due = plan(taskOf(schedule, "2026-11-24 10:05", policy), "2026-11-24 10:30:30", moment.constData());
        QCOMPARE(text(due.runs), runs);
        QCOMPARE(due.missed.has_value(), dropped);
        if (dropped)
            QCOMPARE(text(due.missed), u"2026-11-24T10:05:00Z"_s);
        QVERIFY(*due.nextRun > at(moment.constData()) && *due.nextRun <= at(moment.constData()) + 1min);
    }
}

void TestSchedule::lateButAliveIsNotMissed()
{
    const ScheduledTask task = taskOf(Schedule::every(1s), "2026-11-24 10:00:00", MissedRuns::skip());
    QCOMPARE(text(plan(task, "2026-11-24 09:00", "2026-11-24 10:00:03").runs), u"10:00:00 10:00:01 10:00:02 10:00:03"_s);
    const auto late = plan(task, "2026-11-24 09:00", "2026-11-24 10:05:00"); // it was stopped for five minutes
    QCOMPARE(late.runs.size(), 61);
    QCOMPARE(text(late.runs.first()), u"2026-11-24T10:04:00Z"_s);
    QVERIFY(late.missed);
}

void TestSchedule::firstRunOfAnInterval()
{
    ScheduledTask task = taskOf(Schedule::every(10min), "2026-11-24 10:00");
    task.lastRun.reset();
    const Schedule schedule = *Schedule::of(task);
    QCOMPARE(text(DuePlan::firstRun(task, schedule, false, at("2026-11-24 10:03"))), u"2026-11-24T10:03:00Z"_s);
    // No host lived when it was registered: the first run is when one comes, and the grid begins there.
    const DuePlan due = plan(task, "2026-11-24 10:33", "2026-11-24 10:33");
    QCOMPARE(text(due.runs), u"10:33:00"_s);
    QCOMPARE(text(due.nextRun), u"2026-11-24T10:43:00Z"_s);
    task.lastRun = at("2026-11-24 09:58");
    QCOMPARE(text(DuePlan::firstRun(task, schedule, false, at("2026-11-24 10:03"))), u"2026-11-24T10:08:00Z"_s);
    QCOMPARE(text(DuePlan::firstRun(task, schedule, false, at("2026-11-24 11:00"))), u"2026-11-24T11:00:00Z"_s);
}

void TestSchedule::firstRunOfCron()
{
    ScheduledTask task = taskOf(Schedule::hourly(), "2026-11-24 10:00");
    task.lastRun.reset();
    const Schedule schedule = *Schedule::of(task);
    QCOMPARE(text(DuePlan::firstRun(task, schedule, false, at("2026-11-24 10:03"))), u"2026-11-24T11:00:00Z"_s);
    QCOMPARE(text(DuePlan::firstRun(task, schedule, true, at("2026-11-24 10:03"))), u"2026-11-24T10:03:00Z"_s);
    task.lastRun = at("2026-11-24 09:00");
    QCOMPARE(text(DuePlan::firstRun(task, schedule, true, at("2026-11-24 10:03"))), u"2026-11-24T11:00:00Z"_s);
}

void TestSchedule::startIsMadeUpForWhateverThePolicy()
{
    ScheduledTask task = taskOf(Schedule::daily(), "2026-11-24 10:03:07", MissedRuns::skip());
    task.lastRun.reset();
    const DuePlan due = plan(task, "2026-11-24 12:00", "2026-11-24 12:00");
    QCOMPARE(text(due.runs), u"12:00:00"_s);
    QCOMPARE(text(due.nextRun), u"2026-11-25T00:00:00Z"_s);
    task.nextRun = at("2026-11-24 00:00"); // this one is its schedule's own
    QCOMPARE(text(plan(task, "2026-11-24 12:00", "2026-11-24 12:00").runs), QString());
}

void TestSchedule::clockSetBack()
{
    // An hour back: what has run by cron is not run again, an interval goes on from now.
    ScheduledTask cron = taskOf(Schedule::everyMinute(), "2026-11-24 11:00");
    cron.lastRun = at("2026-11-24 10:59");
    DuePlan due = plan(cron, "2026-11-24 10:00", "2026-11-24 10:00");
    QVERIFY(due.runs.isEmpty());
    QCOMPARE(text(due.nextRun), u"2026-11-24T11:00:00Z"_s);
    ScheduledTask interval = taskOf(Schedule::every(1min), "2026-11-24 11:00:30");
    interval.lastRun = at("2026-11-24 10:59:30");
    due = plan(interval, "2026-11-24 10:00", "2026-11-24 10:00");
    QVERIFY(due.runs.isEmpty());
    QCOMPARE(text(due.nextRun), u"2026-11-24T10:01:00Z"_s);
    // A year back: the clock had been wrong.
    cron.nextRun = at("2027-11-24 11:00");
    cron.lastRun = at("2027-11-24 10:59");
    QCOMPARE(text(plan(cron, "2026-11-24 10:00", "2026-11-24 10:00").nextRun), u"2026-11-24T10:01:00Z"_s);
}

void TestSchedule::adoptedTaskGoesOnFromItsLastRun()
{
    ScheduledTask task = taskOf(Schedule::daily(), "2026-11-24");
    task.nextRun.reset();
    task.lastRun = at("2026-11-22 00:00:02");
    QCOMPARE(text(plan(task, "2026-11-24 10:00", "2026-11-24 10:00").nextRun), u"2026-11-23T00:00:00Z"_s);
    QCOMPARE(text(task.expectedRun(at("2026-11-24 10:00"))), u"2026-11-23T00:00:00Z"_s);
    task.lastRun.reset();
    QCOMPARE(text(plan(task, "2026-11-24 10:00", "2026-11-24 10:00").nextRun), u"2026-11-25T00:00:00Z"_s);
    task.enabled = false;
    QVERIFY(!task.expectedRun(at("2026-11-24 10:00")));
}

QTEST_APPLESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
