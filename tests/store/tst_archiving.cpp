// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/idruns.h"
#include "engine/store/sqlite/montharchive.h"
#include "support/storefolder.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <functional>
#include <future>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Jobs are made, claimed and moved to their month by statements for many rows: what is wrong with one row is that row's alone.
class tst_Archiving final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsEndAtGapsAndDifferences();
    void manyMoveAtOnce();
    void jobThatTheMonthRefusesHoldsUpNoNeighbour();
    void requeuedNeighbourIsNotDeleted();
    void neighbourThatIsNoLongerFinishedIsLeftAlone();
    void attemptsMoveWithTheirJobs();
    void neighboursOfAllStatesMoveAtOnce();
    void begunJobIsClaimedAmongItsNeighbours();
    void refIdOfTheArchiveIsNamed();
    void descendantsOfAFailedJobAreCancelledInOneBatch();

private:
    using KindOf = std::function<AttemptEnd::Kind(const Job &)>;

    /// Ends all at once; true if each was recorded and what followed is done. Another program has the write lock meanwhile, so
    /// that the writer, which waits for it, finds all but the first few together.
    static bool endAll(const StoreFolder &folder, const std::vector<Job> &jobs, const KindOf &kindOf)
    {
        std::vector<std::future<Result<void>>> ends;
        {
            SqliteConnection other(folder.queuePath(), "mode=rw");
            SqliteTransaction held(other, SqliteTransaction::Kind::Write);
            for (const Job &job : jobs) {
                auto ended = std::make_shared<std::promise<Result<void>>>();
                ends.push_back(ended->get_future());
                folder.store->finish(folder.endOf(job, kindOf(job)), [ended](Result<void> result) { ended->set_value(std::move(result)); });
            }
        }
        const bool all = std::ranges::all_of(ends, [](auto &end) { return end.get().ok(); });
        return all && folder.beat() && folder.beat() && folder.beat(); // T2 rides in one of these, and what it leaves to do
    }
    static bool endAll(const StoreFolder &folder, const std::vector<Job> &jobs, AttemptEnd::Kind kind)
    {
        return endAll(folder, jobs, [kind](const Job &) { return kind; });
    }
    /// Claims and ends `count` jobs more.
    static bool runNew(const StoreFolder &folder, std::size_t count, AttemptEnd::Kind kind = AttemptEnd::Kind::Complete)
    {
        folder.enqueue(count, u"A"_s);
        return runAll(folder, kind);
    }
    static bool runAll(const StoreFolder &folder, AttemptEnd::Kind kind = AttemptEnd::Kind::Complete)
    {
        return endAll(folder, folder.claim({u"A"_s}).jobs, kind);
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
    QVERIFY(runNew(folder, 100));
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 0);
    QCOMPARE(folder.number("SELECT count(*) FROM JobSummary WHERE State = 'Completed'"), 100);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob WHERE State = 'Completed' AND Generation = 1"), 100);
}

void tst_Archiving::jobThatTheMonthRefusesHoldsUpNoNeighbour()
{
    StoreFolder folder;
    QVERIFY(runNew(folder, 1)); // makes the month
    folder.enqueue(99, u"A"_s);
    const auto jobs = folder.claim({u"A"_s}).jobs;
    QCOMPARE(jobs.size(), 99U);
    const Job &refused = jobs.at(97);
    SqliteConnection(monthPath(folder), "mode=rw").run("UPDATE CompletedJob SET RefId = ?", refused.refId); // RefIds are unique there
    QVERIFY(endAll(folder, jobs, AttemptEnd::Kind::Complete));
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob"), 99);
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 1);
    QCOMPARE(folder.number("SELECT Id FROM BackgroundJob WHERE State = 'Completed'"), refused.id);
    QCOMPARE(folder.find(refused.id).job()->state, JobState::Completed);
}

