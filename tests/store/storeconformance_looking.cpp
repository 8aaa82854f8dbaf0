// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// What is read, counted and heard, and who hosts.
#include "store/conformancevalues.h"
#include "store/storeconformance.h"

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stint::test {

void StoreConformance::w32_filtersIntersect()
{
    const JobRef a = enqueueOne(u"A"_s, {.worker = u"x"_s, .tag = u"t"_s});
    QVERIFY(enqueueOne(u"A"_s, {.worker = u"x"_s}).id > 0);
    QVERIFY(enqueueOne(u"A"_s, {.tag = u"t"_s}).id > 0);
    const auto results = cancel({.filter = JobFilter{.worker = u"x"_s, .tag = u"t"_s}});
    QCOMPARE(results.size(), 1);
    QCOMPARE(results.first().id, a.id);
}

void StoreConformance::pagesByKeyset()
{
    QCOMPARE(enqueue(std::vector<NewJob>(25, NewJob{.name = u"A"_s})).size(), 25);
    for (const Pane pane : {Pane::Queue, Pane::All}) {
        const auto first = m_store->list({.pane = pane, .limit = 10});
        QCOMPARE(first->jobs.size(), 10);
        QVERIFY(first->more);
        QCOMPARE(first->jobs.first().id, 25);
        const auto last = m_store->list({.pane = pane, .beforeId = 6, .limit = 10});
        QCOMPARE(ids(last->jobs), (QList<std::int64_t>{5, 4, 3, 2, 1}));
        QVERIFY(!last->more);
        QCOMPARE(ids(m_store->list({.pane = pane, .afterId = 20, .limit = 3})->jobs), (QList<std::int64_t>{23, 22, 21}));
        QCOMPARE(ids(m_store->list({.pane = pane, .beforeId = 8, .afterId = 3, .limit = 3})->jobs), (QList<std::int64_t>{7, 6, 5}));
    }
    for (const Job &job : claim(25))
        QVERIFY(finish(job, Kind::Complete).ok());
    const auto archived = m_store->list({.pane = Pane::Completed, .beforeId = 11, .limit = 4});
    QCOMPARE(ids(archived->jobs), (QList<std::int64_t>{10, 9, 8, 7}));
    QVERIFY(archived->more);
    const auto rest = m_store->list({.pane = Pane::Completed, .beforeId = 8, .afterId = 4, .limit = 2});
    QCOMPARE(ids(rest->jobs), (QList<std::int64_t>{7, 6}));
    QVERIFY(rest->more);
}

void StoreConformance::filtersRows()
{
    const JobRef a = enqueueOne(u"A"_s, {.worker = u"mail"_s, .tag = u"100%_sure"_s});
    const JobRef b = enqueueOne(u"B"_s, {.batchId = u"b1"_s});
    const auto found
        = [&](const JobFilter &filter, Pane pane = Pane::Queue) { return ids(m_store->list({.pane = pane, .filter = filter})->jobs); };
    for (const Pane pane : {Pane::Queue, Pane::All}) {
        QCOMPARE(found({.worker = u"mail"_s}, pane), QList<std::int64_t>{a.id});
        QCOMPARE(found({.worker = QString()}, pane), QList<std::int64_t>{b.id});
        QCOMPARE(found({.name = u"B"_s}, pane), QList<std::int64_t>{b.id});
        QCOMPARE(found({.batchId = u"b1"_s}, pane), QList<std::int64_t>{b.id});
        QCOMPARE(found({.text = u"MAIL"_s}, pane), QList<std::int64_t>{a.id});
        QCOMPARE(found({.text = u"%_s"_s, .textColumns = {u"Tag"_s}}, pane), QList<std::int64_t>{a.id}); // no wildcards
        QVERIFY(found({.text = u"a%s"_s, .textColumns = {u"Tag"_s}}, pane).isEmpty());
        QVERIFY(found({.states = {JobState::Failed}}, pane).isEmpty());
    }
}

void StoreConformance::w16_w34_eachJobIsInTheMonthOfItsOwnDate()
{
    m_clock->set(Timestamp(std::chrono::sys_days(std::chrono::year(2026) / 10 / 31)) + 23h + 59min + 59s);
    const JobRef ref = enqueueOne(u"A"_s);
    const JobRef child = enqueueOne(u"A"_s, {.dependsOn = ref.id});
    m_clock->advance(10s); // November
    const JobRef late = enqueueOne(u"A"_s, {.dependsOn = ref.id});
    QVERIFY(finish(claimOne(), Kind::Fail, error(u"X"_s)).ok());
    QVERIFY(find(ref.id).failed && find(child.id).failed && find(late.id).failed); // W16
    m_store->endHosting();
    QCOMPARE(*m_store->months(), (QList<YearMonth>{{2026, 11}, {2026, 10}}));
    QCOMPARE(ids(m_store->list({.pane = Pane::Failed, .month = YearMonth{2026, 10}})->jobs), (QList<std::int64_t>{child.id, ref.id}));
    QCOMPARE(ids(m_store->list({.pane = Pane::Failed})->jobs), (QList<std::int64_t>{late.id, child.id, ref.id}));
    QVERIFY(requeue({.ids = {child.id}}).first().done);
    QVERIFY(checkIsClean());
}

void StoreConformance::w14_noLineIsMissing()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const Job job = claimOne();
    for (int i = 0; i < 100; ++i)
        m_store->appendLog({{.jobId = ref.id, .level = LogLevel::Warning, .date = m_clock->now(), .message = QString::number(i)}});
    QVERIFY(finish(job, Kind::Complete).ok()); // W14: nothing logged before the end is missing
    const auto lines = m_store->logs(ref.id, 0, 1000);
    QCOMPARE(lines->size(), 100);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(lines->at(i).message, QString::number(i));
    QCOMPARE(lines->first().level, LogLevel::Warning);
    QCOMPARE(m_store->logs(ref.id, lines->at(49).id, 10)->first().message, u"50"_s);
    QCOMPARE(find(ref.id).completed->logs.count(u'\n'), 99);
    QCOMPARE(m_store->recentLog({}, 10)->last().message, u"99"_s);
}

