// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/rowjournal.h"
#include "support/foreignfolder.h"
#include "support/storefolder.h"

#include <QTest>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Scheduled tasks in stores that an earlier version of Stint, or ServiceStack, has made.
class tst_StoreTasks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void earlierVersionsStoreIsUpgraded();
    void earlierVersionsStoreIsReadAsItIs();
    void columnsOfTheFormatStayAsTheyAre();
    void foreignTasksAreShownWithTheirNextRun();
    void foreignTaskIsSavedInItsColumnsOnly();
    void foreignTaskIsRunAndRemoved();
    void nothingIsChangedWhileItsApplicationRuns();
    void whatItHasNoColumnsForIsUnsupported_data();
    void whatItHasNoColumnsForIsUnsupported();
    void adoptedTasksGoOn();
    void aYearInFiveZones();

private:
    static std::shared_ptr<JobStore> open(const ForeignFolder &folder, std::shared_ptr<const Clock> clock = {})
    {
        return *SqliteStore::open(folder.path(), OpenMode::ReadWrite, std::move(clock));
    }
    static Result<ScheduledTask> save(JobStore &store, const NewTask &task)
    {
        return waitFor<ScheduledTask>([&](auto done) { store.saveTask(task, done); });
    }
    static NewTask nightly()
    {
        return {.name = u"Nightly"_s,
                .schedule = Schedule::daily(),
                .job = {.name = u"NightlyReport"_s, .requestBody = "{\"n\":1.10}", .options = {.timeout = 60s, .tag = u"t"_s}}};
    }

    QTemporaryDir m_state;
};

void tst_StoreTasks::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toLocal8Bit());
}

constexpr const char *makeItVersion3
    = "DROP TABLE TaskOccurrence; ALTER TABLE ScheduledTask DROP COLUMN Zone; ALTER TABLE ScheduledTask DROP COLUMN MissedRuns; "
      "ALTER TABLE ScheduledTask DROP COLUMN NoOverlap; ALTER TABLE ScheduledTask DROP COLUMN Enabled; "
      "ALTER TABLE ScheduledTask DROP COLUMN NextRun; ALTER TABLE ScheduledTask DROP COLUMN RunRequested; "
      "ALTER TABLE ScheduledTask DROP COLUMN Problem; UPDATE StintStore SET Value = '3' WHERE Key = 'schemaVersion'; "
      "INSERT INTO ScheduledTask (Name, Interval, RequestType, Command, Request, RequestBody, LastRun) "
      "VALUES ('Ping', 600000000, 'CMD', 'Ping', 'NoArgs', '{}', '2026-11-23 23:59:30')";

void tst_StoreTasks::earlierVersionsStoreIsUpgraded()
{
    StoreFolder folder;
    const auto job = folder.enqueue(u"A"_s);
    folder.store.reset();
    folder.execute(makeItVersion3);
    folder.open();
    QCOMPARE(folder.number("SELECT CAST(Value AS INTEGER) FROM StintStore WHERE Key = 'schemaVersion'"), 4);
    QVERIFY(folder.find(job).queued);
    const ScheduledTask ping = folder.store->scheduledTasks()->first();
    QVERIFY(ping.enabled && !ping.nextRun);
    QCOMPARE(ping.expectedRun(folder.clock->now()), folder.clock->now() + 30s);
    QVERIFY(save(*folder.store, nightly()).ok());
    QCOMPARE(folder.store->scheduledTasks()->size(), 2);
}

void tst_StoreTasks::earlierVersionsStoreIsReadAsItIs()
{
    StoreFolder folder;
    folder.store.reset();
    folder.execute(makeItVersion3);
    const auto store = *SqliteStore::open(folder.path(), OpenMode::ReadOnly, folder.clock);
    QCOMPARE(store->scheduledTasks()->first().name, u"Ping"_s);
    QVERIFY(store->occurrences(1, 10)->isEmpty());
    QCOMPARE(folder.number("SELECT CAST(Value AS INTEGER) FROM StintStore WHERE Key = 'schemaVersion'"), 3);
}

void tst_StoreTasks::columnsOfTheFormatStayAsTheyAre()
{
    const StoreFolder folder;
    const ForeignFolder original(u"servicestack-sqlite"_s);
    SqliteConnection db(folder.queuePath(), "mode=rw");
    const QStringList theirs = original.columns(u"jobs.db"_s, "ScheduledTask");
    QCOMPARE(schema::columns(db, u"ScheduledTask"_s).first(theirs.size()), theirs);
    // A program that knows no others can still insert.
    folder.execute("INSERT INTO ScheduledTask (Name, Interval, RequestType, Command) VALUES ('T', 10000000, 'CMD', 'A')");
    QVERIFY(folder.store->scheduledTasks()->first().enabled);
}

