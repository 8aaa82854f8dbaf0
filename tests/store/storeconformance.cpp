// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "store/storeconformance.h"

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stint::test {

namespace {

using Kind = AttemptEnd::Kind;

JobError error(const QString &code, const QString &message = u"it failed"_s)
{
    return {code, message, {}, {}, {}};
}

QList<std::int64_t> ids(const std::vector<Job> &jobs)
{
    QList<std::int64_t> found;
    for (const Job &job : jobs)
        found.append(job.id);
    return found;
}

QList<std::int64_t> ids(const QList<Job> &jobs)
{
    return ids(std::vector<Job>(jobs.begin(), jobs.end()));
}

} // namespace

void StoreConformance::init()
{
    m_clock = std::make_shared<FakeClock>();
    m_store = openStore(m_clock, false);
    QVERIFY(m_store);
}

void StoreConformance::cleanup()
{
    m_store.reset();
}

QList<JobRef> StoreConformance::enqueue(std::vector<NewJob> jobs, std::optional<Job> by)
{
    EnqueueRequest request{std::move(jobs), by ? std::optional(by->id) : std::nullopt, by ? by->generation : 0};
    auto refs = waitFor<QList<JobRef>>([&](auto done) { m_store->enqueue(std::move(request), done); });
    return refs ? *refs : QList<JobRef>{};
}

JobRef StoreConformance::enqueueOne(const QString &name, JobOptions options)
{
    const auto refs = enqueue({NewJob{.name = name, .options = std::move(options)}});
    return refs.isEmpty() ? JobRef{} : refs.first();
}

std::vector<Job> StoreConformance::claim(int poolCapacity, int newLaneCapacity)
{
    ClaimRequest request{.hostId = u"host"_s,
                         .poolCapacity = poolCapacity,
                         .newLaneCapacity = newLaneCapacity,
                         .newLanes = 100,
                         .commands = {u"A"_s, u"B"_s},
                         .apis = {u"Api"_s}};
    auto claimed = waitFor<ClaimResult>([&](auto done) { m_store->claim(request, done); });
    return claimed ? std::move(claimed->jobs) : std::vector<Job>{};
}

Job StoreConformance::claimOne()
{
    auto jobs = claim();
    return jobs.size() == 1 ? jobs.front() : Job{};
}

Result<void> StoreConformance::finish(const Job &job, Kind kind, std::optional<JobError> failure, std::optional<Timestamp> due)
{
    AttemptEnd end{.kind = kind,
                   .jobId = job.id,
                   .generation = job.generation,
                   .startedDate = job.startedDate,
                   .endedDate = m_clock->now(),
                   .durationMs = 5,
                   .error = std::move(failure),
                   .dueDate = due,
                   .hasLogs = true};
    if (kind == Kind::Complete || kind == Kind::Execute) {
        end.response = u"Answer"_s;
        end.responseBody = R"({"n":9007199254740993,"d":1.10})";
    }
    return waitFor<void>([&](auto done) { m_store->finish(end, done); });
}

JobResult StoreConformance::find(std::int64_t id) const
{
    const auto found = m_store->find(id);
    return found && *found ? **found : JobResult{};
}

QList<ActionResult> StoreConformance::cancel(JobSelection selection)
{
    const auto results = waitFor<QList<ActionResult>>([&](auto done) { m_store->cancel(std::move(selection), done); });
    return results ? *results : QList<ActionResult>{};
}

QList<ActionResult> StoreConformance::requeue(JobSelection selection, RequeueEdit edit)
{
    const auto results = waitFor<QList<ActionResult>>([&](auto done) { m_store->requeue(std::move(selection), std::move(edit), done); });
    return results ? *results : QList<ActionResult>{};
}

bool StoreConformance::checkIsClean()
{
    // What is still on its way to its month counts only once the writer has come to rest.
    m_store->endHosting();
    const auto findings = m_store->check(false);
    for (const CheckFinding &finding : findings ? *findings : QList<CheckFinding>{})
        qWarning().noquote() << finding.message;
    return findings && findings->isEmpty();
}

void StoreConformance::enqueuedJobIsFoundByIdAndRefId()
{
    const JobRef ref = enqueueOne(u"A"_s, {.worker = u"w"_s, .tag = u"t"_s});
    QCOMPARE(ref.refId.size(), 32);
    const JobResult result = find(ref.id);
    QVERIFY(result.queued);
    QCOMPARE(result.queued->state, JobState::Queued);
    QCOMPARE(result.queued->attempts, 1);
    QCOMPARE(result.queued->worker, u"w"_s);
    QVERIFY(result.queued->requestId.isNull());
    QCOMPARE(result.queued->createdDate, m_clock->now());
    QCOMPARE(m_store->find(ref.refId)->value().summary.id, ref.id);
    QVERIFY(!m_store->find(ref.id + 1)->has_value());
}

void StoreConformance::bodiesAreKeptByteForByte()
{
    const QByteArray body = "{\"b\":1.10, \"a\":9007199254740993,\"a\":2,\"\\u00e5\":\"\xc3\xa5\"}";
    const auto refs = enqueue({NewJob{.name = u"A"_s, .requestBody = body}});
    QCOMPARE(find(refs.first().id).queued->requestBody, body);
    QVERIFY(finish(claimOne(), Kind::Complete).ok());
    QCOMPARE(find(refs.first().id).completed->requestBody, body);
    QCOMPARE(find(refs.first().id).completed->responseBody, QByteArray(R"({"n":9007199254740993,"d":1.10})"));
}

void StoreConformance::enqueueRefusesAllOrNothing_data()
{
    QTest::addColumn<NewJob>("wrong");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no name") << NewJob{} << ErrorCode::InvalidArgument;
    QTest::newRow("no such parent") << NewJob{.name = u"A"_s, .options = {.dependsOn = 99}} << ErrorCode::NotFound;
    QTest::newRow("negative retry limit") << NewJob{.name = u"A"_s, .options = {.retryLimit = -1}} << ErrorCode::InvalidArgument;
    QTest::newRow("time-out of nothing") << NewJob{.name = u"A"_s, .options = {.timeout = 0s}} << ErrorCode::InvalidArgument;
}

void StoreConformance::enqueueRefusesAllOrNothing()
{
    QFETCH(NewJob, wrong);
    QFETCH(ErrorCode, code);
    const auto refused = waitFor<QList<JobRef>>([&](auto done) { m_store->enqueue({{NewJob{.name = u"A"_s}, wrong}, {}, 0}, done); });
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, code);
    QVERIFY(!refused.error().message.isEmpty());
    QVERIFY(m_store->list({.pane = Pane::All})->jobs.isEmpty());
}