void StoreConformance::progressIsSeen()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const Job job = claimOne();
    m_store->updateProgress({{ref.id, job.generation, 0.25, u"a quarter"_s}});
    m_store->updateProgress({{ref.id, job.generation - 1, 0.9, u"of an earlier attempt"_s}});
    QVERIFY(waitFor<void>([&](auto done) { m_store->heartbeat(u"host"_s, {}, {}, done); }).ok()); // both are on disk
    QCOMPARE(find(ref.id).queued->progress, 0.25);
    QCOMPARE(find(ref.id).queued->status, u"a quarter"_s);
}

void StoreConformance::w21_progressIsEstimatedByTheLastRun()
{
    const JobRef ref = enqueueOne(u"A"_s, {.worker = u"w"_s});
    QVERIFY(waitFor<void>([&](auto done) { m_store->heartbeat(u"host"_s, {}, {{u"A"_s, u"w"_s, 500}, {u"A"_s, {}, 9000}}, done); }).ok());
    QVERIFY(waitFor<void>([&](auto done) { m_store->heartbeat(u"host"_s, {}, {{u"A"_s, u"w"_s, 1000}}, done); }).ok());
    const Job job = claimOne();
    m_clock->advance(250ms);
    QCOMPARE(find(ref.id).queued->estimatedProgress, 0.25); // of the last one, not of the sum
    m_clock->advance(1h);
    QCOMPARE(m_store->list({.pane = Pane::Queue})->jobs.first().estimatedProgress, 1.0);
    m_store->updateProgress({{ref.id, job.generation, 0.5, {}}});
    QVERIFY(waitFor<void>([&](auto done) { m_store->heartbeat(u"host"_s, {}, {}, done); }).ok());
    QVERIFY(!find(ref.id).queued->estimatedProgress);
}

void StoreConformance::countersAdd()
{
    for (int i = 0; i < 2; ++i)
        QVERIFY(waitFor<void>([&](auto done) {
                    m_store->heartbeat(u"host"_s,
                                       {{.name = u"w"_s, .received = 3, .completed = 2, .failed = 1, .lastActivity = m_clock->now()}}, {},
                                       done);
                }).ok());
    const auto workers = m_store->workers();
    QCOMPARE(workers->size(), 1);
    QCOMPARE(workers->first().received, 6);
    QCOMPARE(workers->first().completed, 4);
    QCOMPARE(workers->first().lastActivity, m_clock->now());
}

