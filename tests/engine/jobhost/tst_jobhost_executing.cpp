// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/greeting.h"
#include "support/hostfixture.h"
#include "support/runs.h"

#include <atomic>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// What a host does with a job that goes well.
class TestJobHostExecuting final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void executesACommand();
    void executesAnApi();
    void executesAnAsyncCommand();
    void keepsAllOptions();
    void executesTenJobsOnce();
    void executesTenJobsWithCallbacks();
    void runAfterIsKept();
    void runsInTheContextOfAUser();
    void uniqueKeyReturnsTheUnfinishedJob();
    void jobResultFunctionsAreCalledOnce();
    void enqueueInBulk();
    void lastUpdateIsNotHeldBack();
};

void TestJobHostExecuting::executesACommand()
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

void TestJobHostExecuting::executesAnApi()
{
    HostFixture f;
    f.registry.addApi<MyRequest, MyResponse>(
        [](const MyRequest &request, JobContext &) -> Outcome<MyResponse> { return MyResponse{u"Hello %1"_s.arg(request.id)}; });
    f.start();
    const auto ref = f.queue->enqueueApi(MyRequest{.id = 2}).result();
    QVERIFY(ref.ok());
    const JobResult result = f.finished(ref->id);
    QVERIFY(result.completed);
    QCOMPARE(result.completed->requestType, u"API"_s);
    QVERIFY(result.completed->command.isNull());
    QCOMPARE(responseOf<MyResponse>(*result.completed)->result, u"Hello 2"_s);
}

void TestJobHostExecuting::executesAnAsyncCommand()
{
    HostFixture f;
    f.registry.add<AsyncGreeting>();
    f.start();
    const auto ref = f.queue->enqueue<AsyncGreeting>({.id = 3}).result();
    QCOMPARE(responseOf<MyResponse>(*f.finished(ref->id).completed)->result, u"Async 3"_s);
}

void TestJobHostExecuting::keepsAllOptions()
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
    const JobOptions options{.worker = u"w1"_s,
                             .callback = u"Callback"_s,
                             .retryLimit = 4,
                             .timeout = std::chrono::seconds{60},
                             .refId = u"my-ref"_s,
                             .tag = u"tag"_s,
                             .batchId = u"batch"_s,
                             .createdBy = u"me"_s,
                             .replyTo = u"https://h/x"_s,
                             .args = StringMap{{u"k"_s, u"v"_s}},
                             .parentId = parent.id,
                             .priority = 3};
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

void TestJobHostExecuting::executesTenJobsOnce()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return QJsonObject{};
    });
    f.start();
    QList<JobRef> refs;
    for (int i = 0; i < 10; ++i)
        refs.append(f.enqueue(u"Count"_s));
    for (const JobRef &ref : std::as_const(refs))
        QVERIFY(f.finished(ref.id).completed);
    QCOMPARE(runs.load(), 10);
    QVERIFY(f.checkIsClean());
}

void TestJobHostExecuting::executesTenJobsWithCallbacks()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    std::atomic<int> callbacks = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return QJsonObject{};
    });
    addCommand(f, "Called", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++callbacks;
        return QJsonObject{};
    });
    f.start();
    QList<JobRef> refs;
    for (int i = 0; i < 10; ++i)
        refs.append(f.enqueue(u"Count"_s, {.callback = u"Called"_s}));
    for (const JobRef &ref : std::as_const(refs))
        QVERIFY(f.finished(ref.id).completed);
    QCOMPARE(runs.load(), 10);
    QCOMPARE(callbacks.load(), 10);
}

void TestJobHostExecuting::runAfterIsKept()
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

void TestJobHostExecuting::runsInTheContextOfAUser()
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

void TestJobHostExecuting::uniqueKeyReturnsTheUnfinishedJob()
{
    HostFixture f;
    addCommand(f, "Count", [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    const JobRef first = f.enqueue(u"Count"_s, {.uniqueKey = u"k"_s});
    QCOMPARE(f.enqueue(u"Count"_s, {.uniqueKey = u"k"_s}), first);
    f.start();
    QVERIFY(f.finished(first.id).completed);
    QVERIFY(f.enqueue(u"Count"_s, {.uniqueKey = u"k"_s}).id > first.id);
}

void TestJobHostExecuting::jobResultFunctionsAreCalledOnce()
{
    HostFixture f;
    f.registry.add<MyCommand>();
    f.start();
    const auto ref = f.queue->enqueue<MyCommand>({.id = 9}).result();
    int succeeded = 0;
    QString answer;
    f.queue->whenFinished(ref->id,
                          [&](const JobResult &result) {
                              ++succeeded;
                              answer = responseOf<MyResponse>(*result.job())->result;
                          },
                          {});
    QTRY_COMPARE_WITH_TIMEOUT(succeeded, 1, patienceMs);
    QCOMPARE(answer, u"Hello 9"_s);
    f.enqueue(u"MyCommand"_s);
    QVERIFY(f.finished(ref->id + 1).completed);
    QCOMPARE(succeeded, 1);
}

void TestJobHostExecuting::enqueueInBulk()
{
    HostFixture f;
    std::atomic<int> runs = 0;
    addCommand(f, "Count", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        ++runs;
        return QJsonObject{};
    });
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

void TestJobHostExecuting::lastUpdateIsNotHeldBack()
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

QTEST_GUILESS_MAIN(TestJobHostExecuting)
#include "tst_jobhost_executing.moc"
