// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/hostfixture.h"
#include "support/runs.h"

#include <QSemaphore>

#include <atomic>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Jobs that wait for others, and batches.
class TestJobHostDependents final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void executesDependentJobs();
    void w03_dependentsToAnyDepthAreCancelled();
    void dependsOnMissingJobIsRefused();
    void dependentOfAFailedJobIsCancelledAtOnce();
    void batchRunsOnlyIfItsParentSucceeds();
    void w30_retriedParentDoesNotEnqueueItsBatchTwice();
};

void TestJobHostDependents::executesDependentJobs()
{
    HostFixture f;
    QSemaphore go;
    addCommand(f, "Parent", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        go.acquire();
        return QJsonObject{{u"answer"_s, 42}};
    });
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
    addCommand(f, "Called", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        runs.enter(u"called"_s);
        return QJsonObject{};
    });
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

void TestJobHostDependents::w03_dependentsToAnyDepthAreCancelled()
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

void TestJobHostDependents::dependsOnMissingJobIsRefused()
{
    HostFixture f;
    const auto refused = f.queue->enqueueAndWait({.name = u"X"_s, .options = {.dependsOn = 12345}});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::NotFound);
    QVERIFY(f.queue->store()->list({.pane = Pane::All})->jobs.isEmpty());
}

void TestJobHostDependents::dependentOfAFailedJobIsCancelledAtOnce()
{
    HostFixture f;
    const JobRef parent = f.enqueue(u"X"_s);
    QVERIFY(f.queue->cancel({.ids = {parent.id}}).result().ok());
    const JobRef child = f.enqueue(u"X"_s, {.dependsOn = parent.id});
    QCOMPARE(f.finished(child.id).failed->state, JobState::Cancelled);
}

void TestJobHostDependents::batchRunsOnlyIfItsParentSucceeds()
{
    HostFixture f({.retryLimit = 0});
    Runs runs;
    addCommand(f, "Part", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        runs.enter(u"part"_s);
        return QJsonObject{};
    });
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

void TestJobHostDependents::w30_retriedParentDoesNotEnqueueItsBatchTwice()
{
    HostFixture f;
    Runs runs;
    addCommand(f, "Part", [&](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        runs.enter(u"part"_s);
        return QJsonObject{};
    });
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

QTEST_GUILESS_MAIN(TestJobHostDependents)
#include "tst_jobhost_dependents.moc"