void tst_StoreTasks::foreignTasksAreShownWithTheirNextRun()
{
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const auto store = open(folder);
    const auto tasks = store->scheduledTasks();
    QVERIFY(tasks && !tasks->isEmpty());
    const Timestamp now = SystemClock().now();
    for (const ScheduledTask &task : *tasks) {
        QVERIFY(!task.nextRun);
        QVERIFY2(task.expectedRun(now), qPrintable(task.name));
        QVERIFY(task.expectedRun(now) > task.lastRun);
    }
}

void tst_StoreTasks::foreignTaskIsSavedInItsColumnsOnly()
{
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const QString tables = folder.schema(u"jobs.db"_s);
    const auto store = open(folder);
    const auto saved = save(*store, nightly());
    QVERIFY2(saved.ok(), saved.ok() ? "" : qPrintable(saved.error().message));
    QCOMPARE(folder.schema(u"jobs.db"_s), tables);
    auto row = folder.row(u"jobs.db"_s, "ScheduledTask", saved->id);
    QCOMPARE(row.value(u"Name"_s), u"Nightly"_s);
    QCOMPARE(row.value(u"CronExpression"_s), u"0 0 * * *"_s);
    QCOMPARE(row.value(u"RequestBody"_s), u"{\"n\":1.10}"_s);
    QCOMPARE(row.value(u"Options"_s), u"{\"tag\":\"t\",\"timeoutSecs\":60,\"timeout\":\"PT1M\"}"_s);
    QVERIFY(row.value(u"LastRun"_s).isNull());

    NewTask other = nightly();
    other.schedule = Schedule::every(90s);
    QCOMPARE(save(*store, other)->id, saved->id);
    row = folder.row(u"jobs.db"_s, "ScheduledTask", saved->id);
    QVERIFY(row.value(u"CronExpression"_s).isNull());
    QCOMPARE(row.value(u"Interval"_s).toLongLong(), 900'000'000);
    QFile journal(RowJournal::path()); // the row as it was
    QVERIFY(journal.open(QIODevice::ReadOnly));
    QVERIFY(journal.readAll().contains("0 0 * * *"));
}

void tst_StoreTasks::foreignTaskIsRunAndRemoved()
{
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const auto store = open(folder);
    const std::int64_t id = save(*store, nightly())->id;
    const auto run = waitFor<TaskRun>([&](auto done) { store->runTask(u"Nightly"_s, done); });
    QVERIFY2(run.ok(), run.ok() ? "" : qPrintable(run.error().message));
    QCOMPARE(folder.row(u"jobs.db"_s, "BackgroundJob", run->jobs.first().id).value(u"Command"_s), u"NightlyReport"_s);
    QCOMPARE(folder.row(u"jobs.db"_s, "ScheduledTask", id).value(u"LastJobId"_s).toLongLong(), run->jobs.first().id);
    QVERIFY(waitFor<void>([&](auto done) { store->removeTask(u"Nightly"_s, done); }).ok());
    QVERIFY(folder.row(u"jobs.db"_s, "ScheduledTask", id).isEmpty());
}

void tst_StoreTasks::nothingIsChangedWhileItsApplicationRuns()
{
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const auto store = open(folder);
    const auto tasks = store->scheduledTasks();
    const ForeignProcess application(folder.file(u"jobs.db"_s));
    QVERIFY(application.isUp());
    const auto says = [&](const auto &result) {
        return !result && result.error().code == ErrorCode::Conflict && result.error().message.contains(QString::number(application.pid()));
    };
    QVERIFY(says(save(*store, nightly())));
    QVERIFY(says(waitFor<void>([&](auto done) { store->removeTask(tasks->first().name, done); })));
    QVERIFY(says(waitFor<TaskRun>([&](auto done) { store->runTask(tasks->first().name, done); })));
    QCOMPARE(*store->scheduledTasks(), *tasks);
}

