// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitestore.h"
#include "store/storeconformance.h"
#include "support/greeting.h"
#include "support/hostfixture.h"
#include "support/runs.h"

#include <QSemaphore>
#include <QSignalSpy>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A store and a host on a clock that the test sets, with a command that notes what it was given.
class ScheduleFixture final
{
public:
    ScheduleFixture()
    {
        f.queue = std::make_unique<JobQueue>(openStore());
        addCommand(f, "Note", [this](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
            runs.enter(request.value(u"name"_s).toString(u"Note"_s));
            return QJsonObject{};
        });
    }
    [[nodiscard]] std::shared_ptr<JobStore> openStore() const { return *SqliteStore::open(f.folder.path(), OpenMode::Create, clock); }
    [[nodiscard]] JobStore &store() const { return *f.queue->store(); }

    /// A task of that name that notes it.
    [[nodiscard]] static NewTask noting(const QString &name, Schedule schedule)
    {
        return {.name = name,
                .schedule = std::move(schedule),
                .job = {.name = u"Note"_s, .requestBody = "{\"name\":\"" + name.toUtf8() + "\"}"}};
    }
    ScheduledTask save(const NewTask &task)
    {
        const auto saved = f.queue->recurring(task).result();
        if (!saved)
            qWarning().noquote() << saved.error().message;
        return saved ? *saved : ScheduledTask{};
    }
    [[nodiscard]] ScheduledTask task(const QString &name) const
    {
        const auto tasks = store().scheduledTasks();
        const auto found = std::ranges::find(*tasks, name, &ScheduledTask::name);
        return found == tasks->end() ? ScheduledTask{} : *found;
    }
    /// Once the host has done with what is due by now.
    [[nodiscard]] bool settled() const
    {
        return QTest::qWaitFor(
            [this] {
                const auto tasks = store().scheduledTasks();
                return std::ranges::all_of(*tasks, [now = clock->now()](const ScheduledTask &task) {
                    return !task.runRequested && (!task.enabled || (task.nextRun ? *task.nextRun > now : !task.problem.isEmpty()));
                });
            },
            patienceMs);
    }
    /// That many runs of a name, and no more.
    [[nodiscard]] bool ran(const QString &name, int count) const
    {
        return settled() && QTest::qWaitFor([&] { return runs.count(name) >= count; }, patienceMs) && runs.count(name) == count;
    }

    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();
    Runs runs;
    HostFixture f{{.clock = clock}};
};

} // namespace

/// A host that looks after scheduled tasks.
class TestSchedules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recurringCommand();
    void recurringApi();
    void w19_brokenTasksStopNoOther();
    void intervalHasNoDrift();
    void cronWaitsForItsNextTime();
    void missedWhileNoHostLived();
    void overlapIsPassedOver();
    void transientRuns();
    void transientRunThatFails();
    void pausedResumedRunNow();
    void clockJumpsForth();
    void clockJumpsBack();
    void anotherProcessWakesIt();
    void drainRunsWhatIsDue();
    void removedTaskRunsNoMore();
};

/// The original's Can_Schedule_Reoccurring_Command.
void TestSchedules::recurringCommand()
{
    ScheduleFixture s;
    s.f.registry.add<MyCommand>();
    s.f.start();
    const Timestamp start = s.clock->now() - Ticks(1);
    const auto recurring = [&](RecurringOptions options) {
        options.startNow = true;
        return s.f.queue->recurring<MyCommand>(Schedule::cron(u"* * * * *"_s).value(), {.id = 1}, std::move(options)).result();
    };
    QVERIFY(recurring({.job = {.tag = u"first"_s}}).ok());
    const auto again = recurring({});
    QVERIFY(again.ok());
    QCOMPARE(s.f.queue->recurring().result()->size(), 1);
    QVERIFY(!again->options);
    QCOMPARE(again->name, u"MyCommand"_s);
    QCOMPARE(again->cronExpression, u"* * * * *"_s);
    QVERIFY(!again->interval);
    QVERIFY(s.settled());
    const ScheduledTask ran = s.task(u"MyCommand"_s);
    QVERIFY(ran.lastRun > start);
    QVERIFY(ran.lastJobId);
    const JobResult result = s.f.finished(*ran.lastJobId);
    QVERIFY(result.completed);
    QCOMPARE(responseOf<MyResponse>(*result.completed)->result, u"Hello 1"_s);
    QCOMPARE(result.completed->meta->value(u"schedule"_s), u"MyCommand"_s);
}

