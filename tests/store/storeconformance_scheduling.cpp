// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// Scheduled tasks: how they are kept, and what becomes of their occurrences.
#include "store/conformancevalues.h"
#include "store/storeconformance.h"

#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stint::test {

namespace {

using Outcome = TaskOccurrence::Outcome;

NewTask everyMinute(const QString &name = u"T"_s)
{
    return {.name = name, .schedule = Schedule::everyMinute(), .job = {.name = u"A"_s, .requestBody = "{\"n\":1.10}"}};
}

} // namespace

ScheduledTask StoreConformance::save(const NewTask &task)
{
    const auto saved = waitFor<ScheduledTask>([&](auto done) { m_store->saveTask(task, done); });
    if (!saved)
        qWarning().noquote() << saved.error().message;
    return saved ? *saved : ScheduledTask{};
}

ScheduledTask StoreConformance::stored(const QString &name) const
{
    const auto tasks = m_store->scheduledTasks();
    for (const ScheduledTask &task : tasks ? *tasks : QList<ScheduledTask>{}) {
        if (task.name == name)
            return task;
    }
    return {};
}

Result<TaskRun> StoreConformance::runDue(const QString &name, std::optional<Timestamp> aliveSince, bool isBusy)
{
    const ScheduledTask task = stored(name);
    return waitFor<TaskRun>([&](auto done) {
        m_store->runDueTask({task.id, task.nextRun, aliveSince.value_or(m_clock->now()), isBusy}, done);
    });
}

QList<Outcome> StoreConformance::outcomes(const QString &name) const
{
    QList<Outcome> found;
    const auto occurrences = m_store->occurrences(stored(name).id, 1000);
    for (const TaskOccurrence &occurrence : occurrences ? *occurrences : QList<TaskOccurrence>{})
        found.prepend(occurrence.outcome);
    return found;
}

void StoreConformance::taskIsKeptAsItWasSaved()
{
    NewTask task = everyMinute(u"Nightly"_s);
    task.schedule = Schedule::cron(u"30 2 * * MON-FRI"_s, u"Europe/Berlin"_s).value();
    task.missedRuns = MissedRuns::catchUp(3);
    task.noOverlap = true;
    task.job.options = {.worker = u"w"_s,
                        .retryLimit = 4,
                        .timeout = 90s,
                        .backoff = RetryPolicy{.backoff = RetryPolicy::Backoff::None},
                        .replyTo = u"https://h/"_s,
                        .args = StringMap{{u"k"_s, u"v"_s}},
                        .priority = 3,
                        .uniqueKey = u"one"_s};
    const ScheduledTask saved = save(task);
    QVERIFY(saved.id > 0);
    QCOMPARE(saved.nextRun, Timestamp(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24)) + 90min);
    const ScheduledTask read = stored(u"Nightly"_s);
    QCOMPARE(read, saved);
    QCOMPARE(read.zone, u"Europe/Berlin"_s);
    QCOMPARE(read.missedRuns, MissedRuns::catchUp(3));
    QVERIFY(read.noOverlap && read.enabled && !read.lastRun && !read.isTransient());
    QCOMPARE(read.requestBody, QByteArray("{\"n\":1.10}"));
    QCOMPARE(read.job().options.priority, 3);
    QCOMPARE(read.job().options.backoff, task.job.options.backoff);
}

void StoreConformance::savingATaskAgainKeepsItsRuns()
{
    const ScheduledTask first = save(everyMinute());
    m_clock->advance(1min);
    QCOMPARE(runDue(u"T"_s)->jobs.size(), 1);
    const ScheduledTask ran = stored(u"T"_s);
    QCOMPARE(ran.lastRun, m_clock->now());
    QCOMPARE(save(everyMinute()), ran); // idempotent
    NewTask other = everyMinute();
    other.job.name = u"B"_s;
    other.job.options.tag = u"t"_s;
    const ScheduledTask changed = save(other);
    QCOMPARE(changed.id, first.id);
    QCOMPARE(changed.command, u"B"_s);
    QCOMPARE(changed.lastRun, ran.lastRun);
    QCOMPARE(changed.lastJobId, ran.lastJobId);
    QCOMPARE(changed.nextRun, ran.nextRun);
    QVERIFY(!save(everyMinute()).options); // what is not given is gone
    NewTask hourly = everyMinute();
    hourly.schedule = Schedule::hourly();
    QCOMPARE(save(hourly).nextRun, m_clock->now() + 59min);
    QCOMPARE(m_store->scheduledTasks()->size(), 1);
}