void StoreConformance::oneHostAtATime()
{
    const HostInfo host{.id = u"h1"_s, .name = u"first"_s, .startedDate = m_clock->now(), .commands = {{u"A"_s, false, u"NoArgs"_s, {}}}};
    QVERIFY(m_store->beginHosting(host, false).ok());
    const auto other = openStore(m_clock, true);
    const auto refused = other->beginHosting({.id = u"h2"_s, .name = u"second"_s}, false);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().message.contains(u"first"));
    QVERIFY(other->hosts()->first().alive);
    // While it lives, names that it does not know are refused.
    QCOMPARE(waitFor<QList<JobRef>>([&](auto done) {
                 other->enqueue({{NewJob{.name = u"Z"_s}}, {}, 0}, done);
             })
                 .error()
                 .code,
             ErrorCode::Unknown);
    QVERIFY(waitFor<QList<JobRef>>([&](auto done) { other->enqueue({{NewJob{.name = u"Z"_s, .force = true}}, {}, 0}, done); }).ok());
    m_store->endHosting();
    QVERIFY(!other->hosts()->first().alive);
    QVERIFY(other->beginHosting({.id = u"h2"_s, .name = u"second"_s, .startedDate = m_clock->now()}, false).ok());
}

void StoreConformance::orphansAreFound()
{
    QVERIFY(enqueueOne(u"A"_s).id > 0);
    const JobRef ref = enqueueOne(u"A"_s);
    const auto jobs = claim();
    QCOMPARE(jobs.size(), 2u);
    QVERIFY(waitFor<void>([&](auto done) { m_store->recordProcess(ref.id, {1234, 99}, done); }).ok());
    QVERIFY(finish(jobs.front(), Kind::Complete).ok());
    const auto orphans = m_store->orphans();
    QCOMPARE(orphans->size(), 1);
    QCOMPARE(orphans->first().job.id, ref.id);
    QCOMPARE(orphans->first().processes.first().groupId, 1234);
}

void StoreConformance::subscribersHearOfOtherConnections()
{
    std::mutex mutex;
    std::condition_variable heard;
    bool changed = false;
    const int subscription = m_store->subscribe([&](const StoreChange &change) {
        const std::lock_guard lock(mutex);
        changed = changed || !change.byThisProcess || change.jobsMayBeDue;
        heard.notify_all();
    });
    const auto other = openStore(m_clock, true);
    QVERIFY(waitFor<QList<JobRef>>([&](auto done) { other->enqueue({{NewJob{.name = u"A"_s}}, {}, 0}, done); }).ok());
    std::unique_lock lock(mutex);
    QVERIFY(heard.wait_for(lock, 10s, [&] { return changed; }));
    lock.unlock();
    m_store->unsubscribe(subscription);
}

void StoreConformance::eachJobIsClaimedOnce()
{
    constexpr int producers = 4;
    constexpr int jobsEach = 250;
    const auto other = openStore(m_clock, true);
    std::mutex mutex;
    std::multiset<std::int64_t> claimed;
    std::atomic<int> finished = 0;
    std::vector<std::thread> threads;
    for (int producer = 0; producer < producers; ++producer) {
        threads.emplace_back([&, store = producer % 2 ? m_store : other] {
            for (int i = 0; i < jobsEach; ++i)
                (void)waitFor<QList<JobRef>>([&](auto done) { store->enqueue({{NewJob{.name = u"A"_s}}, {}, 0}, done); });
        });
    }
    for (const auto &store : {m_store, other}) {
        threads.emplace_back([&, store] {
            while (finished < producers * jobsEach) {
                const auto jobs = waitFor<ClaimResult>(
                    [&](auto done) { store->claim({.hostId = u"host"_s, .poolCapacity = 10, .commands = {u"A"_s}}, done); });
                for (const Job &job : jobs ? jobs->jobs : std::vector<Job>{}) {
                    const AttemptEnd end{.jobId = job.id, .generation = job.generation, .endedDate = m_clock->now()};
                    if (waitFor<void>([&](auto done) { store->finish(end, done); }).ok())
                        ++finished;
                    const std::lock_guard lock(mutex);
                    claimed.insert(job.id);
                }
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(claimed.size(), std::size_t{producers * jobsEach});
    QCOMPARE(std::set<std::int64_t>(claimed.begin(), claimed.end()).size(), claimed.size());
    other->endHosting();
    QVERIFY(checkIsClean());
}

} // namespace stint::test
