// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/attempt.h"
#include "support/hostfixture.h"

#include <QSemaphore>
#include <QSignalSpy>

#include <atomic>
#include <condition_variable>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

namespace {

struct MyRequest {
    Q_GADGET
    Q_PROPERTY(int id MEMBER id)
public:
    int id = 0;
};

struct MyResponse {
    Q_GADGET
    Q_PROPERTY(QString result MEMBER result)
public:
    QString result;
};

class MyCommand final : public Command<MyRequest, MyResponse>
{
public:
    Outcome<MyResponse> run(const MyRequest &request, JobContext &context) override
    {
        context.log(u"MyCommand Started..."_s);
        context.update(0.5, u"Half"_s);
        context.log(u"MyCommand Finished"_s);
        context.update(1, u"Finished"_s);
        return MyResponse{u"Hello %1"_s.arg(request.id)};
    }
};

class AsyncGreeting final : public AsyncCommand<MyRequest, MyResponse>
{
public:
    QFuture<Outcome<MyResponse>> run(const MyRequest &request, const std::shared_ptr<JobContext> &) override
    {
        return QtFuture::makeReadyFuture(Outcome<MyResponse>(MyResponse{u"Async %1"_s.arg(request.id)}));
    }
};

/// Counts runs by name, and lets a test hold a command inside.
class Runs final
{
public:
    void enter(const QString &name)
    {
        const std::lock_guard lock(m_mutex);
        m_order.append(name);
    }
    [[nodiscard]] QStringList order() const
    {
        const std::lock_guard lock(m_mutex);
        return m_order;
    }
    [[nodiscard]] int count(const QString &name) const { return static_cast<int>(order().count(name)); }

private:
    mutable std::mutex m_mutex;
    QStringList m_order;
};

/// Runs until it is asked to stop, and then ends from within its stop callback.
class EndsWhenStopped final : public AsyncCommand<MyRequest, MyResponse>
{
public:
    QFuture<Outcome<MyResponse>> run(const MyRequest &, const std::shared_ptr<JobContext> &context) override
    {
        m_promise.start();
        m_stopped.emplace(context->stopToken(), [this] {
            m_promise.addResult(Outcome<MyResponse>(Cancel{}));
            m_promise.finish();
        });
        return m_promise.future();
    }

private:
    QPromise<Outcome<MyResponse>> m_promise;
    std::optional<std::stop_callback<std::function<void()>>> m_stopped;
};

void waitForStop(JobContext &context)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait(lock, context.stopToken(), [] { return false; });
}

} // namespace

/// The behaviours that ServiceStack.Jobs tests, and what it does not.
class tst_JobHost final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void executesACommand();
    void executesAnApi();
    void executesAnAsyncCommand();
    void runsATransientCommand();
    void transientCommandAsFuture();
    void transientCommandThatThrows();
    void transientCommandTimesOut();
    void keepsAllOptions();
    void executesTenJobsOnce();
    void executesTenJobsWithCallbacks();
    void executesDependentJobs();
    void runAfterIsKept();
    void retriesAndFails();
    void retriesAndFailsAnApi();
    void runsInTheContextOfAUser();
    void unknownUserFailsTheJob();
    void retriedThenSuccessfulKeepsItsAttempts();
    void failForGoodIsNotRetried();
    void w07_timeoutIsNoFailureOfItsOwn();
    void w06_jobCancelledWhileRunningIsInOnePlace();
    void w05_jobCancelledWhileQueuedNeverRuns();
    void cancelThatComesTooLate();
    void w03_dependentsToAnyDepthAreCancelled();
    void dependsOnMissingJobIsRefused();
    void dependentOfAFailedJobIsCancelledAtOnce();
    void requeueRunsAgainAndKeepsTheEvidence();
    void requeueWithEditedArguments();
    void uniqueKeyReturnsTheUnfinishedJob();
    void priorityAndOrderWithinAWorker();
    void namedWorkerIsSerial();
    void pausedWorkerWaits();
    void fixedWorkerOfACommand();
    void batchRunsOnlyIfItsParentSucceeds();
    void w30_retriedParentDoesNotEnqueueItsBatchTwice();
    void w12_twoTransientRunsOnABusyWorkerBothRun();
    void stopRefundsTheAttempt();
    void unknownCommandStaysQueued();
    void hostRefusesUnknownCommandAtEnqueue();
    void callbackThatFailsIsRetriedAlone();
    void drainReportsUnknown();
    void jobResultFunctionsAreCalledOnce();
    void enqueueInBulk();
    void secondHostIsRefused();
    void startsAgainAfterAStop();
    void jobMovedToAnEarlierWorkerIsServed();
    void cancelledBeforeItWasEnteredNeverRuns();
    void stopCallbackMayEndItsAttempt_data();
    void stopCallbackMayEndItsAttempt();
    void lastUpdateIsNotHeldBack();
    void transientRunsAreAskedToStopWithTheHost();
    void asyncTransientRunKeepsItsWorker();
    void w02_callbackThatKillsItsHostFailsAtLast();
    void manyQuickWorkersAtOnce();
    void logsOfAJobCancelledBetweenAttemptsAreKept();
};

