// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitestore.h"
#include "store/storeconformance.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a store keeps of the jobs that ended: statistics, and months until they are taken away.
class tst_History final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void w24_statsAddUpByNameWorkerAndHour();
    void statsCountJobsThatNeverRan();
    void statsSurviveTheTransactionThatFails();
    void rebuildGivesTheSame();
    void w26_pruneByAgeMovesFilesAndSummaries();
    void pruneKeepsAsManyJobsAsAsked();
    void ageAndCountMustAgree();
    void prunedMonthIsNotOverwritten();
    void monthsOfOtherStoresAreNotOurs();
    void dryRunChangesNothing();
    void monthOfAnUnfinishedJobStays();
    void thisMonthStays();
    void prunedMonthCanBePutBack();

private:
    std::int64_t runJob(const QString &name, const QString &worker, AttemptEnd::Kind kind, int durationMs = 5);
    [[nodiscard]] QList<JobStat> stats(const StatsQuery &query = {}) const { return m_store->stats(query).value(); }
    [[nodiscard]] PruneRequest request(std::optional<YearMonth> before, bool dryRun = false) const
    {
        return {.before = before, .folder = m_folder->filePath(u"pruned"_s), .dryRun = dryRun};
    }
    void goToMonth(int month) { m_clock->set(YearMonth{2026, month}.next().begin() - 240h); }
    [[nodiscard]] QStringList files(const QString &folder = u"."_s) const
    {
        return QDir(m_folder->filePath(folder)).entryList({u"jobs_*.db"_s}, QDir::Files, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeClock> m_clock;
    std::shared_ptr<JobStore> m_store;
};

void tst_History::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_shared<FakeClock>();
    m_store = SqliteStore::open(m_folder->path(), OpenMode::Create, m_clock).value();
}

std::int64_t tst_History::runJob(const QString &name, const QString &worker, AttemptEnd::Kind kind, int durationMs)
{
    const auto refs = waitFor<QList<JobRef>>([&](auto done) {
        m_store->enqueue({.jobs = {NewJob{.name = name, .isApi = name == u"Api", .options = {.worker = worker}}}}, done);
    });
    const auto claimed = waitFor<ClaimResult>([&](auto done) {
        m_store->claim({.hostId = u"host"_s, .poolCapacity = 1, .newLanes = 1, .commands = {u"A"_s, u"B"_s}, .apis = {u"Api"_s}}, done);
    });
    for (const Job &job : claimed->jobs) {
        const auto finished = waitFor<void>([&](auto done) {
            m_store->finish({.kind = kind,
                             .jobId = job.id,
                             .generation = job.generation,
                             .startedDate = job.startedDate,
                             .endedDate = m_clock->now(),
                             .durationMs = durationMs},
                            done);
        });
        if (!finished)
            qWarning().noquote() << finished.error().message;
    }
    return refs->first().id;
}

void tst_History::w24_statsAddUpByNameWorkerAndHour()
{
    using Kind = AttemptEnd::Kind;
    runJob(u"A"_s, {}, Kind::Complete, 100);
    runJob(u"A"_s, u"w"_s, Kind::Complete, 300);
    runJob(u"A"_s, {}, Kind::Fail);
    m_clock->advance(1h);
    runJob(u"A"_s, {}, Kind::Complete, 100);
    runJob(u"Api"_s, {}, Kind::Cancel);

    const auto byName = stats();
    QCOMPARE(byName.size(), 2);
    QCOMPARE(byName.at(0).name, u"A"_s);
    QCOMPARE(byName.at(0).completed, 3);
    QCOMPARE(byName.at(0).failed, 1);
    QCOMPARE(byName.at(0).hour, std::nullopt);
    QCOMPARE(byName.at(0).durations.runs(), 3);
    QVERIFY(std::abs(byName.at(0).durations.percentile(0.5).value() - 100) <= 6);
    QCOMPARE(byName.at(1).name, u"Api"_s);
    QVERIFY(byName.at(1).isApi);
    QCOMPARE(byName.at(1).cancelled, 1);

    const auto byWorker = stats({.byName = false, .byWorker = true});
    QCOMPARE(byWorker.size(), 2);
    QCOMPARE(byWorker.at(0).worker, QString());
    QCOMPARE(byWorker.at(0).completed, 2);
    QCOMPARE(byWorker.at(1).worker, u"w"_s);
    QCOMPARE(byWorker.at(1).completed, 1);

    const auto byHour = stats({.byHour = true, .byName = false});
    QCOMPARE(byHour.size(), 2);
    QCOMPARE(byHour.at(0).completed, 2);
    QCOMPARE(*byHour.at(1).hour - *byHour.at(0).hour, Ticks(1h));

    const auto lastHour = stats({.from = m_clock->now(), .byName = false});
    QCOMPARE(lastHour.size(), 1);
    QCOMPARE(lastHour.at(0).completed, 1);
    QCOMPARE(stats({.from = m_clock->now() + 20min, .byName = false}).size(), 1); // hours are counted, not minutes
    QCOMPARE(stats({.until = m_clock->now() + 20min, .byName = false}).at(0).completed, 2);
}

