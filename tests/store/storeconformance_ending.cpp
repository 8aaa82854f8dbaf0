// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// How attempts end, and what becomes of those who wait.
#include "store/conformancevalues.h"
#include "store/storeconformance.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stint::test {

void StoreConformance::completedJobMovesToTheArchive()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const Job job = claimOne();
    m_clock->advance(2s);
    QVERIFY(finish(job, Kind::Complete).ok());
    const JobResult result = find(ref.id);
    QVERIFY(result.completed && !result.queued && !result.failed);
    QCOMPARE(result.completed->progress, 1.0);
    QCOMPARE(result.completed->completedDate, m_clock->now());
    QCOMPARE(result.summary.state, JobState::Completed);
    QCOMPARE(result.summary.response, u"Answer"_s);
    QCOMPARE(ids(m_store->list({.pane = Pane::Completed})->jobs), QList<std::int64_t>{ref.id});
    QVERIFY(m_store->list({.pane = Pane::Queue})->jobs.isEmpty());
    QVERIFY(checkIsClean());
}

void StoreConformance::eachAttemptIsFinalisedOnce()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const Job job = claimOne();
    QVERIFY(finish(job, Kind::Complete).ok());
    const auto again = finish(job, Kind::Fail, error(u"X"_s));
    QCOMPARE(again.error().code, ErrorCode::Conflict);
    QCOMPARE(find(ref.id).summary.state, JobState::Completed);
    QVERIFY(enqueueOne(u"A"_s).id > 0);
    Job stale = claimOne();
    --stale.generation;
    QCOMPARE(finish(stale, Kind::Complete).error().code, ErrorCode::Conflict);
    QVERIFY(checkIsClean());
}

void StoreConformance::w22_retryIsSeenInTheSummary()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const Job first = claimOne();
    QVERIFY(finish(first, Kind::Retry, error(u"Flaky"_s), m_clock->now() + 10s).ok());
    JobResult result = find(ref.id);
    QCOMPARE(result.queued->attempts, 2);
    QCOMPARE(result.queued->errorCode, u"Flaky"_s);
    QVERIFY(result.queued->requestId.isNull());
    QCOMPARE(result.summary.attempts, 2); // W22
    QCOMPARE(result.attempts.size(), 1);
    QCOMPARE(result.attempts.first().outcome, AttemptOutcome::Failed);
    QVERIFY(claim().empty());
    m_clock->advance(10s);
    const Job second = claimOne();
    QVERIFY(second.generation > first.generation);
    QVERIFY(finish(second, Kind::Complete).ok());
    result = find(ref.id);
    QCOMPARE(result.completed->attempts, 2);
    QVERIFY(!result.completed->error);
    QCOMPARE(result.attempts.size(), 1);
    QVERIFY(checkIsClean());
}

void StoreConformance::interruptionDoesNotCountAsAttempt()
{
    const JobRef ref = enqueueOne(u"A"_s);
    QVERIFY(finish(claimOne(), Kind::Interrupt, error(u"HostLost"_s)).ok());
    const JobResult result = find(ref.id);
    QCOMPARE(result.queued->attempts, 1);
    QCOMPARE(result.queued->interruptions, 1);
    QCOMPARE(result.attempts.first().outcome, AttemptOutcome::Interrupted);
    QCOMPARE(claim().size(), 1u);
}

void StoreConformance::refundCountsNothing()
{
    const JobRef ref = enqueueOne(u"A"_s);
    QVERIFY(finish(claimOne(), Kind::Refund).ok());
    const JobResult result = find(ref.id);
    QCOMPARE(result.queued->attempts, 1);
    QCOMPARE(result.queued->interruptions, 0);
    QCOMPARE(claim().size(), 1u);
}

void StoreConformance::releasedJobIsAsIfNotClaimed()
{
    const JobRef ref = enqueueOne(u"A"_s);
    const Job job = claimOne();
    QVERIFY(waitFor<void>([&](auto done) { m_store->release({ref}, {job.generation}, done); }).ok());
    const JobResult result = find(ref.id);
    QCOMPARE(result.queued->state, JobState::Queued);
    QVERIFY(!result.queued->startedDate);
    QVERIFY(result.attempts.isEmpty());
    QCOMPARE(finish(job, Kind::Complete).error().code, ErrorCode::Conflict);
    QCOMPARE(claim().size(), 1u);
}