void StoreConformance::badTasksAreRefused()
{
    const auto refused = [&](NewTask task) {
        const auto saved = waitFor<ScheduledTask>([&](auto done) { m_store->saveTask(std::move(task), done); });
        return saved ? std::nullopt : std::optional(saved.error().code);
    };
    NewTask nameless = everyMinute({});
    nameless.job.name.clear();
    QCOMPARE(refused(nameless), ErrorCode::InvalidArgument);
    NewTask hasty = everyMinute();
    hasty.schedule = Schedule::every(5ms);
    QCOMPARE(refused(hasty), ErrorCode::InvalidArgument);
    NewTask endless = everyMinute();
    endless.missedRuns = MissedRuns::catchUp(0);
    QCOMPARE(refused(endless), ErrorCode::InvalidArgument);
    NewTask transientApi = everyMinute();
    transientApi.job.isApi = true;
    transientApi.transient = true;
    QCOMPARE(refused(transientApi), ErrorCode::InvalidArgument);
    QVERIFY(m_store->scheduledTasks()->isEmpty());
    QCOMPARE(waitFor<void>([&](auto done) { m_store->removeTask(u"T"_s, done); }).error().code, ErrorCode::NotFound);
    QCOMPARE(waitFor<TaskRun>([&](auto done) { m_store->runTask(u"T"_s, done); }).error().code, ErrorCode::NotFound);
}

void StoreConformance::dueTaskIsEnqueuedOnce()
{
    const ScheduledTask task = save(everyMinute());
    m_clock->advance(1min);
    const DueTask due{task.id, task.nextRun, m_clock->now(), false};
    const auto once = waitFor<TaskRun>([&](auto done) { m_store->runDueTask(due, done); });
    const auto again = waitFor<TaskRun>([&](auto done) { m_store->runDueTask(due, done); });
    QCOMPARE(once->jobs.size(), 1);
    QVERIFY(again->jobs.isEmpty());
    QCOMPARE(again->task, once->task);
    QCOMPARE(once->task.lastJobId, once->jobs.first().id);
    QCOMPARE(once->task.nextRun, m_clock->now() + 1min);
    const Job job = claimOne();
    QCOMPARE(job.id, once->jobs.first().id);
    QCOMPARE(job.requestBody, QByteArray("{\"n\":1.10}"));
    QCOMPARE(job.meta->value(u"schedule"_s), u"T"_s);
    QCOMPARE(job.meta->value(u"occurrence"_s), toIsoText(*task.nextRun));
    QCOMPARE(stored(u"T"_s).lastJobState, JobState::Started);
    QCOMPARE(outcomes(u"T"_s), QList<Outcome>{Outcome::Enqueued});
    QVERIFY(finish(job, Kind::Complete).ok());
    QCOMPARE(stored(u"T"_s).lastJobState, JobState::Completed);
    QVERIFY(checkIsClean());
}