void tst_History::statsCountJobsThatNeverRan()
{
    const auto refs = waitFor<QList<JobRef>>([&](auto done) { m_store->enqueue({.jobs = {NewJob{.name = u"A"_s}}}, done); });
    const auto cancelled
        = waitFor<QList<ActionResult>>([&](auto done) { m_store->cancel({.ids = {refs->first().id}, .filter = {}, .month = {}}, done); });
    QVERIFY(cancelled->first().done);
    const auto all = stats();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first().cancelled, 1);
    QCOMPARE(all.first().durations.runs(), 0);
}

void tst_History::statsSurviveTheTransactionThatFails()
{
    const std::int64_t id = runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    const auto again
        = waitFor<void>([&](auto done) { m_store->finish({.kind = AttemptEnd::Kind::Complete, .jobId = id, .generation = 1}, done); });
    QVERIFY(!again);
    QCOMPARE(stats().first().completed, 1);
}

void tst_History::rebuildGivesTheSame()
{
    for (int hour = 0; hour < 3; ++hour) {
        runJob(u"A"_s, u"w"_s, AttemptEnd::Kind::Complete, 10 * (hour + 1));
        runJob(u"B"_s, {}, AttemptEnd::Kind::Fail);
        m_clock->advance(1h);
    }
    const StatsQuery each{.byHour = true, .byName = true, .byWorker = true};
    const auto kept = stats(each);
    QVERIFY(m_store->rebuildStats());
    const auto rebuilt = stats(each);

    QCOMPARE(rebuilt.size(), kept.size());
    for (qsizetype i = 0; i < kept.size(); ++i) {
        QCOMPARE(rebuilt.at(i).hour, kept.at(i).hour);
        QCOMPARE(rebuilt.at(i).name, kept.at(i).name);
        QCOMPARE(rebuilt.at(i).worker, kept.at(i).worker);
        QCOMPARE(rebuilt.at(i).completed, kept.at(i).completed);
        QCOMPARE(rebuilt.at(i).failed, kept.at(i).failed);
        QVERIFY(rebuilt.at(i).durations == kept.at(i).durations);
    }
}

void tst_History::w26_pruneByAgeMovesFilesAndSummaries()
{
    for (const int month : {7, 8, 9}) {
        goToMonth(month);
        runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
        runJob(u"A"_s, {}, AttemptEnd::Kind::Fail);
    }
    goToMonth(11);

    const auto pruned = m_store->prune(request(YearMonth{2026, 9}));

    QVERIFY2(pruned, pruned ? "" : qPrintable(pruned.error().message));
    QCOMPARE(pruned->size(), 2);
    QCOMPARE(pruned->first().month, (YearMonth{2026, 7}));
    QCOMPARE(pruned->first().jobs, 2);
    QVERIFY(pruned->first().bytes > 0);
    QCOMPARE(files(u"pruned"_s), (QStringList{u"jobs_2026-07.db"_s, u"jobs_2026-08.db"_s}));
    QCOMPARE(files(), QStringList{u"jobs_2026-09.db"_s});
    QCOMPARE(m_store->list({.pane = Pane::All})->jobs.size(), 2);
    QCOMPARE(m_store->check(false)->size(), 0);
}

void tst_History::pruneKeepsAsManyJobsAsAsked()
{
    for (const int month : {7, 8, 9}) {
        goToMonth(month);
        runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
        runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    }
    goToMonth(11);
    PruneRequest three = request({});
    three.keepJobs = 3;

    QCOMPARE(m_store->prune(three)->size(), 1);
    QCOMPARE(files(), (QStringList{u"jobs_2026-08.db"_s, u"jobs_2026-09.db"_s}));
}

void tst_History::ageAndCountMustAgree()
{
    for (const int month : {7, 8, 9}) {
        goToMonth(month);
        runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    }
    goToMonth(11);
    PruneRequest both = request(YearMonth{2026, 8});
    both.keepJobs = 1;

    QCOMPARE(m_store->prune(both)->size(), 1);
    QCOMPARE(files(), (QStringList{u"jobs_2026-08.db"_s, u"jobs_2026-09.db"_s}));
}