/// A trigger requeues a job between its copy to the month and its delete, as another process may.
void tst_Archiving::requeuedNeighbourIsNotDeleted()
{
    StoreFolder folder;
    folder.execute("CREATE TRIGGER requeue BEFORE DELETE ON BackgroundJob WHEN OLD.Id = 98 BEGIN "
                   "UPDATE BackgroundJob SET State = 'Queued', Readiness = 1, Generation = Generation + 1 WHERE Id = 98; "
                   "SELECT RAISE(IGNORE); END");
    folder.open(); // a trigger is known to statements that are prepared after it
    QVERIFY(runNew(folder, 100));
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 1);
    QCOMPARE(folder.number("SELECT Generation FROM BackgroundJob WHERE Id = 98 AND State = 'Queued'"), 2);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob"), 99);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob WHERE Id = 98"), 0);
    QCOMPARE(folder.number("SELECT count(*) FROM StaleArchive"), 0);
}

/// Of a program that knows no generations: nothing of the job is touched.
void tst_Archiving::neighbourThatIsNoLongerFinishedIsLeftAlone()
{
    StoreFolder folder;
    QVERIFY(runNew(folder, 100, AttemptEnd::Kind::Retry));
    folder.execute("CREATE TRIGGER again AFTER UPDATE OF State ON BackgroundJob WHEN NEW.Id = 98 AND NEW.State = 'Completed' BEGIN "
                   "UPDATE BackgroundJob SET State = 'Started' WHERE Id = 98; END");
    folder.open();
    QVERIFY(runAll(folder));
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 1);
    QCOMPARE(folder.number("SELECT count(*) FROM JobAttempt"), 1);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob"), 99);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM JobAttempt"), 99);
}

void tst_Archiving::attemptsMoveWithTheirJobs()
{
    StoreFolder folder;
    QVERIFY(runNew(folder, 50, AttemptEnd::Kind::Retry));
    QCOMPARE(folder.number("SELECT count(*) FROM JobAttempt"), 50);
    QVERIFY(runNew(folder, 50));
    QCOMPARE(folder.number("SELECT count(*) FROM JobAttempt"), 0);
    QCOMPARE(inMonth(folder, "SELECT count(DISTINCT JobId) FROM JobAttempt WHERE JobId <= 50"), 50);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob"), 100);
}

void tst_Archiving::neighboursOfAllStatesMoveAtOnce()
{
    StoreFolder folder;
    folder.enqueue(99, u"A"_s);
    const std::array kinds{AttemptEnd::Kind::Complete, AttemptEnd::Kind::Fail, AttemptEnd::Kind::Cancel};
    QVERIFY(
        endAll(folder, folder.claim({u"A"_s}).jobs, [&](const Job &job) { return kinds.at(static_cast<std::size_t>(job.id / 2 % 3)); }));
    QCOMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 0);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM CompletedJob WHERE State = 'Completed' AND Id / 2 % 3 = 0"), 33);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM FailedJob WHERE State = 'Failed' AND Id / 2 % 3 = 1"), 34);
    QCOMPARE(inMonth(folder, "SELECT count(*) FROM FailedJob WHERE State = 'Cancelled' AND Id / 2 % 3 = 2"), 32);
}

/// A job of which only the callback is left among others, one claim for all.
void tst_Archiving::begunJobIsClaimedAmongItsNeighbours()
{
    StoreFolder folder;
    folder.enqueue(3, u"A"_s);
    const auto first = folder.claim({u"A"_s}).jobs;
    QCOMPARE(first.size(), 3U);
    QVERIFY(folder.finish(first.at(1), AttemptEnd::Kind::Execute));
    QVERIFY(endAll(folder, first, AttemptEnd::Kind::Refund));
    folder.clock->advance(1h);
    const auto again = folder.claim({u"A"_s}).jobs;
    QCOMPARE(again.size(), 3U);
    for (const Job &job : again) {
        const bool begun = job.id == first.at(1).id;
        QCOMPARE(job.state, begun ? JobState::Executed : JobState::Started);
        const auto row = folder.find(job.id);
        QCOMPARE(row.job()->state, job.state);
        QCOMPARE(row.job()->generation, job.generation);
        QCOMPARE(row.job()->startedDate, begun ? first.at(1).startedDate : folder.clock->now());
    }
}

void tst_Archiving::refIdOfTheArchiveIsNamed()
{
    StoreFolder folder;
    folder.enqueue(1, u"A"_s, {.refId = u"mine"_s});
    QVERIFY(runAll(folder));
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
