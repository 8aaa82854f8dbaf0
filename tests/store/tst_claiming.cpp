// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/storefolder.h"

#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a claim does with queues that are long or strange. That it takes the right jobs is the conformance suite's.
class tst_Claiming final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownJobsAreTakenUpInPieces();
    void unknownNamesAreEachToldOnce();
    void drainWaitsForJobsThatHaveBegun();
    void w03_jobWithAnUnknownParentIsCancelled();
    void jobWhoseParentHasNoSummaryWaits();
    void leftoversAreFoundByAnIndex_data();
    void leftoversAreFoundByAnIndex();
    void arrivalsAreToldAtOnceAndOnce();

private:
    /// A row as another program puts it into the queue.
    static void insertForeign(const StoreFolder &folder, int id, const QByteArray &dependsOn)
    {
        folder.execute(
            "INSERT INTO BackgroundJob (Id, RefId, DependsOn, CreatedDate, LastActivityDate, RequestType, Command, Request, RequestBody, State, "
            "Attempts, DurationMs) VALUES ("
            + QByteArray::number(id) + ", 'ref" + QByteArray::number(id) + "', " + dependsOn
            + ", '2026-11-24 00:00:00', '2026-11-24 00:00:00', 'CMD', 'A', 'NoArgs', '{}', 'Queued', 1, 0)");
    }
};