void tst_JobHost::executesACommand()
{
    HostFixture f;
    f.registry.add<MyCommand>();
    f.start();
    const auto ref = f.queue->enqueue<MyCommand>({.id = 1}).result();
    QVERIFY(ref.ok());
    QCOMPARE(ref->refId.size(), 32);
    const JobResult result = f.finished(ref->id);
    QVERIFY(result.completed);
    const Job &job = *result.completed;
    QCOMPARE(job.state, JobState::Completed);
    QCOMPARE(job.requestType, u"CMD"_s);
    QCOMPARE(job.command, u"MyCommand"_s);
    QCOMPARE(job.request, u"MyRequest"_s);
    QCOMPARE(job.requestBody, QByteArray("{\"id\":1}"));
    QVERIFY(!job.requestId.isEmpty());
    QVERIFY(job.lastActivityDate);
    QCOMPARE(job.status, u"Finished"_s);
    QCOMPARE(job.progress, 1.0);
    QCOMPARE(job.logs, u"MyCommand Started...\nMyCommand Finished"_s);
    QCOMPARE(requestOf<MyRequest>(job)->id, 1);
    QCOMPARE(responseOf<MyResponse>(job)->result, u"Hello 1"_s);
    QCOMPARE(result.summary.response, u"MyResponse"_s);
    QVERIFY(result.summary.startedDate);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::executesAnApi()
{
    HostFixture f;
    f.registry.addApi<MyRequest, MyResponse>([](const MyRequest &request, JobContext &) -> Outcome<MyResponse> {
        return MyResponse{u"Hello %1"_s.arg(request.id)};
    });
    f.start();
    const auto ref = f.queue->enqueueApi(MyRequest{.id = 2}).result();
    QVERIFY(ref.ok());
    const JobResult result = f.finished(ref->id);
    QVERIFY(result.completed);
    QCOMPARE(result.completed->requestType, u"API"_s);
    QVERIFY(result.completed->command.isNull());
    QCOMPARE(responseOf<MyResponse>(*result.completed)->result, u"Hello 2"_s);
}

void tst_JobHost::executesAnAsyncCommand()
{
    HostFixture f;
    f.registry.add<AsyncGreeting>();
    f.start();
    const auto ref = f.queue->enqueue<AsyncGreeting>({.id = 3}).result();
    QCOMPARE(responseOf<MyResponse>(*f.finished(ref->id).completed)->result, u"Async 3"_s);
}

void tst_JobHost::runsATransientCommand()
{
    HostFixture f;
    f.registry.add<MyCommand>();
    f.start();
    std::atomic<int> calls = 0;
    const auto run = f.host->runCommand(JobQueue::newJob<MyCommand>({.id = 4}, {.worker = u"w"_s}), [&](const Job &) { ++calls; });
    QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 1, patienceMs);
    const Job job = run->job();
    QCOMPARE(job.id, 0);
    QCOMPARE(job.worker, u"w"_s);
    QCOMPARE(job.state, JobState::Completed);
    QCOMPARE(job.logs, u"MyCommand Started...\nMyCommand Finished"_s);
    QVERIFY(f.queue->store()->list({.pane = Pane::All})->jobs.isEmpty());
}

void tst_JobHost::transientCommandAsFuture()
{
    HostFixture f;
    f.registry.add<MyCommand>();
    f.start();
    const auto result = f.host->runCommandAsync<MyCommand>({.id = 5}).result();
    QVERIFY(result.ok());
    QCOMPARE(result->result, u"Hello 5"_s);
}

void tst_JobHost::transientCommandThatThrows()
{
    HostFixture f;
    addCommand(f, "Throws", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { throw std::runtime_error("Throw 1"); });
    f.start();
    std::atomic<int> calls = 0;
    const auto run = f.host->runCommand({.name = u"Throws"_s}, [&](const Job &) { ++calls; });
    QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 1, patienceMs);
    QCOMPARE(run->job().state, JobState::Failed);
    QCOMPARE(run->job().error->message, u"Throw 1"_s);
}

void tst_JobHost::transientCommandTimesOut()
{
    HostFixture f;
    addCommand(f, "Waits", [](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        waitForStop(context);
        context.throwIfCancelled();
        return QJsonObject{};
    });
    f.start();
    std::atomic<int> calls = 0;
    const auto run = f.host->runCommand({.name = u"Waits"_s, .options = {.timeout = std::chrono::seconds{1}}}, [&](const Job &) { ++calls; });
    QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 1, patienceMs);
    QCOMPARE(run->job().errorCode, u"Timeout"_s);
}

void tst_JobHost::keepsAllOptions()
{
    HostFixture f;
    f.registry.add<MyCommand>();
    Runs runs;
    QByteArray given;
    std::int64_t notified = 0;
    addCommand(f, "Callback", [&](const QJsonObject &request, JobContext &context) -> Outcome<QJsonObject> {
        given = toJson(request);
        notified = context.notifiedJob()->id;
        runs.enter(u"callback"_s);
        return QJsonObject{};
    });
    const JobRef parent = f.enqueue(u"MyCommand"_s);
    f.start();
    const JobOptions options{.worker = u"w1"_s, .callback = u"Callback"_s, .retryLimit = 4, .timeout = std::chrono::seconds{60}, .refId = u"my-ref"_s,
                             .tag = u"tag"_s, .batchId = u"batch"_s, .createdBy = u"me"_s, .replyTo = u"https://h/x"_s,
                             .args = StringMap{{u"k"_s, u"v"_s}}, .parentId = parent.id, .priority = 3};
    const auto ref = f.queue->enqueue<MyCommand>({.id = 7}, options).result();
    QVERIFY(ref.ok());
    const JobResult result = f.finished(ref->id);
    QVERIFY(result.completed);
    const Job &job = *result.completed;
    QCOMPARE(job.refId, u"my-ref"_s);
    QCOMPARE(job.worker, u"w1"_s);
    QCOMPARE(job.callback, u"Callback"_s);
    QCOMPARE(job.retryLimit, 4);
    QCOMPARE(job.timeoutSecs, 60);
    QCOMPARE(job.tag, u"tag"_s);
    QCOMPARE(job.batchId, u"batch"_s);
    QCOMPARE(job.createdBy, u"me"_s);
    QCOMPARE(job.replyTo, u"https://h/x"_s);
    QCOMPARE(job.args->value(u"k"_s), u"v"_s);
    QCOMPARE(job.parentId, parent.id);
    QCOMPARE(job.priority, 3);
    QVERIFY(job.notifiedDate);
    QVERIFY(job.completedDate);
    QCOMPARE(job.response, u"MyResponse"_s);
    QCOMPARE(job.responseBody, QByteArray("{\"result\":\"Hello 7\"}"));
    QCOMPARE(given, QByteArray("{\"result\":\"Hello 7\"}"));
    QCOMPARE(notified, ref->id);
    QVERIFY(result.summary.completedDate);
    QCOMPARE(result.summary.response, u"MyResponse"_s);
    QCOMPARE(f.queue->store()->find(u"my-ref"_s)->value().summary.id, ref->id);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::executesTenJobsOnce()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { ++runs; return QJsonObject{}; });
    f.start();
    QList<JobRef> refs;
    for (int i = 0; i < 10; ++i)
        refs.append(f.enqueue(u"Count"_s));
    for (const JobRef &ref : std::as_const(refs))
        QVERIFY(f.finished(ref.id).completed);
    QCOMPARE(runs.load(), 10);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::executesTenJobsWithCallbacks()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    std::atomic<int> callbacks = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { ++runs; return QJsonObject{}; });
    addCommand(f, "Called", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { ++callbacks; return QJsonObject{}; });
    f.start();
    QList<JobRef> refs;
    for (int i = 0; i < 10; ++i)
        refs.append(f.enqueue(u"Count"_s, {.callback = u"Called"_s}));
    for (const JobRef &ref : std::as_const(refs))
        QVERIFY(f.finished(ref.id).completed);
    QCOMPARE(runs.load(), 10);
    QCOMPARE(callbacks.load(), 10);
}