void StoreConformance::missedRunsFollowThePolicy()
{
    const Timestamp begin = m_clock->now();
    const std::pair<MissedRuns, qsizetype> policies[]{{MissedRuns::once(), 1}, {MissedRuns::skip(), 0}, {MissedRuns::catchUp(3), 3}};
    for (const auto &[policy, runs] : policies) {
        NewTask task = everyMinute(policy.toText());
        task.missedRuns = policy;
        save(task);
    }
    m_clock->advance(10min + 30s);
    for (const auto &[policy, runs] : policies) {
        const auto run = runDue(policy.toText());
        QCOMPARE(run->jobs.size(), runs);
        QCOMPARE(run->task.nextRun, begin + 11min);
        QList<Outcome> expected{Outcome::Missed};
        for (qsizetype i = 0; i < runs; ++i)
            expected.append(Outcome::Enqueued);
        QCOMPARE(outcomes(policy.toText()), expected);
        QVERIFY(runDue(policy.toText())->jobs.isEmpty());
    }
    QCOMPARE(claim().size(), 4u);
}

void StoreConformance::runsDoNotOverlap()
{
    NewTask task = everyMinute();
    task.noOverlap = true;
    save(task);
    m_clock->advance(1min);
    QCOMPARE(runDue(u"T"_s)->jobs.size(), 1);
    m_clock->advance(1min);
    QVERIFY(runDue(u"T"_s)->jobs.isEmpty());
    QCOMPARE(waitFor<TaskRun>([&](auto done) { m_store->runTask(u"T"_s, done); }).error().code, ErrorCode::Conflict);
    QVERIFY(finish(claimOne(), Kind::Complete).ok());
    m_clock->advance(1min);
    QCOMPARE(runDue(u"T"_s)->jobs.size(), 1);
    QCOMPARE(outcomes(u"T"_s), (QList<Outcome>{Outcome::Enqueued, Outcome::Overlapped, Outcome::Enqueued}));
}

void StoreConformance::pausedTaskMakesUpForNothing()
{
    NewTask task = everyMinute();
    task.missedRuns = MissedRuns::catchUp(100);
    save(task);
    m_clock->advance(1min);
    QCOMPARE(runDue(u"T"_s)->jobs.size(), 1);
    const auto setPaused
        = [&](bool paused) { return waitFor<ScheduledTask>([&](auto done) { m_store->setTaskPaused(u"T"_s, paused, done); }); };
    QVERIFY(!setPaused(true)->enabled);
    m_clock->advance(10min);
    QVERIFY(runDue(u"T"_s)->jobs.isEmpty());
    QVERIFY(!save(task).enabled); // a program that registers it again does not resume it
    const auto resumed = setPaused(false);
    QVERIFY(resumed->enabled);
    QCOMPARE(resumed->nextRun, m_clock->now() + 1min);
    QVERIFY(runDue(u"T"_s)->jobs.isEmpty());
    task.paused = true;
    QVERIFY(!save(task).enabled);
}

void StoreConformance::runNowIsBesideTheSchedule()
{
    save(everyMinute());
    QVERIFY(waitFor<ScheduledTask>([&](auto done) { m_store->setTaskPaused(u"T"_s, true, done); }).ok());
    const auto before = stored(u"T"_s);
    for (int i = 0; i < 2; ++i) {
        const auto run = waitFor<TaskRun>([&](auto done) { m_store->runTask(u"T"_s, done); });
        QVERIFY2(run.ok(), run.ok() ? "" : qPrintable(run.error().message));
        QCOMPARE(run->jobs.size(), 1);
        QCOMPARE(run->task.nextRun, before.nextRun);
        QCOMPARE(run->task.lastRun, m_clock->now());
    }
    QCOMPARE(claim().size(), 2u);
}

void StoreConformance::refIdIsTheFirstRunsOnly()
{
    NewTask task = everyMinute();
    task.job.options.refId = u"mine"_s;
    save(task);
    QStringList refIds;
    for (int i = 0; i < 2; ++i) {
        m_clock->advance(1min);
        const auto run = runDue(u"T"_s);
        QCOMPARE(run->jobs.size(), 1);
        refIds.append(run->jobs.first().refId);
    }
    QCOMPARE(refIds.first(), u"mine"_s);
    QVERIFY(refIds.last() != u"mine"_s);
}

