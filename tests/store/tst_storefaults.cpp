// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitestore.h"
#include "store/storeconformance.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <latch>
#include <thread>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// What happens to the files of a store, and what several do to them at once.
class tst_StoreFaults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void severalMakeOneStoreAtOnce();
    void blankFileBecomesAStore();
    void damagedMonthHoldsUpNoOther();
    void liveJobIsFoundBesideADamagedMonth();
    void requeueSkipsWhatItCannotRead();
    void livingHostTakesUpWhatAnotherProcessLeft();

private:
    [[nodiscard]] std::shared_ptr<JobStore> open(OpenMode mode = OpenMode::Create) const
    {
        auto store = SqliteStore::open(m_folder->path(), mode, m_clock);
        if (!store)
            qWarning().noquote() << store.error().message;
        return store ? *store : nullptr;
    }
    /// Enqueues a job at a date and cancels it at once, so that it goes to that month.
    std::int64_t cancelledAt(JobStore &store, std::chrono::sys_days day) const
    {
        m_clock->set(Timestamp(day));
        const auto refs = waitFor<QList<JobRef>>([&](auto done) { store.enqueue({{NewJob{.name = u"Any"_s}}, {}, 0}, done); });
        const std::int64_t id = refs->constFirst().id;
        (void)waitFor<QList<ActionResult>>([&](auto done) { store.cancel({.ids = {id}}, done); });
        return id;
    }
    void damage(const QString &name) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(8192, 'x'));
    }

    static constexpr auto october = std::chrono::sys_days(std::chrono::year(2026) / 10 / 5);
    static constexpr auto november = std::chrono::sys_days(std::chrono::year(2026) / 11 / 5);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeClock> m_clock = std::make_shared<FakeClock>();
};

void tst_StoreFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void tst_StoreFaults::severalMakeOneStoreAtOnce()
{
    constexpr int count = 8;
    std::array<std::shared_ptr<JobStore>, count> stores;
    {
        std::latch together(count);
        std::vector<std::jthread> threads;
        for (auto &store : stores)
            threads.emplace_back([&] {
                together.arrive_and_wait();
                store = open();
            });
    }
    for (const auto &store : stores)
        QVERIFY(store && store->info().ours);
}

/// A process that died between the file and its tables leaves nothing that would have to be removed by hand.
void tst_StoreFaults::blankFileBecomesAStore()
{
    QFile file(m_folder->filePath(u"jobs.db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(!open(OpenMode::ReadWrite));
    const auto store = open();
    QVERIFY(store && store->info().ours);
}

void tst_StoreFaults::damagedMonthHoldsUpNoOther()
{
    damage(u"jobs_2026-10.db"_s);
    const auto store = open();
    const auto old = cancelledAt(*store, october);
    const auto recent = cancelledAt(*store, november);
    const auto place = [&](std::int64_t id) {
        const auto findings = store->check(false);
        return std::any_of(findings->cbegin(), findings->cend(), [&](const CheckFinding &finding) { return finding.jobId == id; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(!place(recent), 10'000);
    QVERIFY(place(old)); // not lost: still in jobs.db, and said so
    QCOMPARE((*store->find(recent))->summary.state, JobState::Cancelled);

    QVERIFY(QFile::remove(m_folder->filePath(u"jobs_2026-10.db"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(!place(old), 20'000);
    QVERIFY((*store->find(old))->failed);
}

void tst_StoreFaults::liveJobIsFoundBesideADamagedMonth()
{
    damage(u"jobs_2026-11.db"_s);
    const auto store = open();
    m_clock->set(Timestamp(november));
    const auto refs = waitFor<QList<JobRef>>([&](auto done) { store->enqueue({{NewJob{.name = u"Any"_s}}, {}, 0}, done); });
    const auto found = store->find(refs->constFirst().id);
    QVERIFY2(found.ok(), found.ok() ? "" : qPrintable(found.error().message));
    QVERIFY((*found)->queued);
}

void tst_StoreFaults::requeueSkipsWhatItCannotRead()
{
    std::int64_t old = 0;
    std::int64_t recent = 0;
    {
        const auto store = open();
        old = cancelledAt(*store, october);
        recent = cancelledAt(*store, november);
    }
    damage(u"jobs_2026-10.db"_s);
    const auto store = open();
    const auto results = waitFor<QList<ActionResult>>([&](auto done) { store->requeue({.ids = {old, recent}}, {}, done); });
    QVERIFY2(results.ok(), results.ok() ? "" : qPrintable(results.error().message));
    QCOMPARE(results->size(), 2);
    QCOMPARE(results->at(0).code, u"unreadable"_s);
    QVERIFY(results->at(0).detail.contains(u"jobs_2026-10.db"_s));
    QVERIFY(results->at(1).done);
}

/// A process that dies between two steps does not leave a job in jobs.db until the next start of a host.
void tst_StoreFaults::livingHostTakesUpWhatAnotherProcessLeft()
{
    const auto host = open();
    damage(u"jobs_2026-11.db"_s);
    std::int64_t id = 0;
    {
        const auto other = open();
        id = cancelledAt(*other, november);
    }
    QVERIFY(QFile::remove(m_folder->filePath(u"jobs_2026-11.db"_s)));
    QVERIFY(!host->check(false)->isEmpty());
    const auto beat = [&] { return waitFor<void>([&](auto done) { host->heartbeat(u"h"_s, {}, {}, done); }).ok(); };
    QVERIFY(beat());
    QVERIFY(!host->check(false)->isEmpty()); // the other might still be about to do it
    m_clock->advance(std::chrono::minutes{2});
    QVERIFY(beat());
    QTRY_VERIFY_WITH_TIMEOUT(host->check(false)->isEmpty(), 10'000);
    QVERIFY((*host->find(id))->failed);
}

QTEST_GUILESS_MAIN(tst_StoreFaults)
#include "tst_storefaults.moc"