void tst_JobHost::executesDependentJobs()
{
    HostFixture f;
    QSemaphore go;
    addCommand(f, "Parent", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { go.acquire(); return QJsonObject{{u"answer"_s, 42}}; });
    Runs runs;
    std::atomic<qint64> seenParent = 0;
    QByteArray seenResponse;
    addCommand(f, "Child", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        const auto parent = context.parentJob();
        if (parent && *parent) {
            seenParent = (*parent)->id;
            seenResponse = (*parent)->responseBody;
        }
        runs.enter(u"child"_s);
        return QJsonObject{};
    });
    addCommand(f, "Called", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { runs.enter(u"called"_s); return QJsonObject{}; });
    f.start();
    const JobRef parent = f.enqueue(u"Parent"_s);
    const JobRef before = f.enqueue(u"Child"_s, {.callback = u"Called"_s, .dependsOn = parent.id});
    QVERIFY(f.reaches(parent.id, JobState::Started));
    QCOMPARE(f.stateOf(before.id), JobState::Queued);
    go.release();
    const JobResult first = f.finished(before.id);
    QVERIFY(first.completed);
    QCOMPARE(first.completed->parentId, parent.id);
    QCOMPARE(first.summary.parentId, parent.id);
    QCOMPARE(seenParent.load(), parent.id);
    QCOMPARE(seenResponse, QByteArray("{\"answer\":42}"));
    const JobRef after = f.enqueue(u"Child"_s, {.callback = u"Called"_s, .dependsOn = parent.id});
    QVERIFY(f.finished(after.id).completed);
    QCOMPARE(runs.count(u"child"_s), 2);
    QCOMPARE(runs.count(u"called"_s), 2);
}

void tst_JobHost::runAfterIsKept()
{
    HostFixture f;
    Runs runs;
    addCommand(f, "Note", [&](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
        runs.enter(request.value(u"name"_s).toString());
        return QJsonObject{};
    });
    f.start();
    const Timestamp soon = SystemClock().now() + std::chrono::milliseconds{400};
    const JobRef late = f.enqueue(u"Note"_s, {.runAfter = soon}, "{\"name\":\"late\"}");
    const JobRef now = f.enqueue(u"Note"_s, {.runAfter = SystemClock().now() - std::chrono::hours{1}}, "{\"name\":\"now\"}");
    QVERIFY(f.finished(now.id).completed);
    const JobResult result = f.finished(late.id);
    QVERIFY(result.completed);
    QVERIFY(*result.completed->startedDate >= soon);
    QCOMPARE(runs.order(), (QStringList{u"now"_s, u"late"_s}));
}

void tst_JobHost::retriesAndFails()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "AlwaysFail", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        throw std::runtime_error("Always Fails: " + std::to_string(++runs));
    });
    f.start();
    const JobRef ref = f.enqueue(u"AlwaysFail"_s);
    std::atomic<int> failed = 0;
    QString reported;
    f.queue->whenFinished(ref.id, {}, [&](const JobResult &result) { ++failed; reported = result.summary.errorMessage; });
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.failed);
    QCOMPARE(runs.load(), 3);
    QCOMPARE(result.failed->attempts, 3);
    QCOMPARE(result.failed->state, JobState::Failed);
    QCOMPARE(result.failed->errorCode, u"Exception"_s);
    QCOMPARE(result.failed->error->message, u"Always Fails: 3"_s);
    QCOMPARE(result.failed->request, u"NoArgs"_s);
    QCOMPARE(result.failed->requestBody, QByteArray("{}"));
    QVERIFY(!result.failed->completedDate); // W9: a .NET requeue would never run such a row
    QCOMPARE(result.summary.errorMessage, u"Always Fails: 3"_s);
    QCOMPARE(result.summary.attempts, 3); // W22
    QVERIFY(result.summary.startedDate && result.summary.completedDate);
    QCOMPARE(result.attempts.size(), 2);
    QCOMPARE(result.attempts.first().error->message, u"Always Fails: 1"_s);
    QTRY_COMPARE_WITH_TIMEOUT(failed.load(), 1, patienceMs);
    QCOMPARE(reported, u"Always Fails: 3"_s); // once, with the last error
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::retriesAndFailsAnApi()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    f.registry.addApi<MyRequest, MyResponse>([&](const MyRequest &, JobContext &) -> Outcome<MyResponse> {
        throw std::runtime_error("Always Fails: " + std::to_string(++runs));
    });
    f.start();
    const JobResult result = f.finished(f.queue->enqueueApi(MyRequest{}).result()->id);
    QVERIFY(result.failed);
    QCOMPARE(runs.load(), 3);
    QVERIFY(result.failed->command.isNull());
}

void tst_JobHost::runsInTheContextOfAUser()
{
    HostFixture f({.users = [](const QString &id) -> std::optional<UserContext> {
        if (id == u"7")
            return UserContext{id, u"Ada"_s, {u"Admin"_s}, {}};
        return {};
    }});
    QString seen;
    addCommand(f, "WhoAmI", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        seen = context.user()->name + u'/' + context.user()->roles.join(u',');
        return QJsonObject{};
    });
    f.start();
    QVERIFY(f.finished(f.enqueue(u"WhoAmI"_s, {.userId = u"7"_s}).id).completed);
    QCOMPARE(seen, u"Ada/Admin"_s);
}