void tst_Claiming::unknownJobsAreTakenUpInPieces()
{
    StoreFolder folder;
    folder.enqueue(2'500, u"Z"_s);
    while (folder.claim({u"A"_s}).again) { }
    const auto setAside = [&] { return folder.number("SELECT count(*) FROM BackgroundJob WHERE Readiness = 3"); };
    QCOMPARE(setAside(), 2'500);
    QVERIFY(
        folder.store
            ->beginHosting(
                {.id = u"h"_s, .name = u"h"_s, .startedDate = folder.clock->now(), .commands = {{u"Z"_s, false, u"NoArgs"_s, {}}}}, false)
            .ok());
    QCOMPARE(setAside(), 2'500); // a host's start does not grow with the queue
    const auto first = folder.claim({u"Z"_s}, 10);
    QCOMPARE(first.jobs.size(), 10U);
    QVERIFY(first.again);
    QCOMPARE(setAside(), 1'500);
    while (folder.claim({u"Z"_s}, 0).again) { }
    QCOMPARE(setAside(), 0);
}

void tst_Claiming::unknownNamesAreEachToldOnce()
{
    StoreFolder folder;
    for (const QString &name : {u"Y"_s, u"X"_s, u"Z"_s})
        folder.enqueue(300, name);
    (void)waitFor<QList<JobRef>>([&](auto done) {
        folder.store->enqueue({{NewJob{.name = u"Api"_s, .isApi = true, .force = true}}, {}, 0}, done);
    });
    while (folder.claim({u"A"_s}).again) { }
    QCOMPARE(folder.claim({u"A"_s}, 1, true).unknown, (QStringList{u"X"_s, u"Y"_s, u"Z"_s, u"Api"_s}));
}

void tst_Claiming::drainWaitsForJobsThatHaveBegun()
{
    StoreFolder folder;
    folder.enqueue(50, u"A"_s, {.runAfter = folder.clock->now() + 1h}); // which are not due
    const std::int64_t begun = folder.enqueue(u"A"_s);
    const auto claimed = folder.claim({u"A"_s});
    QCOMPARE(claimed.jobs.size(), 1U);
    QVERIFY(!folder.claim({u"A"_s}, 1, true).nextRetry);
    const Timestamp due = folder.clock->now() + 2h;
    QVERIFY(folder.finish(claimed.jobs.front(), AttemptEnd::Kind::Retry, due));
    QCOMPARE(folder.find(begun).queued->attempts, 2);
    QCOMPARE(folder.claim({u"A"_s}, 1, true).nextRetry, due);
}

void tst_Claiming::w03_jobWithAnUnknownParentIsCancelled() // W3: it would run without its parent
{
    StoreFolder folder;
    insertForeign(folder, 50, "4711");
    insertForeign(folder, 51, "50");
    folder.execute("INSERT INTO JobSummary (Id, RefId, CreatedDate, State, DurationMs, Attempts) "
                   "SELECT Id, RefId, CreatedDate, State, 0, 1 FROM BackgroundJob");
    QVERIFY(folder.claim({u"A"_s}).jobs.empty());
    folder.store->endHosting();
    const JobResult orphan = folder.find(50);
    QVERIFY(orphan.failed);
    QCOMPARE(orphan.failed->state, JobState::Cancelled);
    QCOMPARE(orphan.failed->errorCode, QString(joberror::notFound));
    QVERIFY(orphan.failed->error->message.contains(u"4711"_s));
    (void)folder.claim({u"A"_s});
    QCOMPARE(folder.find(51).summary.state, JobState::Cancelled);
}

void tst_Claiming::jobWhoseParentHasNoSummaryWaits()
{
    StoreFolder folder;
    insertForeign(folder, 50, "NULL");
    insertForeign(folder, 51, "50");
    const auto claimed = folder.claim({u"A"_s});
    QCOMPARE(claimed.jobs.size(), 1U);
    QCOMPARE(claimed.jobs.front().id, 50);
    QCOMPARE(folder.number("SELECT Readiness FROM BackgroundJob WHERE Id = 51"), 2);
    QVERIFY(folder.finish(claimed.jobs.front(), AttemptEnd::Kind::Complete));
    QCOMPARE(folder.claim({u"A"_s}).jobs.size(), 1U);
}

void tst_Claiming::leftoversAreFoundByAnIndex_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("index");
    QTest::newRow("retries") << QByteArray("SELECT DueDate FROM BackgroundJob WHERE Readiness = 0 AND Generation > 0 AND DueDate > '' "
                                           "AND (RunAfter IS NULL OR RunAfter <= ?) ORDER BY DueDate LIMIT 1")
                             << u"idx_backgroundjob_begun"_s;
    QTest::newRow("commands") << QByteArray(
        "SELECT Command FROM BackgroundJob WHERE Readiness = 3 AND Command > ? ORDER BY Command LIMIT 1")
                              << u"idx_backgroundjob_unknown"_s;
    QTest::newRow("APIs") << QByteArray(
        "SELECT Request FROM BackgroundJob WHERE Readiness = 3 AND Command IS NULL AND Request > ? ORDER BY Request LIMIT 1")
                          << u"idx_backgroundjob_unknown"_s;
}

void tst_Claiming::leftoversAreFoundByAnIndex()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, index);
    const StoreFolder folder;
    SqliteConnection db(folder.queuePath(), "mode=rw");
    auto plan = db.statement(db.keep("EXPLAIN QUERY PLAN " + sql));
    QVERIFY(plan.step());
    const QString step = plan.text(3);
    QVERIFY2(step.contains(index), qPrintable(step));
    QVERIFY(!plan.step()); // nothing is sorted
}

void tst_Claiming::arrivalsAreToldAtOnceAndOnce()
{
    const StoreFolder folder;
    std::atomic<bool> toldByCommit = false;
    const int subscription = folder.store->subscribe([&](const StoreChange &change) {
        if (change.byThisProcess && change.jobsMayBeDue)
            toldByCommit = true;
    });
    std::thread::id teller;
    std::promise<Result<ClaimResult>> claimed;
    folder.store->setArrivalListener([&] {
        teller = std::this_thread::get_id();
        folder.store->claim({.hostId = u"h"_s, .poolCapacity = 1, .commands = {u"A"_s}},
                            [&](Result<ClaimResult> result) { claimed.set_value(std::move(result)); });
    });
    const std::int64_t id = folder.enqueue(u"A"_s);
    QVERIFY(teller == std::this_thread::get_id());
    const auto result = claimed.get_future().get();
    QVERIFY(result.ok());
    QCOMPARE(result->jobs.size(), 1U);
    QCOMPARE(result->jobs.front().id, id);
    QCOMPARE(folder.find(id).summary.state, JobState::Started);
    QVERIFY(folder.beat()); // by then the commit before has been told
    QVERIFY(!toldByCommit);

    folder.store->setArrivalListener({});
    (void)folder.enqueue(u"A"_s);
    QVERIFY(folder.beat());
    QVERIFY(toldByCommit);
    folder.store->unsubscribe(subscription);
}

QTEST_GUILESS_MAIN(tst_Claiming)
#include "tst_claiming.moc"