/// The original's Can_Schedule_Reoccurring_Api.
void TestSchedules::recurringApi()
{
    ScheduleFixture s;
    s.f.registry.addApi<MyRequest, MyResponse>(
        [](const MyRequest &request, JobContext &) -> Outcome<MyResponse> { return MyResponse{u"Hello %1"_s.arg(request.id)}; });
    s.f.start();
    QVERIFY(s.f.queue->recurringApi(Schedule::every(1s), MyRequest{}).result().ok());
    MyRequest two;
    two.id = 2;
    const auto again = s.f.queue->recurringApi(Schedule::every(1s), two).result();
    QVERIFY(again.ok());
    QCOMPARE(s.f.queue->recurring().result()->size(), 1);
    QCOMPARE(again->interval, Ticks(1s));
    QVERIFY(again->cronExpression.isNull());
    QVERIFY(again->isApi());
    QCOMPARE(again->requestBody, toJson(two));
    QVERIFY(s.settled());
    s.clock->advance(1s);
    QVERIFY(s.settled());
    const ScheduledTask ran = s.task(u"MyRequest"_s);
    QCOMPARE(ran.lastRun, s.clock->now());
    const JobResult result = s.f.finished(*ran.lastJobId);
    QVERIFY(result.completed);
    QCOMPARE(responseOf<MyResponse>(*result.completed)->result, u"Hello 2"_s);
}

void TestSchedules::w19_brokenTasksStopNoOther() // W19
{
    ScheduleFixture s;
    s.save(ScheduleFixture::noting(u"a"_s, Schedule::everyMinute()));
    NewTask gone = ScheduleFixture::noting(u"gone"_s, Schedule::everyMinute());
    gone.job.name = u"RemovedCommand"_s;
    s.save(gone); // no host lives that could refuse it
    NewTask orphaned = ScheduleFixture::noting(u"orphaned"_s, Schedule::everyMinute());
    orphaned.job.options.dependsOn = 4711;
    s.save(orphaned);
    s.save(ScheduleFixture::noting(u"unreadable"_s, Schedule::everyMinute()));
    s.save(ScheduleFixture::noting(u"z"_s, Schedule::everyMinute()));
    SqliteConnection(s.f.folder.filePath(u"jobs.db"_s), "mode=rw")
        .execute("UPDATE ScheduledTask SET CronExpression = '61 * * * *', NextRun = NULL WHERE Name = 'unreadable'");
    s.f.host = std::make_unique<JobHost>(s.f.queue->store(), s.f.registry, s.f.options);
    QSignalSpy problems(s.f.host.get(), &JobHost::problem);
    QVERIFY(s.f.host->start().ok());
    for (int minute = 1; minute <= 3; ++minute) {
        s.clock->advance(1min);
        QVERIFY(s.ran(u"a"_s, minute));
        QVERIFY(s.ran(u"z"_s, minute));
    }
    QVERIFY(s.task(u"gone"_s).problem.contains(u"RemovedCommand"_s));
    QVERIFY(s.task(u"orphaned"_s).problem.contains(u"4711"_s));
    QVERIFY(s.task(u"unreadable"_s).problem.contains(u"Minutes"_s));
    QCOMPARE(problems.count(), 3); // each is told once
    QVERIFY(problems.first().first().toString().startsWith(u"schedule \""_s));
    QCOMPARE(s.f.queue->recurring(gone).result().error().code, ErrorCode::Unknown); // while a host lives
}

void TestSchedules::intervalHasNoDrift()
{
    ScheduleFixture s;
    s.f.start();
    s.save(ScheduleFixture::noting(u"n"_s, Schedule::every(10min)));
    QVERIFY(s.ran(u"n"_s, 1)); // the first at once
    const Timestamp grid = s.clock->now();
    for (int run = 1; run <= 3; ++run) {
        s.clock->set(grid + run * 10min + 3s); // each time three seconds late
        QVERIFY(s.ran(u"n"_s, run + 1));
        QCOMPARE(s.task(u"n"_s).nextRun, grid + (run + 1) * 10min);
    }
}