void StoreConformance::refusedRunIsAProblemOfItsTask()
{
    NewTask task = everyMinute();
    task.job.options.dependsOn = 4711;
    save(task);
    m_clock->advance(1min);
    const auto run = runDue(u"T"_s);
    QVERIFY(run->jobs.isEmpty() && run->hasNewProblem);
    QVERIFY(run->task.problem.contains(u"4711"_s));
    QCOMPARE(run->task.nextRun, m_clock->now() + 1min); // the next one is tried
    QVERIFY(!run->task.lastRun);
    QCOMPARE(outcomes(u"T"_s), QList<Outcome>{Outcome::Refused});
    QVERIFY(claim().empty());
    m_clock->advance(1min);
    QVERIFY(!runDue(u"T"_s)->hasNewProblem);
    task.job.options.dependsOn.reset();
    QVERIFY(save(task).problem.isNull());
    m_clock->advance(1min);
    QCOMPARE(runDue(u"T"_s)->jobs.size(), 1);
    QVERIFY(checkIsClean());
}

void StoreConformance::transientTaskRecordsNoJob()
{
    NewTask task = everyMinute();
    task.transient = true;
    task.noOverlap = true;
    save(task);
    m_clock->advance(1min);
    auto run = runDue(u"T"_s);
    QCOMPARE(run->transientRuns, 1);
    QVERIFY(run->jobs.isEmpty() && run->task.isTransient());
    QCOMPARE(run->task.lastRun, m_clock->now());
    QVERIFY(!run->task.lastJobId);
    m_clock->advance(1min);
    QCOMPARE(runDue(u"T"_s, {}, true)->transientRuns, 0);
    QVERIFY(waitFor<TaskRun>([&](auto done) { m_store->runTask(u"T"_s, done); }).ok()); // for the host to begin
    QVERIFY(stored(u"T"_s).runRequested);
    run = runDue(u"T"_s);
    QCOMPARE(run->transientRuns, 1);
    QVERIFY(!run->task.runRequested);
    QVERIFY(waitFor<void>([&](auto done) { m_store->setTaskProblem(run->task.id, u"it failed"_s, done); }).ok());
    QCOMPARE(stored(u"T"_s).problem, u"it failed"_s);
    QVERIFY(m_store->list({.pane = Pane::All})->jobs.isEmpty());
}

void StoreConformance::removedTaskIsGone()
{
    const ScheduledTask task = save(everyMinute());
    m_clock->advance(1min);
    QCOMPARE(runDue(u"T"_s)->jobs.size(), 1);
    QVERIFY(waitFor<void>([&](auto done) { m_store->removeTask(u"T"_s, done); }).ok());
    QVERIFY(m_store->scheduledTasks()->isEmpty());
    QVERIFY(m_store->occurrences(task.id, 10)->isEmpty());
    QCOMPARE(waitFor<TaskRun>([&](auto done) { m_store->runDueTask({.id = task.id}, done); }).error().code, ErrorCode::NotFound);
    QVERIFY(save(everyMinute()).id > task.id);
    QCOMPARE(claim().size(), 1u);
}

void StoreConformance::subscribersHearOfTasks()
{
    std::mutex mutex;
    std::condition_variable heard;
    bool byOwn = false;
    bool byOther = false;
    const auto other = openStore(m_clock, true);
    const int own = m_store->subscribe([&](const StoreChange &change) {
        const std::lock_guard lock(mutex);
        byOwn = byOwn || (change.byThisProcess && change.tasksChanged);
        heard.notify_all();
    });
    const int others = other->subscribe([&](const StoreChange &change) {
        const std::lock_guard lock(mutex);
        byOther = byOther || !change.byThisProcess;
        heard.notify_all();
    });
    save(everyMinute());
    std::unique_lock lock(mutex);
    QVERIFY(heard.wait_for(lock, 10s, [&] { return byOwn && byOther; }));
    lock.unlock();
    m_store->unsubscribe(own);
    other->unsubscribe(others);
}

} // namespace stint::test
