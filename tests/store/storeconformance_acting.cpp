// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// What people do to jobs: cancel, requeue, one and many.
#include "store/conformancevalues.h"
#include "store/storeconformance.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stint::test {

void StoreConformance::cancelQueued()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const JobRef child = enqueueOne(u"A"_s, {.dependsOn = ref.id});
    const auto results = cancel({.ids = {ref.id, 4711}});
    QCOMPARE(results.at(0).code, u"cancelled"_s);
    QVERIFY(!results.at(1).done);
    QVERIFY(claim().empty());
    QCOMPARE(find(ref.id).failed->error->message, u"Job was cancelled"_s);
    QCOMPARE(find(child.id).failed->state, JobState::Cancelled);
    QCOMPARE(cancel({.ids = {ref.id}}).first().code, u"finished"_s);
    QVERIFY(checkIsClean());
}

void StoreConformance::w07_cancelledWhileRunningIsNeverRetried()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const Job job = claimOne();
    QCOMPARE(cancel({.ids = {ref.id}}).first().code, u"cancelRequested"_s);
    QCOMPARE(*m_store->cancelRequests(u"host"_s), QList<std::int64_t>{ref.id});
    QVERIFY(m_store->cancelRequests(u"other"_s)->isEmpty());
    QVERIFY(finish(job, Kind::Retry, error(u"X"_s), m_clock->now()).ok());
    QCOMPARE(find(ref.id).failed->state, JobState::Cancelled); // W7
    QVERIFY(claim().empty());
    QVERIFY(checkIsClean());
}

void StoreConformance::w18_cancelLeavesExecutedAlone()
{
    const JobRef ref = enqueueOne(u"A"_s, {.callback = u"B"_s});
    const Job job = claimOne();
    QVERIFY(finish(job, Kind::Execute).ok());
    QCOMPARE(cancel({.ids = {ref.id}}).first().code, u"finished"_s);
    QCOMPARE(find(ref.id).queued->state, JobState::Executed);
}

void StoreConformance::w29_requeueReportsAndKeepsTheEvidence()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const Job job = claimOne();
    m_store->appendLog({{.jobId = ref.id, .date = m_clock->now(), .message = u"bad run"_s}});
    QVERIFY(finish(job, Kind::Fail, error(u"Bad"_s, u"first"_s)).ok());
    const auto results = requeue({.ids = {ref.id}}, {.requestBody = QByteArray("{\"n\":2}")});
    QCOMPARE(results.first().code, u"requeued"_s); // W29
    JobResult result = find(ref.id);
    QCOMPARE(result.queued->attempts, 1);
    QCOMPARE(result.queued->requestBody, QByteArray("{\"n\":2}"));
    QCOMPARE(result.summary.state, JobState::Queued); // W22
    QVERIFY(result.summary.errorMessage.isNull());
    QCOMPARE(result.attempts.first().error->message, u"first"_s);
    QCOMPARE(result.attempts.first().logs, u"bad run"_s);
    QCOMPARE(result.attempts.first().requestBody, QByteArray("{}"));
    QVERIFY(m_store->list({.pane = Pane::Failed})->jobs.isEmpty());
    QVERIFY(finish(claimOne(), Kind::Complete).ok());
    result = find(ref.id);
    QVERIFY(result.completed && !result.failed);
    QCOMPARE(result.attempts.size(), 1);
    QVERIFY(result.completed->logs.isNull());
    QVERIFY(checkIsClean());
}

void StoreConformance::w09_requeueWaitsForItsParentAgain() // W9
{
    const JobRef parent = enqueueOne(u"A"_s);
    const JobRef child = enqueueOne(u"A"_s, {.dependsOn = parent.id});
    QVERIFY(cancel({.ids = {child.id}}).first().done);
    QVERIFY(requeue({.ids = {child.id}}).first().done);
    QCOMPARE(find(child.id).queued->dependsOn, parent.id);
    const Job job = claimOne();
    QCOMPARE(job.id, parent.id);
    QVERIFY(finish(job, Kind::Fail, error(u"X"_s)).ok());
    QCOMPARE(find(child.id).summary.state, JobState::Cancelled);
    QVERIFY(requeue({.ids = {child.id}}).first().done); // its parent has failed: no longer waited for
    QCOMPARE(claimOne().id, child.id);
}

void StoreConformance::requeueOfUnfinishedIsRefused()
{
    const JobRef ref = enqueueOne(u"A"_s);
    QCOMPARE(requeue({.ids = {ref.id}}).first().code, u"notFinished"_s);
    QCOMPARE(requeue({.ids = {4711}}).first().code, u"notFound"_s);
}

void StoreConformance::bulkActionsByFilter()
{
    QCOMPARE(enqueue(std::vector<NewJob>(1000, NewJob{.name = u"A"_s, .options = {.tag = u"bulk"_s}})).size(), 1000);
    const JobRef other = enqueueOne(u"A"_s);
    QCOMPARE(cancel({.filter = JobFilter{.tag = u"bulk"_s}}).size(), 1000);
    QCOMPARE(ids(m_store->list({.pane = Pane::Queue})->jobs), QList<std::int64_t>{other.id});
    QCOMPARE(requeue({.filter = JobFilter{.states = {JobState::Cancelled}}}).size(), 1000);
    QCOMPARE(m_store->list({.pane = Pane::Queue, .limit = 2000})->jobs.size(), 1001);
    QVERIFY(checkIsClean());
}

} // namespace stint::test