void TestSchedules::cronWaitsForItsNextTime()
{
    ScheduleFixture s;
    s.f.start();
    const Schedule schedule = Schedule::cron(u"30 2 * * *"_s, u"Europe/Berlin"_s).value();
    s.save(ScheduleFixture::noting(u"n"_s, schedule));
    s.clock->advance(89min);
    QVERIFY(s.ran(u"n"_s, 0));
    s.clock->advance(1min);
    QVERIFY(s.ran(u"n"_s, 1));
    QCOMPARE(s.task(u"n"_s).nextRun, s.clock->now() + 24h);
}

void TestSchedules::missedWhileNoHostLived()
{
    ScheduleFixture s;
    for (const MissedRuns &missed : {MissedRuns::once(), MissedRuns::skip(), MissedRuns::catchUp(3)}) {
        NewTask task = ScheduleFixture::noting(missed.toText(), Schedule::everyMinute());
        task.missedRuns = missed;
        s.save(task);
    }
    s.clock->advance(1h + 30s);
    s.f.start();
    QVERIFY(s.ran(u"once"_s, 1));
    QVERIFY(s.ran(u"skip"_s, 0));
    QVERIFY(s.ran(u"catch-up:3"_s, 3));
    s.clock->advance(30s);
    QVERIFY(s.ran(u"once"_s, 2));
    QVERIFY(s.ran(u"skip"_s, 1));
    QVERIFY(s.ran(u"catch-up:3"_s, 4));
    QVERIFY(s.f.checkIsClean());
}

void TestSchedules::overlapIsPassedOver()
{
    ScheduleFixture s;
    QSemaphore gate;
    addCommand(s.f, "Slow", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        s.runs.enter(u"slow"_s);
        gate.acquire();
        return QJsonObject{};
    });
    s.f.start();
    NewTask task = ScheduleFixture::noting(u"slow"_s, Schedule::everyMinute());
    task.job.name = u"Slow"_s;
    task.noOverlap = true;
    s.save(task);
    s.clock->advance(1min);
    QVERIFY(s.ran(u"slow"_s, 1));
    s.clock->advance(1min);
    QVERIFY(s.ran(u"slow"_s, 1));
    gate.release();
    QVERIFY(s.f.finished(*s.task(u"slow"_s).lastJobId).completed);
    s.clock->advance(1min);
    QVERIFY(s.ran(u"slow"_s, 2));
    gate.release();
    const auto occurrences = s.store().occurrences(s.task(u"slow"_s).id, 10);
    QCOMPARE(occurrences->size(), 3);
    QCOMPARE(occurrences->at(1).outcome, TaskOccurrence::Outcome::Overlapped);
}

void TestSchedules::transientRuns()
{
    ScheduleFixture s;
    s.f.start();
    NewTask task = ScheduleFixture::noting(u"n"_s, Schedule::everyMinute());
    task.transient = true;
    s.save(task);
    s.clock->advance(1min);
    QVERIFY(s.ran(u"n"_s, 1));
    QCOMPARE(s.task(u"n"_s).lastRun, s.clock->now());
    QVERIFY(!s.task(u"n"_s).lastJobId);
    QVERIFY(s.openStore()->info().ours);
    QVERIFY(s.f.queue->runRecurringNow(u"n"_s).result().ok());
    QVERIFY(s.ran(u"n"_s, 2));
    QVERIFY(s.store().list({.pane = Pane::All})->jobs.isEmpty());
}

void TestSchedules::transientRunThatFails()
{
    ScheduleFixture s;
    std::atomic<bool> fails = true;
    addCommand(s.f, "Fails", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        if (fails)
            throw JobException(u"Bad"_s, u"out of paper"_s);
        return QJsonObject{};
    });
    s.f.start();
    NewTask task = ScheduleFixture::noting(u"f"_s, Schedule::everyMinute());
    task.job.name = u"Fails"_s;
    task.transient = true;
    s.save(task);
    QSignalSpy problems(s.f.host.get(), &JobHost::problem);
    s.clock->advance(1min);
    QTRY_VERIFY_WITH_TIMEOUT(s.task(u"f"_s).problem.contains(u"out of paper"_s), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(problems.count(), 1, patienceMs);
    fails = false;
    s.clock->advance(1min);
    QTRY_VERIFY_WITH_TIMEOUT(s.task(u"f"_s).problem.isEmpty(), patienceMs);
}