void tst_JobHost::unknownUserFailsTheJob()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { ++runs; return QJsonObject{}; });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Count"_s, {.userId = u"nobody"_s}).id);
    QVERIFY(result.failed);
    QCOMPARE(result.failed->errorCode, u"NotFound"_s);
    QCOMPARE(result.failed->error->message, u"User not found"_s);
    QCOMPARE(runs.load(), 0);
}

void tst_JobHost::retriedThenSuccessfulKeepsItsAttempts()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "SecondTime", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        context.log(u"run"_s);
        if (++runs < 2)
            throw JobException(u"Flaky"_s, u"not yet"_s);
        return QJsonObject{};
    });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"SecondTime"_s).id);
    QVERIFY(result.completed);
    QCOMPARE(result.completed->attempts, 2);
    QVERIFY(!result.completed->error);
    QCOMPARE(result.completed->logs, u"run\nrun"_s);
    QCOMPARE(result.attempts.size(), 1);
    QCOMPARE(result.attempts.first().error->errorCode, u"Flaky"_s);
    QCOMPARE(result.attempts.first().outcome, AttemptOutcome::Failed);
}

void tst_JobHost::failForGoodIsNotRetried()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Hopeless", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return Fail{JobError{u"Hopeless"_s, u"never"_s, {}, {}, {}}};
    });
    f.start();
    QCOMPARE(f.finished(f.enqueue(u"Hopeless"_s).id).failed->errorCode, u"Hopeless"_s);
    QCOMPARE(runs.load(), 1);
}

void tst_JobHost::w07_timeoutIsNoFailureOfItsOwn()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Waits", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        ++runs;
        waitForStop(context);
        context.throwIfCancelled(); // W7: this is a time-out, not a failure of its own
        return QJsonObject{};
    });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Waits"_s, {.retryLimit = 1, .timeout = std::chrono::seconds{1}}).id);
    QVERIFY(result.failed);
    QCOMPARE(result.failed->state, JobState::Failed);
    QCOMPARE(result.failed->errorCode, u"Timeout"_s);
    QCOMPARE(runs.load(), 2);
}

void tst_JobHost::w06_jobCancelledWhileRunningIsInOnePlace()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    QSemaphore entered;
    addCommand(f, "Waits", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        ++runs;
        entered.release();
        waitForStop(context);
        throw std::runtime_error("stopped in its own way");
    });
    f.start();
    const JobRef ref = f.enqueue(u"Waits"_s);
    const JobRef dependent = f.enqueue(u"Waits"_s, {.dependsOn = ref.id});
    QVERIFY(entered.tryAcquire(1, patienceMs));
    const auto report = f.queue->cancel({.ids = {ref.id}}).result();
    QVERIFY(report.ok());
    QCOMPARE(report->first().code, u"cancelRequested"_s);
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.failed);
    QCOMPARE(result.failed->state, JobState::Cancelled); // W6, W7: once, and never retried
    QVERIFY(!result.completed);
    QCOMPARE(runs.load(), 1);
    QCOMPARE(f.finished(dependent.id).failed->error->message, u"Parent Job failed"_s);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::w05_jobCancelledWhileQueuedNeverRuns()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { ++runs; return QJsonObject{}; });
    const JobRef ref = f.enqueue(u"Count"_s);
    const JobRef other = f.enqueue(u"Count"_s);
    const auto report = f.queue->cancel({.ids = {ref.id, 999}}).result();
    QCOMPARE(report->at(0).code, u"cancelled"_s);
    QCOMPARE(report->at(1).code, u"notFound"_s);
    f.start();
    QVERIFY(f.finished(other.id).completed);
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.failed); // W5: it never runs
    QCOMPARE(result.failed->error->message, u"Job was cancelled"_s);
    QCOMPARE(runs.load(), 1);
    QCOMPARE(f.queue->cancel({.ids = {ref.id}}).result()->first().code, u"finished"_s);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::cancelThatComesTooLate()
{
    HostFixture f;
    QSemaphore entered;
    QSemaphore go;
    addCommand(f, "Finishes", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        entered.release();
        go.acquire();
        return QJsonObject{};
    });
    f.start();
    const JobRef ref = f.enqueue(u"Finishes"_s);
    const JobRef dependent = f.enqueue(u"Finishes"_s, {.dependsOn = ref.id});
    QVERIFY(entered.tryAcquire(1, patienceMs));
    QVERIFY(f.queue->cancel({.ids = {ref.id}}).result().ok());
    go.release();
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.completed);
    QVERIFY(result.completed->cancelRequested);
    QCOMPARE(f.finished(dependent.id).failed->state, JobState::Cancelled);
}

void tst_JobHost::w03_dependentsToAnyDepthAreCancelled()
{
    HostFixture f({.retryLimit = 0});
    addCommand(f, "Fails", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { throw std::runtime_error("no"); });
    JobRef last = f.enqueue(u"Fails"_s);
    const JobRef first = last;
    for (int depth = 0; depth < 20; ++depth)
        last = f.enqueue(u"Fails"_s, {.dependsOn = last.id});
    f.start();
    QCOMPARE(f.finished(first.id).failed->state, JobState::Failed);
    const JobResult result = f.finished(last.id); // W3, W16
    QVERIFY(result.failed);
    QCOMPARE(result.failed->state, JobState::Cancelled);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::dependsOnMissingJobIsRefused()
{
    HostFixture f;
    const auto refused = f.queue->enqueueAndWait({.name = u"X"_s, .options = {.dependsOn = 12345}});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::NotFound);
    QVERIFY(f.queue->store()->list({.pane = Pane::All})->jobs.isEmpty());
}

void tst_JobHost::dependentOfAFailedJobIsCancelledAtOnce()
{
    HostFixture f;
    const JobRef parent = f.enqueue(u"X"_s);
    QVERIFY(f.queue->cancel({.ids = {parent.id}}).result().ok());
    const JobRef child = f.enqueue(u"X"_s, {.dependsOn = parent.id});
    QCOMPARE(f.finished(child.id).failed->state, JobState::Cancelled);
}