void tst_StoreTasks::whatItHasNoColumnsForIsUnsupported_data()
{
    QTest::addColumn<NewTask>("task");
    NewTask zone = nightly();
    zone.schedule = Schedule::cron(u"0 0 * * *"_s, u"Europe/Berlin"_s).value();
    QTest::newRow("zone") << zone;
    NewTask seconds = nightly();
    seconds.schedule = Schedule::cron(u"*/5 * * * * *"_s).value();
    QTest::newRow("seconds") << seconds;
    NewTask hashed = nightly();
    hashed.schedule = Schedule::cron(u"H 2 * * *"_s).value();
    QTest::newRow("H") << hashed;
    NewTask missed = nightly();
    missed.missedRuns = MissedRuns::skip();
    QTest::newRow("missed runs") << missed;
    NewTask alone = nightly();
    alone.noOverlap = true;
    QTest::newRow("no overlap") << alone;
    NewTask paused = nightly();
    paused.paused = true;
    QTest::newRow("paused") << paused;
    NewTask urgent = nightly();
    urgent.job.options.priority = 1;
    QTest::newRow("priority") << urgent;
}

void tst_StoreTasks::whatItHasNoColumnsForIsUnsupported()
{
    QFETCH(NewTask, task);
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const auto store = open(folder);
    const auto tasks = store->scheduledTasks();
    const auto saved = save(*store, task);
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::Unsupported);
    const auto paused = waitFor<ScheduledTask>([&](auto done) { store->setTaskPaused(tasks->first().name, true, done); });
    QCOMPARE(paused.error().code, ErrorCode::Unsupported);
    QCOMPARE(*store->scheduledTasks(), *tasks);
}

void tst_StoreTasks::adoptedTasksGoOn()
{
    const ForeignFolder folder(u"servicestack-sqlite"_s);
    const auto clock = std::make_shared<FakeClock>();
    const auto store = open(folder, clock);
    const auto before = store->scheduledTasks();
    QVERIFY(store->beginHosting({.id = u"host"_s, .name = u"h"_s}, true).ok());
    const auto adopted = store->scheduledTasks();
    QCOMPARE(*adopted, *before);
    for (const ScheduledTask &task : *adopted) {
        const DueTask due{task.id, {}, clock->now(), false};
        const auto settled = waitFor<TaskRun>([&](auto done) { store->runDueTask(due, done); });
        QVERIFY(settled.ok());
        QVERIFY2(settled->task.nextRun, qPrintable(task.name));
        QVERIFY(settled->jobs.isEmpty()); // it is run when it is looked at again
    }
    store->endHosting();
}

/// Every occurrence of a year comes once, also on the days on which the clocks change.
void tst_StoreTasks::aYearInFiveZones()
{
    const QTemporaryDir folder;
    const auto clock = std::make_shared<FakeClock>();
    const auto store = *SqliteStore::open(folder.path(), OpenMode::Create, clock, Durability::Normal);
    const Timestamp begin = clock->now();
    const Timestamp end = begin + std::chrono::days(365);
    const QString expression = u"30 2 * * *"_s;
    for (const QString &zone : {u"Europe/Berlin"_s, u"America/New_York"_s, u"Australia/Lord_Howe"_s, u"Asia/Amman"_s, u"UTC"_s}) {
        const NewTask task{.name = zone, .schedule = Schedule::cron(expression, zone).value(), .job = {.name = u"A"_s}};
        QVERIFY(save(*store, task).ok());
    }
    QHash<QString, QList<Timestamp>> ran;
    while (true) {
        const auto tasks = store->scheduledTasks();
        const auto next = std::ranges::min_element(*tasks, {}, [](const ScheduledTask &task) { return *task.nextRun; });
        if (*next->nextRun >= end)
            break;
        clock->set(*next->nextRun + 20ms);
        const DueTask due{next->id, next->nextRun, begin, false};
        QCOMPARE(waitFor<TaskRun>([&](auto done) { store->runDueTask(due, done); })->jobs.size(), 1);
        ran[next->name].append(*next->nextRun);
    }
    QCOMPARE(ran.size(), 5);
    const CronExpression cron = CronExpression::parse(expression).value();
    for (auto zone = ran.cbegin(); zone != ran.cend(); ++zone) {
        QList<Timestamp> expected;
        for (auto due = cron.next(begin, QTimeZone(zone.key().toUtf8())); *due < end; due = cron.next(*due, QTimeZone(zone.key().toUtf8())))
            expected.append(*due);
        QCOMPARE(zone.value(), expected);
        QCOMPARE(expected.size(), 365);
    }
}

QTEST_GUILESS_MAIN(tst_StoreTasks)
#include "tst_storetasks.moc"