void TestSchedules::pausedResumedRunNow()
{
    ScheduleFixture s;
    s.f.start();
    s.save(ScheduleFixture::noting(u"n"_s, Schedule::everyMinute()));
    QVERIFY(s.f.queue->setRecurringPaused(u"n"_s, true).result().ok());
    s.clock->advance(5min);
    QVERIFY(s.f.queue->runRecurringNow(u"n"_s).result().ok());
    QVERIFY(s.ran(u"n"_s, 1));
    QVERIFY(s.f.queue->setRecurringPaused(u"n"_s, false).result().ok());
    QVERIFY(s.ran(u"n"_s, 1));
    s.clock->advance(1min);
    QVERIFY(s.ran(u"n"_s, 2));
}

void TestSchedules::clockJumpsForth()
{
    ScheduleFixture s;
    s.f.start();
    NewTask skipping = ScheduleFixture::noting(u"skip"_s, Schedule::everyMinute());
    skipping.missedRuns = MissedRuns::skip();
    s.save(skipping);
    s.save(ScheduleFixture::noting(u"once"_s, Schedule::everyMinute()));
    s.clock->advance(1h + 30s); // as if the machine had slept
    QVERIFY(s.ran(u"once"_s, 1));
    QVERIFY(s.ran(u"skip"_s, 0));
    s.clock->advance(30s);
    QVERIFY(s.ran(u"once"_s, 2));
    QVERIFY(s.ran(u"skip"_s, 1));
}

void TestSchedules::clockJumpsBack()
{
    ScheduleFixture s;
    s.f.start();
    s.save(ScheduleFixture::noting(u"cron"_s, Schedule::everyMinute()));
    s.save(ScheduleFixture::noting(u"interval"_s, Schedule::every(1min)));
    QVERIFY(s.ran(u"interval"_s, 1));
    s.clock->advance(1min);
    QVERIFY(s.ran(u"cron"_s, 1));
    QVERIFY(s.ran(u"interval"_s, 2));
    s.clock->advance(-30min + 10s);
    const Timestamp back = s.clock->now();
    QTRY_COMPARE_WITH_TIMEOUT(s.task(u"interval"_s).nextRun, back + 1min, patienceMs);
    s.clock->advance(1min);
    QVERIFY(s.ran(u"interval"_s, 3)); // it goes on
    QVERIFY(s.ran(u"cron"_s, 1));     // that minute has been
    s.clock->set(*s.task(u"cron"_s).nextRun);
    QVERIFY(s.ran(u"cron"_s, 2));
}

void TestSchedules::anotherProcessWakesIt()
{
    ScheduleFixture s;
    s.f.start();
    const auto other = s.openStore(); // a connection that knows of the host only by the files
    const NewTask task = ScheduleFixture::noting(u"n"_s, Schedule::every(1h));
    QVERIFY(waitFor<ScheduledTask>([&](auto done) { other->saveTask(task, done); }).ok());
    QVERIFY(s.ran(u"n"_s, 1));
    NewTask sooner = ScheduleFixture::noting(u"m"_s, Schedule::everyMinute());
    QVERIFY(waitFor<ScheduledTask>([&](auto done) { other->saveTask(sooner, done); }).ok());
    s.clock->advance(1min);
    QVERIFY(s.ran(u"m"_s, 1));
    QVERIFY(s.ran(u"n"_s, 1));
}

void TestSchedules::drainRunsWhatIsDue()
{
    ScheduleFixture s;
    s.save(ScheduleFixture::noting(u"n"_s, Schedule::every(1h)));
    s.f.start();
    QSignalSpy drained(s.f.host.get(), &JobHost::drained);
    s.f.host->drainWhenIdle();
    QVERIFY(drained.wait(patienceMs));
    QCOMPARE(s.runs.count(u"n"_s), 1);
}

void TestSchedules::removedTaskRunsNoMore()
{
    ScheduleFixture s;
    s.f.start();
    s.save(ScheduleFixture::noting(u"n"_s, Schedule::everyMinute()));
    s.save(ScheduleFixture::noting(u"m"_s, Schedule::everyMinute()));
    QVERIFY(s.f.queue->removeRecurring(u"n"_s).result().ok());
    s.clock->advance(1min);
    QVERIFY(s.ran(u"m"_s, 1));
    QVERIFY(s.ran(u"n"_s, 0));
}

QTEST_GUILESS_MAIN(TestSchedules)
#include "tst_schedules.moc"