void tst_JobHost::requeueRunsAgainAndKeepsTheEvidence()
{
    HostFixture f({.retryLimit = 0});
    std::atomic<bool> fail = true;
    addCommand(f, "Sometimes", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        context.log(fail ? u"bad run"_s : u"good run"_s);
        if (fail)
            throw std::runtime_error("bad");
        return QJsonObject{};
    });
    f.start();
    const JobRef ref = f.enqueue(u"Sometimes"_s);
    QVERIFY(f.finished(ref.id).failed);
    fail = false;
    const auto report = f.queue->requeue({.ids = {ref.id}}).result();
    QVERIFY(report.ok());
    QCOMPARE(report->first().code, u"requeued"_s); // W29
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.completed);
    QVERIFY(!result.failed);
    QCOMPARE(result.completed->attempts, 1);
    QCOMPARE(result.completed->logs, u"good run"_s);
    QCOMPARE(result.summary.state, JobState::Completed);
    QVERIFY(result.summary.errorMessage.isNull());
    QCOMPARE(result.attempts.size(), 1);
    QCOMPARE(result.attempts.first().logs, u"bad run"_s);
    QCOMPARE(result.attempts.first().error->message, u"bad"_s);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::requeueWithEditedArguments()
{
    HostFixture f({.retryLimit = 0});
    addCommand(f, "Echo", [](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
        if (!request.contains(u"ok"_s))
            throw std::runtime_error("wrong arguments");
        return request;
    });
    f.start();
    const JobRef ref = f.enqueue(u"Echo"_s, {}, "{\"n\":9007199254740993}");
    QVERIFY(f.finished(ref.id).failed);
    QVERIFY(f.queue->requeue({.ids = {ref.id}}, {.requestBody = QByteArray("{\"ok\":1.10}")}).result().ok());
    const JobResult result = f.finished(ref.id);
    QVERIFY(result.completed);
    QCOMPARE(result.completed->requestBody, QByteArray("{\"ok\":1.10}"));
    QCOMPARE(result.attempts.first().requestBody, QByteArray("{\"n\":9007199254740993}"));
}

void tst_JobHost::uniqueKeyReturnsTheUnfinishedJob()
{
    HostFixture f;
    addCommand(f, "Count", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    const JobRef first = f.enqueue(u"Count"_s, {.uniqueKey = u"k"_s});
    QCOMPARE(f.enqueue(u"Count"_s, {.uniqueKey = u"k"_s}), first);
    f.start();
    QVERIFY(f.finished(first.id).completed);
    QVERIFY(f.enqueue(u"Count"_s, {.uniqueKey = u"k"_s}).id > first.id);
}

void tst_JobHost::priorityAndOrderWithinAWorker()
{
    HostFixture f;
    Runs runs;
    addCommand(f, "Note", [&](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
        runs.enter(request.value(u"name"_s).toString());
        return QJsonObject{};
    });
    const JobRef last = f.enqueue(u"Note"_s, {.worker = u"w"_s}, "{\"name\":\"a\"}");
    f.enqueue(u"Note"_s, {.worker = u"w"_s, .priority = 1}, "{\"name\":\"b\"}");
    f.enqueue(u"Note"_s, {.worker = u"w"_s, .priority = 2}, "{\"name\":\"c\"}");
    f.enqueue(u"Note"_s, {.worker = u"w"_s, .priority = 2}, "{\"name\":\"d\"}");
    f.start();
    QVERIFY(f.finished(last.id).completed);
    QCOMPARE(runs.order(), (QStringList{u"c"_s, u"d"_s, u"b"_s, u"a"_s}));
}

void tst_JobHost::namedWorkerIsSerial()
{
    HostFixture f;
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;
    Runs runs;
    addCommand(f, "Note", [&](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
        most = std::max(most.load(), ++now);
        runs.enter(request.value(u"name"_s).toString());
        --now;
        return QJsonObject{};
    });
    f.start();
    QStringList expected;
    JobRef last;
    for (int i = 0; i < 200; ++i) {
        expected.append(QString::number(i));
        last = f.enqueue(u"Note"_s, {.worker = u"serial"_s}, "{\"name\":\"" + QByteArray::number(i) + "\"}");
    }
    QVERIFY(f.finished(last.id).completed);
    QCOMPARE(most.load(), 1);
    QCOMPARE(runs.order(), expected);
    QTRY_VERIFY_WITH_TIMEOUT(!f.queue->store()->workers()->isEmpty(), patienceMs); // the counters are flushed about once a second
    QTRY_COMPARE_WITH_TIMEOUT(f.queue->store()->workers()->first().completed, 200, patienceMs);
}

void tst_JobHost::pausedWorkerWaits()
{
    HostFixture f;
    Runs runs;
    addCommand(f, "Note", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        runs.enter(context.job().worker);
        return QJsonObject{};
    });
    QVERIFY(f.queue->setWorkerPaused(u"w"_s, true).result().ok());
    f.start();
    const JobRef paused = f.enqueue(u"Note"_s, {.worker = u"w"_s});
    const JobRef other = f.enqueue(u"Note"_s, {.worker = u"x"_s});
    QVERIFY(f.finished(other.id).completed);
    QCOMPARE(f.stateOf(paused.id), JobState::Queued);
    QCOMPARE(f.queue->store()->waitingFor(*f.find(paused.id).queued)->first().code, u"workerPaused"_s);
    QVERIFY(f.queue->setWorkerPaused(u"w"_s, false).result().ok());
    QVERIFY(f.finished(paused.id).completed);
    QCOMPARE(runs.order(), (QStringList{u"x"_s, u"w"_s}));
}

void tst_JobHost::fixedWorkerOfACommand()
{
    HostFixture f;
    addCommand(f, "Mail", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; }, {.worker = u"smtp"_s});
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Mail"_s).id);
    QVERIFY(result.completed);
    QCOMPARE(result.completed->worker, u"smtp"_s);
    QCOMPARE(result.summary.worker, u"smtp"_s);
}