void StoreConformance::takenRefIdIsRefused()
{
    QVERIFY(enqueueOne(u"A"_s, {.refId = u"mine"_s}).id > 0);
    const auto refused = waitFor<QList<JobRef>>([&](auto done) {
        m_store->enqueue({{NewJob{.name = u"A"_s, .options = {.refId = u"mine"_s}}}, {}, 0}, done);
    });
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().message.contains(u"mine"));
}

void StoreConformance::uniqueKeyReturnsTheUnfinishedJob()
{
    const JobRef first = enqueueOne(u"A"_s, {.uniqueKey = u"k"_s});
    QCOMPARE(enqueueOne(u"A"_s, {.uniqueKey = u"k"_s}), first);
    const Job job = claimOne();
    QCOMPARE(enqueueOne(u"A"_s, {.uniqueKey = u"k"_s}), first);
    QVERIFY(finish(job, Kind::Fail, error(u"X"_s)).ok());
    const JobRef second = enqueueOne(u"A"_s, {.uniqueKey = u"k"_s});
    QVERIFY(second.id > first.id);
    QCOMPARE(requeue({.ids = {first.id}}).first().code, u"uniqueKeyTaken"_s);
}

void StoreConformance::claimsByPriorityDueDateAndId()
{
    const JobRef a = enqueueOne(u"A"_s, {.runAfter = m_clock->now() + 10s});
    m_clock->advance(1s);
    const JobRef b = enqueueOne(u"A"_s);
    const JobRef c = enqueueOne(u"A"_s, {.priority = 5});
    const JobRef d = enqueueOne(u"A"_s);
    m_clock->advance(60s);
    const auto jobs = claim();
    QCOMPARE(ids(jobs), (QList<std::int64_t>{c.id, b.id, d.id, a.id}));
    for (const Job &job : jobs) {
        QCOMPARE(job.state, JobState::Started);
        QCOMPARE(job.startedDate, m_clock->now());
        QCOMPARE(job.generation, 1);
        QCOMPARE(job.requestId, jobs.front().requestId);
    }
    QVERIFY(claim().empty());
}

