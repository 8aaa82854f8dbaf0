// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/idruns.h"
#include "engine/store/sqlite/montharchive.h"
#include "support/storefolder.h"

#include <QTest>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Finished jobs go to their month, and new ones into the queue, by statements for many rows: what one row does wrong is its own.
class tst_Archiving final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsEndAtGapsAndDifferences();
    void manyMoveAtOnce();
    void jobThatTheMonthRefusesHoldsUpNoNeighbour();
    void requeuedNeighbourIsNotDeleted();
    void refIdOfTheArchiveIsNamed();
    void descendantsOfAFailedJobAreCancelledInOneBatch();

private:
    /// Ends all at once; true if each was recorded and what followed is done.
    static bool completeAll(const StoreFolder &folder, const std::vector<Job> &jobs)
    {
        std::vector<std::future<Result<void>>> ends;
        for (const Job &job : jobs) {
            auto ended = std::make_shared<std::promise<Result<void>>>();
            ends.push_back(ended->get_future());
            folder.store->finish({.kind = AttemptEnd::Kind::Complete,
                                  .jobId = job.id,
                                  .generation = job.generation,
                                  .startedDate = job.startedDate,
                                  .endedDate = folder.clock->now()},
                                 [ended](Result<void> result) { ended->set_value(std::move(result)); });
        }
        const bool all = std::ranges::all_of(ends, [](auto &end) { return end.get().ok(); });
        return all && folder.beat() && folder.beat(); // T2 rides in one of these
    }
    static QString monthPath(const StoreFolder &folder)
    {
        return folder.path() + u'/' + MonthArchive::fileName(YearMonth::of(folder.clock->now()));
    }
    static std::int64_t inMonth(const StoreFolder &folder, const char *sql)
    {
        return SqliteConnection(monthPath(folder), "mode=rw").integer(sql);
    }
};

void tst_Archiving::runsEndAtGapsAndDifferences()
{
    struct Item {
        int id;
        char kind;
    };
    const std::vector<Item> items{{1, 'a'}, {2, 'a'}, {3, 'b'}, {5, 'b'}, {5, 'b'}, {6, 'b'}, {4, 'b'}};
    QStringList runs;
    forEachIdRun(
        std::span(items), [](const Item &one, const Item &other) { return one.kind == other.kind; },
        [&](std::span<const Item> run) { runs.append(u"%1-%2"_s.arg(run.front().id).arg(run.back().id)); });
    QCOMPARE(runs, (QStringList{u"1-2"_s, u"3-3"_s, u"5-5"_s, u"5-6"_s, u"4-4"_s}));
}

void tst_Archiving::manyMoveAtOnce()
{
    StoreFolder folder;
    folder.enqueue(100, u"A"_s);
    QVERIFY(completeAll(folder, folder.claim({u"A"_s}).jobs));
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 0);
    QCOMPARE(folder.number("SELECT count(*) FROM JobSummary WHERE State = 'Completed'"), 100);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob WHERE State = 'Completed' AND Generation = 1"), 100);
}

void tst_Archiving::jobThatTheMonthRefusesHoldsUpNoNeighbour()
{
    StoreFolder folder;
    folder.enqueue(1, u"A"_s);
    QVERIFY(completeAll(folder, folder.claim({u"A"_s}).jobs)); // makes the month
    folder.enqueue(9, u"A"_s);
    const auto jobs = folder.claim({u"A"_s}).jobs;
    QCOMPARE(jobs.size(), 9U);
    SqliteConnection(monthPath(folder), "mode=rw").run("UPDATE CompletedJob SET RefId = ?", jobs.at(4).refId); // RefIds are unique there
    QVERIFY(completeAll(folder, jobs));
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob"), 9);
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 1);
    QCOMPARE(folder.number("SELECT Id FROM BackgroundJob WHERE State = 'Completed'"), jobs.at(4).id);
    QCOMPARE(folder.find(jobs.at(4).id).job()->state, JobState::Completed);
}

/// Another program puts a finished job back into the queue before it has left it.
void tst_Archiving::requeuedNeighbourIsNotDeleted()
{
    StoreFolder folder;
    folder.enqueue(3, u"A"_s);
    folder.execute("CREATE TRIGGER requeue AFTER UPDATE OF State ON BackgroundJob WHEN NEW.State = 'Completed' AND NEW.Id = 2 BEGIN "
                   "UPDATE BackgroundJob SET State = 'Queued', Readiness = 1, Generation = Generation + 1 WHERE Id = 2; END");
    QVERIFY(completeAll(folder, folder.claim({u"A"_s}).jobs));
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 1);
    QCOMPARE(folder.number("SELECT Generation FROM BackgroundJob WHERE Id = 2 AND State = 'Queued'"), 2);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob"), 2);
}

void tst_Archiving::refIdOfTheArchiveIsNamed()
{
    StoreFolder folder;
    folder.enqueue(1, u"A"_s, {.refId = u"mine"_s});
    QVERIFY(completeAll(folder, folder.claim({u"A"_s}).jobs));
    const auto refused = waitFor<QList<JobRef>>([&](auto done) {
        folder.store->enqueue({{NewJob{.name = u"B"_s}, NewJob{.name = u"C"_s, .options = {.refId = u"mine"_s}}}, {}, 0}, done);
    });
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY2(refused.error().message.contains(u"C: there is already a job with the RefId \"mine\""), qPrintable(refused.error().message));
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 0);
    QCOMPARE(folder.number("SELECT count(*) FROM JobSummary"), 1);
}

void tst_Archiving::descendantsOfAFailedJobAreCancelledInOneBatch()
{
    StoreFolder folder;
    const std::int64_t parent = folder.enqueue(u"A"_s);
    QVERIFY(folder.finish(folder.claim({u"A"_s}).jobs.front(), AttemptEnd::Kind::Fail));
    const auto made = waitFor<QList<JobRef>>([&](auto done) {
        folder.store->enqueue({{NewJob{.name = u"Child"_s, .options = {.dependsOn = parent}},
                                NewJob{.name = u"Grandchild"_s, .options = {.dependsOn = parent + 1}}, NewJob{.name = u"Other"_s}},
                               {},
                               0},
                              done);
    });
    QVERIFY(made);
    QCOMPARE(made->size(), 3);
    QCOMPARE(folder.find(made->at(0).id).summary.state, JobState::Cancelled);
    QCOMPARE(folder.find(made->at(1).id).summary.state, JobState::Cancelled);
    QCOMPARE(folder.find(made->at(2).id).summary.state, JobState::Queued);
    QVERIFY(folder.beat() && folder.beat());
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 1);
}

QTEST_GUILESS_MAIN(tst_Archiving)
#include "tst_archiving.moc"
