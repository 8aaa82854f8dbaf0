// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/joblog.h"
#include "engine/store/sqlite/montharchive.h"
#include "support/storefolder.h"

#include <QDir>
#include <QTest>

#include <sqlite3.h>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// What becomes of log lines: kept while their job lives, pruned later, each looked at a fixed number of times.
class tst_JobLog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void linesOfARunningJobAreLookedAtOnce();
    void linesOfARunningJobGoOnceItHasEnded();
    void linesOfAnEndedJobAreThereUntilItHasMoved();
    void linesOfAJobGoTogether();
    void linesOfARequeuedJobStay();
    void storeOfAnEarlierVersionIsUpgraded();

private:
    void log(std::int64_t job, int lines, const QString &message = u"line"_s) const
    {
        QList<LogLine> all;
        for (int i = 0; i < lines; ++i)
            all.append({.jobId = job, .date = m_folder->clock->now(), .message = message});
        m_folder->store->appendLog(all);
    }
    /// Beats until nothing is left to prune.
    void prune() const
    {
        for (std::int64_t before = -1, now = lines(); before != now; now = lines()) {
            before = now;
            for (int i = 0; i < 3; ++i)
                QVERIFY(m_folder->beat());
        }
    }
    [[nodiscard]] std::int64_t lines() const { return m_folder->number("SELECT count(*) FROM JobLogLine"); }
    [[nodiscard]] std::int64_t linesOf(std::int64_t job) const
    {
        return m_folder->number("SELECT count(*) FROM JobLogLine WHERE JobId = " + QByteArray::number(static_cast<qlonglong>(job)));
    }

    static constexpr int kept = 20'000;
    std::unique_ptr<StoreFolder> m_folder;
};

void tst_JobLog::init()
{
    m_folder = std::make_unique<StoreFolder>();
}

void tst_JobLog::linesOfARunningJobAreLookedAtOnce()
{
    const std::int64_t running = m_folder->enqueue(u"A"_s);
    QCOMPARE(m_folder->claim({u"A"_s}).jobs.size(), 1U);
    log(running, 2 * kept);
    prune();
    QCOMPARE(linesOf(running), 2 * kept);

    // A beat more costs as good as nothing, however many old lines the job has.
    SqliteConnection db(m_folder->queuePath(), "mode=rw");
    int steps = 0;
    sqlite3_progress_handler(
        db.handle(), 100, [](void *count) { return ++*static_cast<int *>(count), 0; }, &steps);
    joblog::prune(db);
    QVERIFY2(steps < 20, qPrintable(QString::number(steps)));
}

void tst_JobLog::linesOfARunningJobGoOnceItHasEnded()
{
    const std::int64_t running = m_folder->enqueue(u"A"_s);
    const auto claimed = m_folder->claim({u"A"_s});
    log(running, 12'000);
    log(4711, kept); // of a job that is gone
    prune();
    QCOMPARE(linesOf(running), 12'000);
    QCOMPARE(m_folder->store->logs(running, 0, 100'000)->size(), 12'000);
    QVERIFY(m_folder->finish(claimed.jobs.front(), AttemptEnd::Kind::Complete));
    m_folder->store->endHosting(); // the job has moved
    prune();
    QCOMPARE(linesOf(running), 0);
    QCOMPARE(lines(), kept);
    QCOMPARE(m_folder->number("SELECT count(*) FROM PrunableLog"), 0);
    QCOMPARE(m_folder->store->logs(running, 0, 100'000)->size(), 12'000); // as its month has them
}

/// Its row has no more than 1 MB of them, and its month none yet.
void tst_JobLog::linesOfAnEndedJobAreThereUntilItHasMoved()
{
    const QString month = MonthArchive::fileName(YearMonth::of(m_folder->clock->now()));
    QVERIFY(QDir(m_folder->path()).mkdir(month)); // it cannot move
    const std::int64_t id = m_folder->enqueue(u"A"_s);
    const auto claimed = m_folder->claim({u"A"_s});
    log(id, 12'000, QString(100, u'x'));
    log(4711, kept);
    prune();
    QVERIFY(m_folder->finish(claimed.jobs.front(), AttemptEnd::Kind::Complete));
    QCOMPARE(m_folder->store->logs(id, 0, 100'000)->size(), 12'000);
    QCOMPARE(m_folder->store->logs(id, 0, 100'000)->last().message, QString(100, u'x'));
}

/// Its log is whole, be it made of lines or of what its month has.
void tst_JobLog::linesOfAJobGoTogether()
{
    constexpr int lines = kept + 12'000;
    const std::int64_t id = m_folder->enqueue(u"A"_s);
    const auto claimed = m_folder->claim({u"A"_s});
    log(id, lines);
    prune();
    QVERIFY(m_folder->finish(claimed.jobs.front(), AttemptEnd::Kind::Complete));
    m_folder->store->endHosting();
    prune();
    QCOMPARE(linesOf(id), lines); // the last are among the newest
    QCOMPARE(m_folder->store->logs(id, 0, 100'000)->size(), lines);
    log(4711, kept);
    for (int beats = 0; beats < 20 && linesOf(id) == lines; ++beats)
        QVERIFY(m_folder->beat());
    QVERIFY(linesOf(id) < lines && linesOf(id) > 0);
    QCOMPARE(m_folder->store->logs(id, 0, 100'000)->size(), lines); // of the month from now on
    prune();
    QCOMPARE(linesOf(id), 0);
    QCOMPARE(m_folder->store->logs(id, 0, 100'000)->size(), lines);
}

void tst_JobLog::linesOfARequeuedJobStay()
{
    const std::int64_t id = m_folder->enqueue(u"A"_s);
    auto claimed = m_folder->claim({u"A"_s});
    log(id, 5'000);
    log(4711, kept);
    prune();
    QVERIFY(m_folder->finish(claimed.jobs.front(), AttemptEnd::Kind::Fail));
    m_folder->store->endHosting();
    QVERIFY(waitFor<QList<ActionResult>>([&](auto done) { m_folder->store->requeue({.ids = {id}}, {}, done); })->first().done);
    claimed = m_folder->claim({u"A"_s});
    QCOMPARE(claimed.jobs.size(), 1U);
    log(id, 3'000);
    log(4711, kept);
    prune();
    QCOMPARE(linesOf(id), 3'000);
}

void tst_JobLog::storeOfAnEarlierVersionIsUpgraded()
{
    m_folder->store.reset();
    m_folder->execute(
        "DROP TABLE PrunableLog; DROP INDEX idx_backgroundjob_begun; UPDATE StintStore SET Value = '1' WHERE Key = 'schemaVersion'");
    m_folder->open();
    QVERIFY(m_folder->beat());
    QCOMPARE(m_folder->number("SELECT count(*) FROM sqlite_schema WHERE name IN ('PrunableLog', 'idx_backgroundjob_begun')"), 2);
    QVERIFY(m_folder->number("SELECT CAST(Value AS INTEGER) FROM StintStore WHERE Key = 'schemaVersion'") >= 2);
}

QTEST_GUILESS_MAIN(tst_JobLog)
#include "tst_joblog.moc"
