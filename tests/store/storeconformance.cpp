// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "store/storeconformance.h"
#include "store/conformancevalues.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stint::test {

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

/// A job whose parent has failed is cancelled as it is made: the next of the same call is not taken for it.
void StoreConformance::uniqueKeyOfACancelledJobIsFreeInTheSameCall()
{
    const JobRef parent = enqueueOne(u"A"_s);
    (void)cancel({.ids = {parent.id}});
    const auto made = enqueue({NewJob{.name = u"A"_s, .options = {.dependsOn = parent.id, .uniqueKey = u"k"_s}},
                               NewJob{.name = u"A"_s, .options = {.uniqueKey = u"k"_s}}});
    QCOMPARE(made.size(), 2);
    QVERIFY(made.at(0).id != made.at(1).id);
    QCOMPARE(m_store->find(made.at(0).refId)->value().summary.state, JobState::Cancelled);
    QCOMPARE(m_store->find(made.at(1).refId)->value().summary.state, JobState::Queued);
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

} // namespace stint::test