void StoreConformance::callbackPhase()
{
    const JobRef ref = enqueueOne(u"A"_s, {.callback = u"B"_s});
    const JobRef dependent = enqueueOne(u"A"_s, {.dependsOn = ref.id});
    const Job job = claimOne();
    QVERIFY(finish(job, Kind::Execute).ok());
    QCOMPARE(find(ref.id).summary.state, JobState::Executed);
    QVERIFY(claim().empty()); // neither it nor its dependent
    QVERIFY(waitFor<void>([&](auto done) { m_store->beginCallback(ref.id, job.generation, done); }).ok());
    QVERIFY(finish(job, Kind::Refund, {}, m_clock->now()).ok()); // it failed and is to be tried again
    const Job again = claimOne();
    QCOMPARE(again.id, ref.id);
    QCOMPARE(again.state, JobState::Executed);
    QCOMPARE(again.callbackAttempts, 1);
    QCOMPARE(again.responseBody, QByteArray(R"({"n":9007199254740993,"d":1.10})"));
    QVERIFY(finish(again, Kind::Complete).ok());
    QCOMPARE(find(ref.id).completed->response, u"Answer"_s);
    QCOMPARE(ids(claim()), QList<std::int64_t>{dependent.id});
    QVERIFY(checkIsClean());
}

void StoreConformance::w23_dependentsAreReleasedAndKnowTheirParent()
{
    const JobRef parent = enqueueOne(u"A"_s);
    const JobRef child = enqueueOne(u"A"_s, {.dependsOn = parent.id});
    QCOMPARE(m_store->waitingFor(*find(child.id).queued)->first().code, u"dependsOn"_s);
    const Job job = claimOne();
    QCOMPARE(job.id, parent.id); // W3: whatever time passes
    QVERIFY(finish(job, Kind::Complete).ok());
    const Job released = claimOne();
    QCOMPARE(released.id, child.id);
    QCOMPARE(released.parentId, parent.id); // W23
    QCOMPARE(find(child.id).summary.parentId, parent.id);
}

void StoreConformance::w08_dependentKeepsItsDate()
{
    const JobRef parent = enqueueOne(u"A"_s);
    const JobRef child = enqueueOne(u"A"_s, {.dependsOn = parent.id, .runAfter = m_clock->now() + 1h});
    QVERIFY(finish(claimOne(), Kind::Complete).ok());
    QVERIFY(claim().empty());
    m_clock->advance(1h);
    QCOMPARE(claimOne().id, child.id);
}

void StoreConformance::dependentsAreCancelledToAnyDepth()
{
    const JobRef parent = enqueueOne(u"A"_s);
    JobRef last = parent;
    for (int depth = 0; depth < 50; ++depth)
        last = enqueueOne(u"A"_s, {.dependsOn = last.id});
    QVERIFY(finish(claimOne(), Kind::Fail, error(u"X"_s)).ok());
    const JobResult result = find(last.id);
    QVERIFY(result.failed);
    QCOMPARE(result.failed->state, JobState::Cancelled);
    QCOMPARE(result.failed->error->message, u"Parent Job failed"_s);
    const JobRef late = enqueueOne(u"A"_s, {.dependsOn = parent.id});
    QCOMPARE(find(late.id).summary.state, JobState::Cancelled);
    QVERIFY(claim().empty());
    QVERIFY(checkIsClean());
}

void StoreConformance::batchIsDiscardedWithItsAttempt()
{
    QVERIFY(enqueueOne(u"A"_s).id > 0);
    Job parent = claimOne();
    const auto batch = enqueue({NewJob{.name = u"A"_s, .options = {.dependsOn = parent.id, .refId = u"fixed"_s}}}, parent);
    const auto grandchild = enqueue({NewJob{.name = u"A"_s, .options = {.dependsOn = batch.first().id}}}, parent);
    const JobRef foreign = enqueueOne(u"A"_s, {.dependsOn = batch.first().id});
    QVERIFY(finish(parent, Kind::Retry, error(u"X"_s), m_clock->now()).ok());
    QVERIFY(!m_store->find(u"fixed"_s)->has_value());
    QVERIFY(!m_store->find(grandchild.first().id)->has_value());
    QCOMPARE(find(foreign.id).summary.state, JobState::Cancelled); // somebody else's: into the history
    QCOMPARE(find(parent.id).attempts.first().discarded.size(), 2);
    parent = claimOne();
    QCOMPARE(enqueue({NewJob{.name = u"A"_s, .options = {.dependsOn = parent.id, .refId = u"fixed"_s}}}, parent).size(), 1);
    QVERIFY(finish(parent, Kind::Complete).ok());
    QCOMPARE(claimOne().refId, u"fixed"_s);
    QVERIFY(checkIsClean());
}

} // namespace stint::test