/// A month may come again, as after a clock that was set back, and two stores may be pruned into one folder.
void tst_History::prunedMonthIsNotOverwritten()
{
    goToMonth(7);
    runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    goToMonth(11);
    QCOMPARE(m_store->prune(request(YearMonth{2026, 9}))->size(), 1);
    goToMonth(7);
    const auto again = runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    goToMonth(11);

    for (const bool dryRun : {true, false}) {
        const auto refused = m_store->prune(request(YearMonth{2026, 9}, dryRun));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QVERIFY(refused.error().message.contains(u"pruned/jobs_2026-07.db exists already"_s));
    }
    QVERIFY(m_store->find(again)->has_value());
    QCOMPARE(m_store->check(false)->size(), 0);
}

void tst_History::monthsOfOtherStoresAreNotOurs()
{
    goToMonth(7);
    runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    goToMonth(11);
    QCOMPARE(m_store->prune(request(YearMonth{2026, 9}))->size(), 1);

    // One job waits, the other's month has been lost: there is no file of July.
    const QTemporaryDir otherFolder;
    auto other = *SqliteStore::open(otherFolder.path(), OpenMode::Create, m_clock);
    goToMonth(7);
    const NewJob job{.name = u"A"_s, .force = true};
    QVERIFY(waitFor<QList<JobRef>>([&](auto done) { other->enqueue({{job, job}, {}, 0}, done); }));
    const auto countAfterPrune = [&] {
        const auto pruned = other->prune(request(YearMonth{2026, 9}));
        return pruned && pruned->isEmpty() ? other->list({.pane = Pane::All})->jobs.size() : -1;
    };
    goToMonth(11);
    QCOMPARE(countAfterPrune(), 2);
    for (const std::int64_t id : {1, 2})
        QVERIFY(waitFor<QList<ActionResult>>([&](auto done) { other->cancel({.ids = {id}, .filter = {}, .month = {}}, done); }));
    other.reset();
    QVERIFY(QFile::remove(otherFolder.filePath(u"jobs_2026-07.db"_s)));
    other = *SqliteStore::open(otherFolder.path(), OpenMode::Create, m_clock);
    QCOMPARE(countAfterPrune(), 2);
}

void tst_History::dryRunChangesNothing()
{
    goToMonth(7);
    runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    goToMonth(11);

    const auto wouldBe = m_store->prune(request(YearMonth{2026, 9}, true));

    QCOMPARE(wouldBe->size(), 1);
    QVERIFY(!QDir(m_folder->path()).exists(u"pruned"_s));
    QCOMPARE(files().size(), 1);
    QCOMPARE(m_store->list({.pane = Pane::All})->jobs.size(), 1);
}

void tst_History::monthOfAnUnfinishedJobStays()
{
    goToMonth(7);
    const std::int64_t failed = runJob(u"A"_s, {}, AttemptEnd::Kind::Fail);
    runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    goToMonth(11);
    const auto requeued
        = waitFor<QList<ActionResult>>([&](auto done) { m_store->requeue({.ids = {failed}, .filter = {}, .month = {}}, {}, done); });
    QVERIFY(requeued->first().done);

    QCOMPARE(m_store->prune(request(YearMonth{2026, 9}))->size(), 0);
    QCOMPARE(files(), QStringList{u"jobs_2026-07.db"_s});
}

void tst_History::thisMonthStays()
{
    goToMonth(11);
    runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    QCOMPARE(m_store->prune(request(YearMonth{2027, 1}))->size(), 0);
    QCOMPARE(files(), QStringList{u"jobs_2026-11.db"_s});
}

void tst_History::prunedMonthCanBePutBack()
{
    goToMonth(7);
    const std::int64_t id = runJob(u"A"_s, {}, AttemptEnd::Kind::Complete);
    goToMonth(11);
    QCOMPARE(m_store->prune(request(YearMonth{2026, 9}))->size(), 1);
    QVERIFY(!m_store->find(id)->has_value());

    QVERIFY(QFile::rename(m_folder->filePath(u"pruned/jobs_2026-07.db"_s), m_folder->filePath(u"jobs_2026-07.db"_s)));
    const auto repaired = m_store->check(true);
    QVERIFY(repaired);

    QVERIFY(m_store->find(id)->has_value());
    QCOMPARE(m_store->check(false)->size(), 0);
}

QTEST_APPLESS_MAIN(tst_History)
#include "tst_history.moc"