void StoreConformance::claimsNoMoreThanThereIsRoomFor()
{
    for (int i = 0; i < 5; ++i) {
        QVERIFY(enqueueOne(u"A"_s).id > 0);
        QVERIFY(enqueueOne(u"A"_s, {.worker = u"x"_s}).id > 0);
        QVERIFY(enqueueOne(u"A"_s, {.worker = u"y"_s}).id > 0);
    }
    ClaimRequest request{
        .hostId = u"host"_s, .poolCapacity = 3, .laneCapacity = {{u"x"_s, 0}}, .newLaneCapacity = 2, .newLanes = 1, .commands = {u"A"_s}};
    const auto claimed = waitFor<ClaimResult>([&](auto done) { m_store->claim(request, done); });
    QVERIFY(claimed.ok());
    QCOMPARE(std::count_if(claimed->jobs.begin(), claimed->jobs.end(), [](const Job &job) { return job.worker.isNull(); }), 3);
    QCOMPARE(std::count_if(claimed->jobs.begin(), claimed->jobs.end(), [](const Job &job) { return job.worker == u"x"; }), 0);
    QCOMPARE(std::count_if(claimed->jobs.begin(), claimed->jobs.end(), [](const Job &job) { return job.worker == u"y"; }), 2);
    QVERIFY(claimed->more);
}

void StoreConformance::futureJobsWaitForTheirDate()
{
    const Timestamp due = m_clock->now() + 1h;
    const JobRef ref = enqueueOne(u"A"_s, {.runAfter = due});
    ClaimRequest request{.hostId = u"host"_s, .poolCapacity = 3, .commands = {u"A"_s}};
    const auto claimed = waitFor<ClaimResult>([&](auto done) { m_store->claim(request, done); });
    QVERIFY(claimed->jobs.empty());
    QCOMPARE(claimed->nextDue, due);
    QCOMPARE(m_store->waitingFor(*find(ref.id).queued)->first().code, u"runAfter"_s);
    m_clock->advance(1h);
    QCOMPARE(ids(claim()), QList<std::int64_t>{ref.id});
}

void StoreConformance::unknownNamesAreSetAside()
{
    const JobRef unknown = enqueueOne(u"Z"_s);
    const JobRef known = enqueueOne(u"A"_s);
    ClaimRequest request{.hostId = u"host"_s, .poolCapacity = 1, .commands = {u"A"_s}};
    const auto claimed = waitFor<ClaimResult>([&](auto done) { m_store->claim(request, done); });
    QCOMPARE(ids(claimed->jobs), QList<std::int64_t>{known.id});
    QCOMPARE(claimed->unknown, QStringList{u"Z"_s});
    QVERIFY(find(unknown.id).queued->unknownCommand);
}

void StoreConformance::pausedWorkersAreLeftAlone()
{
    const JobRef named = enqueueOne(u"A"_s, {.worker = u"w"_s});
    const JobRef unnamed = enqueueOne(u"A"_s);
    QVERIFY(waitFor<void>([&](auto done) { m_store->setWorkerPaused(u"w"_s, true, done); }).ok());
    QCOMPARE(ids(claim()), QList<std::int64_t>{unnamed.id});
    const auto workers = m_store->workers();
    QVERIFY(std::any_of(workers->cbegin(), workers->cend(), [](const WorkerInfo &worker) { return worker.name == u"w" && worker.paused; }));
    QVERIFY(waitFor<void>([&](auto done) { m_store->setWorkerPaused(u"w"_s, false, done); }).ok());
    QCOMPARE(ids(claim()), QList<std::int64_t>{named.id});
}

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
    }
    for (const Job &job : claim(25))
        QVERIFY(finish(job, Kind::Complete).ok());
    const auto archived = m_store->list({.pane = Pane::Completed, .beforeId = 11, .limit = 4});
    QCOMPARE(ids(archived->jobs), (QList<std::int64_t>{10, 9, 8, 7}));
    QVERIFY(archived->more);
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

void StoreConformance::w16_eachJobIsInTheMonthOfItsOwnDate()
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
