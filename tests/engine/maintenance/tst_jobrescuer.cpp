// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/maintenance/jobrescuer.h"
#include "support/storefolder.h"

#include <QTest>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// What a starting host does with the jobs of a dead one. What the kill itself leaves is shown in tst_crashes.
class tst_JobRescuer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyOrphansShareCommits();
    void onlyEnteredJobsAreInterrupted();
    void whatAnotherHostEnteredSaysNothing();
    void interruptedTooOftenFails();
    void cancelledWhileItsHostDiedIsCancelled();
};

void tst_JobRescuer::manyOrphansShareCommits()
{
    StoreFolder folder;
    constexpr int count = 1'000;
    const auto refs = folder.enqueue(count, u"A"_s);
    QCOMPARE(folder.claim({u"A"_s}, count).jobs.size(), std::size_t{count});
    std::atomic<int> commits = 0;
    const int subscription = folder.store->subscribe([&](const StoreChange &change) { commits += change.byThisProcess ? 1 : 0; });
    JobRescuer rescuer(*folder.store, *folder.clock, 3);
    QCOMPARE(*rescuer.rescue({}), count);
    folder.store->unsubscribe(subscription);
    QVERIFY2(commits < count / 4, qPrintable(QString::number(commits)));
    for (const JobRef &ref : refs)
        QCOMPARE(folder.find(ref.id).queued->interruptions, 1);
}

void tst_JobRescuer::onlyEnteredJobsAreInterrupted()
{
    StoreFolder folder;
    folder.enqueue(2, u"A"_s);
    const auto claimed = folder.claim({u"A"_s});
    const QString host = folder.store->orphans()->first().host;
    QVERIFY(!host.isEmpty());
    const Job &entered = claimed.jobs.front();
    JobRescuer rescuer(*folder.store, *folder.clock, 3);
    QCOMPARE(*rescuer.rescue(EnteredJobs::LeftBehind{host, {{entered.id, entered.generation}}}), 2);
    QCOMPARE(folder.find(entered.id).attempts.first().outcome, AttemptOutcome::Interrupted);
    const JobResult other = folder.find(claimed.jobs.back().id);
    QCOMPARE(other.queued->interruptions, 0);
    QVERIFY(other.attempts.isEmpty());
}

void tst_JobRescuer::whatAnotherHostEnteredSaysNothing()
{
    StoreFolder folder;
    const std::int64_t id = folder.enqueue(u"A"_s);
    QCOMPARE(folder.claim({u"A"_s}).jobs.size(), 1U);
    JobRescuer rescuer(*folder.store, *folder.clock, 3);
    QCOMPARE(*rescuer.rescue(EnteredJobs::LeftBehind{u"another"_s, {}}), 1);
    QCOMPARE(folder.find(id).queued->interruptions, 1);
}

void tst_JobRescuer::interruptedTooOftenFails()
{
    StoreFolder folder;
    const std::int64_t id = folder.enqueue(u"A"_s);
    JobRescuer rescuer(*folder.store, *folder.clock, 1);
    for (int death = 0; death < 2; ++death) {
        QCOMPARE(folder.claim({u"A"_s}).jobs.size(), 1U);
        QCOMPARE(*rescuer.rescue({}), 1);
    }
    QCOMPARE(folder.find(id).summary.state, JobState::Failed);
    QCOMPARE(folder.find(id).summary.errorCode, QString(joberror::hostLost));
}

void tst_JobRescuer::cancelledWhileItsHostDiedIsCancelled()
{
    StoreFolder folder;
    const std::int64_t id = folder.enqueue(u"A"_s);
    QCOMPARE(folder.claim({u"A"_s}).jobs.size(), 1U);
    QVERIFY(waitFor<QList<ActionResult>>([&](auto done) { folder.store->cancel({.ids = {id}}, done); }).ok());
    JobRescuer rescuer(*folder.store, *folder.clock, 3);
    QCOMPARE(*rescuer.rescue({}), 1);
    QCOMPARE(folder.find(id).summary.state, JobState::Cancelled);
    QCOMPARE(folder.find(id).summary.errorMessage, u"Job was cancelled"_s);
}

QTEST_GUILESS_MAIN(tst_JobRescuer)
#include "tst_jobrescuer.moc"