void tst_JobHost::batchRunsOnlyIfItsParentSucceeds()
{
    HostFixture f({.retryLimit = 0});
    Runs runs;
    addCommand(f, "Part", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { runs.enter(u"part"_s); return QJsonObject{}; });
    std::atomic<bool> fail = false;
    QList<JobRef> parts;
    addCommand(f, "Whole", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        const JobOptions options{.dependsOn = context.job().id};
        const auto refs = context.enqueue({{.name = u"Part"_s, .options = options}, {.name = u"Part"_s, .options = options}});
        parts = *refs;
        if (fail)
            throw std::runtime_error("no");
        return QJsonObject{};
    });
    f.start();
    QVERIFY(f.finished(f.enqueue(u"Whole"_s).id).completed);
    for (const JobRef &part : std::as_const(parts))
        QVERIFY(f.finished(part.id).completed);
    fail = true;
    QVERIFY(f.finished(f.enqueue(u"Whole"_s).id).failed);
    for (const JobRef &part : std::as_const(parts))
        QCOMPARE(f.finished(part.id).failed->state, JobState::Cancelled);
    QCOMPARE(runs.count(u"part"_s), 2);
}

void tst_JobHost::w30_retriedParentDoesNotEnqueueItsBatchTwice()
{
    HostFixture f;
    Runs runs;
    addCommand(f, "Part", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { runs.enter(u"part"_s); return QJsonObject{}; });
    std::atomic<int> tries = 0;
    addCommand(f, "Whole", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        const auto refs = context.enqueue({{.name = u"Part"_s, .options = {.dependsOn = context.job().id, .refId = u"fixed"_s}}});
        if (!refs)
            throw std::runtime_error(refs.error().message.toStdString());
        if (++tries < 3)
            throw std::runtime_error("again");
        return QJsonObject{};
    });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Whole"_s).id);
    QVERIFY(result.completed);
    QCOMPARE(result.attempts.size(), 2);
    QCOMPARE(result.attempts.first().discarded.size(), 1);
    const auto part = f.queue->store()->find(u"fixed"_s);
    QVERIFY(part->has_value());
    QVERIFY(f.finished(part->value().summary.id).completed);
    QCOMPARE(runs.count(u"part"_s), 1);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::w12_twoTransientRunsOnABusyWorkerBothRun()
{
    HostFixture f;
    QSemaphore go;
    addCommand(f, "Hold", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { go.acquire(); return QJsonObject{}; });
    f.start();
    std::atomic<int> calls = 0;
    const NewJob job{.name = u"Hold"_s, .options = {.worker = u"w"_s}};
    const auto a = f.host->runCommand(job, [&](const Job &) { ++calls; });
    const auto b = f.host->runCommand(job, [&](const Job &) { ++calls; });
    QTRY_COMPARE_WITH_TIMEOUT(a->job().state, JobState::Started, patienceMs);
    QCOMPARE(b->job().state, JobState::Queued);
    go.release(2);
    QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 2, patienceMs);
}

void tst_JobHost::stopRefundsTheAttempt()
{
    HostFixture f;
    QSemaphore entered; // a job that is claimed and not entered goes back without a trace
    addCommand(f, "Waits", [&](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        entered.release();
        waitForStop(context);
        context.throwIfCancelled();
        return QJsonObject{};
    });
    f.start();
    const JobRef ref = f.enqueue(u"Waits"_s);
    QVERIFY(entered.tryAcquire(1, patienceMs));
    QVERIFY(f.host->stop());
    const JobResult result = f.find(ref.id);
    QVERIFY(result.queued);
    QCOMPARE(result.queued->state, JobState::Queued);
    QCOMPARE(result.queued->attempts, 1);
    QCOMPARE(result.attempts.size(), 1);
    QCOMPARE(result.attempts.first().outcome, AttemptOutcome::Refunded);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::unknownCommandStaysQueued()
{
    HostFixture f;
    addCommand(f, "Known", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    const JobRef unknown = f.enqueue(u"Unknown"_s);
    const JobRef known = f.enqueue(u"Known"_s);
    f.start();
    QVERIFY(f.finished(known.id).completed);
    QVERIFY(f.find(unknown.id).queued->unknownCommand);
    f.host.reset();
    addCommand(f, "Unknown", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    f.start();
    QVERIFY(f.finished(unknown.id).completed);
}

void tst_JobHost::hostRefusesUnknownCommandAtEnqueue()
{
    HostFixture f;
    f.start();
    const auto refused = f.queue->enqueueAndWait({.name = u"Nobody"_s});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::Unknown);
    QVERIFY(f.queue->enqueueAndWait({.name = u"Nobody"_s, .force = true}).ok());
}

void tst_JobHost::callbackThatFailsIsRetriedAlone()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    std::atomic<int> calls = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { ++runs; return QJsonObject{}; });
    addCommand(f, "Called", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        if (++calls < 3)
            throw std::runtime_error("down");
        return QJsonObject{};
    });
    f.start();
    const JobResult result = f.finished(f.enqueue(u"Count"_s, {.callback = u"Called"_s}).id);
    QVERIFY(result.completed);
    QCOMPARE(runs.load(), 1);
    QCOMPARE(calls.load(), 3);
    calls = -100;
    const JobResult failed = f.finished(f.enqueue(u"Count"_s, {.callback = u"Called"_s}).id);
    QVERIFY(failed.failed);
    QCOMPARE(failed.failed->error->message, u"down"_s);
    QCOMPARE(runs.load(), 2);
    QVERIFY(!failed.failed->completedDate);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::drainReportsUnknown()
{
    HostFixture f;
    addCommand(f, "Known", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    f.enqueue(u"Unknown"_s);
    const JobRef known = f.enqueue(u"Known"_s);
    f.enqueue(u"Known"_s, {.runAfter = SystemClock().now() + std::chrono::hours{1}});
    f.start();
    QStringList unknown;
    bool drained = false;
    QObject::connect(f.host.get(), &JobHost::drained, f.host.get(), [&](const QStringList &names) { unknown = names; drained = true; });
    f.host->drainWhenIdle();
    QTRY_VERIFY_WITH_TIMEOUT(drained, patienceMs);
    QCOMPARE(unknown, QStringList{u"Unknown"_s});
    QCOMPARE(f.stateOf(known.id), JobState::Completed);
}

void tst_JobHost::jobResultFunctionsAreCalledOnce()
{
    HostFixture f;
    f.registry.add<MyCommand>();
    f.start();
    const auto ref = f.queue->enqueue<MyCommand>({.id = 9}).result();
    int succeeded = 0;
    QString answer;
    f.queue->whenFinished(ref->id, [&](const JobResult &result) { ++succeeded; answer = responseOf<MyResponse>(*result.job())->result; }, {});
    QTRY_COMPARE_WITH_TIMEOUT(succeeded, 1, patienceMs);
    QCOMPARE(answer, u"Hello 9"_s);
    f.enqueue(u"MyCommand"_s);
    QVERIFY(f.finished(ref->id + 1).completed);
    QCOMPARE(succeeded, 1);
}

void tst_JobHost::enqueueInBulk()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { ++runs; return QJsonObject{}; });
    f.start();
    const auto refs = f.queue->enqueueMany(QList<NewJob>(5000, {.name = u"Count"_s})).result();
    QVERIFY(refs.ok());
    QCOMPARE(refs->size(), 5000);
    QVERIFY(std::is_sorted(refs->cbegin(), refs->cend(), [](const JobRef &a, const JobRef &b) { return a.refId < b.refId; }));
    QTRY_COMPARE_WITH_TIMEOUT(runs.load(), 5000, patienceMs);
    QVERIFY(f.finished(refs->last().id).completed);
    const auto all = f.queue->enqueueMany({{.name = u"Count"_s}, {.name = u"Count"_s, .options = {.dependsOn = 1'000'000}}}).result();
    QVERIFY(!all.ok()); // all or none
    f.host.reset();
    QCOMPARE(f.queue->store()->list({.pane = Pane::All, .limit = 1})->jobs.first().id, refs->last().id);
    QVERIFY(f.checkIsClean());
}

