// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/clock.h"
#include "support/crashdrill.h"

#include <QRandomGenerator>

#include <ranges>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Outcome = TaskOccurrence::Outcome;

NewTask noting(const QString &name, Schedule schedule, const MissedRuns &missed = {})
{
    return {.name = name, .schedule = std::move(schedule), .job = {.name = u"Note"_s}, .missedRuns = missed};
}

/// What a host marked in its journal: `what`, in order.
QList<Timestamp> marks(const CrashDrill &drill, const QByteArray &what)
{
    QList<Timestamp> found;
    QFile file(drill.journalPath());
    if (!file.open(QIODevice::ReadOnly))
        return found;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(what + ' '))
            found.append(parseTimestamp(line.sliced(what.size() + 1)).value());
    }
    return found;
}

/// Of a schedule of every second: what was enqueued, and when that was recorded, oldest first.
QList<TaskOccurrence> enqueued(const JobStore &store, std::int64_t taskId)
{
    QList<TaskOccurrence> found;
    for (const TaskOccurrence &occurrence : store.occurrences(taskId, 1000).value()) {
        if (occurrence.outcome == Outcome::Enqueued)
            found.prepend(occurrence);
    }
    return found;
}

/// How many full seconds there are from the one to the other, both included.
std::int64_t fullSeconds(Timestamp from, Timestamp to)
{
    const auto count = std::chrono::floor<std::chrono::seconds>(to) - std::chrono::ceil<std::chrono::seconds>(from);
    return std::max<std::int64_t>(count.count() + 1, 0);
}

} // namespace

/// SIGKILL while schedules run, then a new host.
class tst_ScheduleCrashes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySecondUnderKills();
};

/// STINT_SCHEDULE_SECONDS sets how long (default 12). The host is killed five times a minute or, in the short drill,
/// every two seconds, and comes back after a while.
void tst_ScheduleCrashes::everySecondUnderKills()
{
    const int wanted = qEnvironmentVariableIntValue("STINT_SCHEDULE_SECONDS");
    const int seconds = wanted > 0 ? wanted : 12;
    const int life = seconds >= 60 ? 5000 : 2000; // ms
    CrashDrill drill;
    const Schedule everySecond = Schedule::cron(u"* * * * * *"_s).value();
    const MissedRuns policies[]{MissedRuns::once(), MissedRuns::skip(), MissedRuns::catchUp(2)};
    for (const MissedRuns &policy : policies)
        QVERIFY(waitFor<ScheduledTask>([&, store = drill.open()](auto done) {
                    store->saveTask(noting(policy.toText(), everySecond, policy), done);
                }).ok());
    QRandomGenerator random(20261127);
    const Timestamp end = SystemClock().now() + std::chrono::seconds(seconds);
    int kills = 0;
    while (SystemClock().now() < end) {
        QProcess host;
        host.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        host.start(QStringLiteral(STINT_TEST_HOST), {drill.location(), drill.journalPath(), u"--forever"_s});
        QVERIFY(host.waitForStarted());
        QTest::qWait(life);
        QCOMPARE(host.state(), QProcess::Running);
        host.kill();
        QVERIFY(host.waitForFinished());
        ++kills;
        QTest::qWait(random.bounded(200, 2500)); // nobody looks after them
    }
    for (const MissedRuns &policy : policies)
        QVERIFY(waitFor<ScheduledTask>([&, store = drill.open()](auto done) { store->setTaskPaused(policy.toText(), true, done); }).ok());
    QVERIFY(drill.runHost());
    drill.verifyAllIsWell();

    // A host counts from a moment between these two.
    const QList<Timestamp> starting = marks(drill, "starting");
    const QList<Timestamp> up = marks(drill, "up");
    QCOMPARE(starting.size(), kills + 1);
    const auto store = drill.open(OpenMode::ReadOnly);
    const auto tasks = store->scheduledTasks();
    int exactOutages = 0;
    qsizetype jobs = 0;
    for (const ScheduledTask &task : *tasks) {
        const QList<TaskOccurrence> runs = enqueued(*store, task.id);
        jobs += runs.size();
        QSet<std::int64_t> ids;
        for (const TaskOccurrence &run : runs)
            ids.insert(run.jobId.value());
        QCOMPARE(ids.size(), runs.size());
        for (int outage = 1; outage < kills; ++outage) {
            const Timestamp back = starting.at(outage);
            QList<Timestamp> madeUpFor; // run after the outage for a moment before its end
            std::optional<Timestamp> last;
            for (const TaskOccurrence &run : runs) {
                if (run.recordedDate < back)
                    last = run.moment;
                else if (run.moment < back)
                    madeUpFor.append(run.moment);
            }
            // A host that lived has left nothing out.
            QVERIFY(last);
            const Timestamp begin = up.at(outage - 1) + 1s;
            const auto inLife
                = std::ranges::count_if(runs, [&](const TaskOccurrence &run) { return run.moment >= begin && run.moment <= *last; });
            QCOMPARE(inLife, fullSeconds(begin, *last));
            // Where a second falls between the two moments it cannot be told whether it was missed.
            if (std::chrono::ceil<std::chrono::seconds>(back) <= up.at(outage) + 100ms)
                continue;
            ++exactOutages;
            QList<Timestamp> missed;
            for (Timestamp moment = *last + 1s; moment < back; moment += 1s)
                missed.append(moment);
            const qsizetype limit = task.missedRuns.policy == MissedRuns::Policy::Once ? 1 : task.missedRuns.limit;
            QCOMPARE(madeUpFor, missed.last(std::min(limit, missed.size())));
        }
    }
    // Every job is of an occurrence of its own.
    const auto all = store->list({.pane = Pane::All, .limit = 100'000});
    QCOMPARE(all->jobs.size(), jobs);
    QSet<QString> occurrences;
    for (const Job &job : all->jobs) {
        const auto found = store->find(job.id);
        const auto meta = (*found)->job()->meta;
        QVERIFY(meta);
        occurrences.insert(meta->value(u"schedule"_s) + meta->value(u"occurrence"_s));
    }
    QCOMPARE(occurrences.size(), jobs);
    qInfo("%lld jobs, %d kills, %d outages of a schedule held to the letter", static_cast<long long>(jobs), kills, exactOutages);
    QVERIFY(exactOutages > 0);
}

QTEST_GUILESS_MAIN(tst_ScheduleCrashes)
#include "tst_schedulecrashes.moc"