void tst_JobHost::secondHostIsRefused()
{
    HostFixture f;
    f.start();
    auto other = JobQueue::open(f.folder.path());
    JobHost second((*other)->store(), f.registry);
    const auto refused = second.start();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().message.contains(QString::number(QCoreApplication::applicationPid())));
}

void tst_JobHost::startsAgainAfterAStop()
{
    HostFixture fixture;
    addCommand(fixture, "Greet", [](const QJsonObject &, JobContext &) { return QJsonObject(); });
    fixture.start();
    QVERIFY(fixture.host->stop());
    const auto started = fixture.host->start();
    QVERIFY2(started.ok(), started.ok() ? "" : qPrintable(started.error().message));
    const auto job = fixture.enqueue(u"Greet"_s);
    QCOMPARE(fixture.finished(job.id).summary.state, JobState::Completed);
}

/// Its command's own worker sorts before the one that the job names: nothing else wakes that worker.
void tst_JobHost::jobMovedToAnEarlierWorkerIsServed()
{
    HostFixture fixture;
    addCommand(fixture, "SendEmail", [](const QJsonObject &, JobContext &) { return QJsonObject(); }, {.worker = u"alpha"_s});
    const auto job = fixture.enqueue(u"SendEmail"_s, {.worker = u"zeta"_s});
    fixture.start();
    QSignalSpy drained(fixture.host.get(), &JobHost::drained);
    fixture.host->drainWhenIdle();
    QVERIFY(drained.wait(patienceMs));
    const auto result = fixture.finished(job.id);
    QCOMPARE(result.summary.state, JobState::Completed);
    QCOMPARE(result.completed->worker, u"alpha"_s);
}

void tst_JobHost::cancelledBeforeItWasEnteredNeverRuns()
{
    HostFixture fixture;
    JobStore &store = *fixture.queue->store();
    const auto job = fixture.enqueue(u"Any"_s);
    const auto dependent = fixture.enqueue(u"Any"_s, {.dependsOn = job.id});
    const auto claimed = waitFor<ClaimResult>([&](auto done) { store.claim({.hostId = u"h"_s, .poolCapacity = 1, .commands = {u"Any"_s}}, done); });
    QCOMPARE(claimed->jobs.size(), 1U);
    const auto cancelled = waitFor<QList<ActionResult>>([&](auto done) { store.cancel({.ids = {job.id}}, done); });
    QCOMPARE(cancelled->constFirst().code, u"cancelRequested"_s);
    QVERIFY(waitFor<void>([&](auto done) { store.release({job}, {claimed->jobs.front().generation}, done); }).ok());
    QCOMPARE(fixture.finished(job.id).summary.state, JobState::Cancelled);
    QCOMPARE(fixture.finished(dependent.id).summary.state, JobState::Cancelled);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.checkIsClean(), patienceMs);
}

void tst_JobHost::stopCallbackMayEndItsAttempt_data()
{
    QTest::addColumn<StopReason>("reason");
    QTest::newRow("cancel") << StopReason::Cancel;
    QTest::newRow("time-out") << StopReason::Timeout;
    QTest::newRow("host stops") << StopReason::HostStop;
}

/// The callback runs on the thread that asks: it must hold no lock then.
void tst_JobHost::stopCallbackMayEndItsAttempt()
{
    QFETCH(StopReason, reason);
    HostFixture fixture;
    fixture.registry.add<EndsWhenStopped>();
    fixture.start();
    JobOptions options{.retryLimit = 0};
    if (reason == StopReason::Timeout)
        options.timeout = std::chrono::seconds{1};
    const auto job = fixture.enqueue(u"EndsWhenStopped"_s, options);
    QVERIFY(fixture.reaches(job.id, JobState::Started));
    switch (reason) {
    case StopReason::Cancel:
        QVERIFY(fixture.queue->cancel({.ids = {job.id}}).result().ok());
        QCOMPARE(fixture.finished(job.id).summary.state, JobState::Cancelled);
        break;
    case StopReason::Timeout:
        QCOMPARE(fixture.finished(job.id).summary.errorCode, QString(joberror::timeout));
        break;
    default:
        QVERIFY(fixture.host->stop());
        QCOMPARE(fixture.stateOf(job.id), JobState::Queued);
    }
}

void tst_JobHost::lastUpdateIsNotHeldBack()
{
    HostFixture fixture;
    addCommand(fixture, "Works", [](const QJsonObject &, JobContext &context) {
        context.update(0.1, u"begins"_s);
        context.update(0.7, u"goes on"_s);
        waitForStop(context);
        return QJsonObject();
    });
    fixture.start();
    const auto job = fixture.enqueue(u"Works"_s);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.find(job.id).queued ? fixture.find(job.id).queued->status : QString(), u"goes on"_s, patienceMs);
    QCOMPARE(fixture.find(job.id).queued->progress, std::optional(0.7));
    QVERIFY(fixture.host->stop());
}

void tst_JobHost::transientRunsAreAskedToStopWithTheHost()
{
    HostFixture fixture;
    QSemaphore entered;
    addCommand(fixture, "Waits", [&](const QJsonObject &, JobContext &context) {
        entered.release();
        waitForStop(context);
        context.throwIfCancelled();
        return QJsonObject();
    });
    fixture.start();
    const auto run = fixture.host->runCommand({.name = u"Waits"_s});
    QVERIFY(entered.tryAcquire(1, patienceMs));
    QVERIFY(fixture.host->stop());
    QCOMPARE(run->job().state, JobState::Cancelled);
}

/// Its place is taken until it has ended, not until it has returned a future.
void tst_JobHost::asyncTransientRunKeepsItsWorker()
{
    HostFixture fixture;
    Runs runs;
    fixture.registry.add<EndsWhenStopped>();
    addCommand(fixture, "Next", [&](const QJsonObject &, JobContext &) {
        runs.enter(u"Next"_s);
        return QJsonObject();
    });
    fixture.start();
    const auto first = fixture.host->runCommand({.name = u"EndsWhenStopped"_s, .options = {.worker = u"lane"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(first->job().state, JobState::Started, patienceMs);
    const auto second = fixture.host->runCommand({.name = u"Next"_s, .options = {.worker = u"lane"_s}});
    const auto other = fixture.host->runCommand({.name = u"Next"_s, .options = {.worker = u"other"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(other->job().state, JobState::Completed, patienceMs);
    QCOMPARE(second->job().state, JobState::Queued);
    first->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(second->job().state, JobState::Completed, patienceMs);
    QCOMPARE(runs.count(u"Next"_s), 2);
}

void tst_JobHost::w02_callbackThatKillsItsHostFailsAtLast()
{
    HostFixture fixture({.interruptionLimit = 1});
    Runs runs;
    addCommand(fixture, "Work", [](const QJsonObject &, JobContext &) { return QJsonObject(); });
    addCommand(fixture, "Called", [&](const QJsonObject &, JobContext &) {
        runs.enter(u"Called"_s);
        return QJsonObject();
    });
    JobStore &store = *fixture.queue->store();
    const auto job = fixture.enqueue(u"Work"_s, {.callback = u"Called"_s, .retryLimit = 0});
    // What hosts leave behind that die while the callback runs: its attempts are counted, its end is not.
    for (int death = 0; death < 2; ++death) {
        const auto claimed = waitFor<ClaimResult>([&](auto done) { store.claim({.hostId = u"h"_s, .poolCapacity = 1, .commands = {u"Work"_s}}, done); });
        QCOMPARE(claimed->jobs.size(), 1U);
        const std::int64_t generation = claimed->jobs.front().generation;
        if (death == 0)
            QVERIFY(waitFor<void>([&](auto done) { store.finish({.kind = AttemptEnd::Kind::Execute, .jobId = job.id, .generation = generation}, done); }).ok());
        QVERIFY(waitFor<void>([&](auto done) { store.beginCallback(job.id, generation, done); }).ok());
        QVERIFY(waitFor<void>([&](auto done) { store.release({job}, {generation}, done); }).ok());
    }
    fixture.start();
    const auto result = fixture.finished(job.id);
    QCOMPARE(result.summary.state, JobState::Failed);
    QCOMPARE(result.summary.errorCode, QString(joberror::hostLost));
    QCOMPARE(runs.count(u"Called"_s), 0);
}

/// Together they would claim many times what the host keeps places for.
void tst_JobHost::manyQuickWorkersAtOnce()
{
    constexpr int workers = 24;
    constexpr int jobsOfEach = 500;
    HostFixture fixture;
    std::atomic<int> ran{0};
    addCommand(fixture, "Quick", [&](const QJsonObject &, JobContext &) {
        ++ran;
        return QJsonObject();
    });
    QList<NewJob> jobs;
    for (int i = 0; i < workers * jobsOfEach; ++i)
        jobs.append({.name = u"Quick"_s, .options = {.worker = u"worker %1"_s.arg(i % workers)}});
    QVERIFY(fixture.queue->enqueueMany(jobs).result().ok());
    fixture.start();
    QTRY_COMPARE_WITH_TIMEOUT(ran.load(), workers * jobsOfEach, 3 * patienceMs);
    QVERIFY(fixture.host->stop());
    QVERIFY(fixture.checkIsClean());
    QCOMPARE(ran.load(), workers * jobsOfEach);
}

void tst_JobHost::logsOfAJobCancelledBetweenAttemptsAreKept()
{
    HostFixture fixture;
    addCommand(fixture, "Fails", [](const QJsonObject &, JobContext &context) -> QJsonObject {
        context.log(u"tried"_s);
        throw std::runtime_error("no");
    });
    fixture.start();
    const auto job = fixture.enqueue(u"Fails"_s, {.backoff = RetryPolicy{.backoff = RetryPolicy::Backoff::Fixed, .delay = std::chrono::minutes{10}}});
    QVERIFY(QTest::qWaitFor([&] { return fixture.find(job.id).attempts.size() == 1; }, patienceMs));
    QVERIFY(fixture.queue->cancel({.ids = {job.id}}).result().ok());
    const auto result = fixture.finished(job.id);
    QCOMPARE(result.summary.state, JobState::Cancelled);
    QCOMPARE(result.failed->logs, u"tried"_s);
}

QTEST_GUILESS_MAIN(tst_JobHost)
#include "tst_jobhost.moc"
