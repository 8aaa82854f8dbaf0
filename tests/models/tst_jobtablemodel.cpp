// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/jobtablemodel.h"

#include "models/modelroles.h"
#include "tests/support/fakejobstore.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

Job job(std::int64_t id, JobState state = JobState::Queued)
{
    Job made;
    made.id = id;
    made.refId = u"ref%1"_s.arg(id);
    made.command = u"Resize"_s;
    made.requestType = QString(requesttype::command);
    made.state = state;
    made.createdDate = Timestamp{std::chrono::seconds{1'700'000'000 + id}};
    return made;
}

QList<Job> jobs(std::int64_t first, std::int64_t last, JobState state = JobState::Queued)
{
    QList<Job> made;
    for (std::int64_t id = first; id <= last; ++id)
        made.append(job(id, state));
    return made;
}

QString cell(const JobTableModel &model, int row, JobColumn column)
{
    return model.index(row, static_cast<int>(column)).data().toString();
}

/// The ids are those of the store's pane, newest first, and every row in sight has its contents.
bool agrees(const JobTableModel &model, const test::FakeJobStore &store)
{
    JobQuery query = model.query();
    query.limit = 1'000'000;
    const auto page = store.list(query);
    if (!page || page->jobs.size() != model.rowCount())
        return false;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.idAt(row) != page->jobs[row].id)
            return false;
    }
    return true;
}

/// Refreshes all rows and waits until they agree; by the model's signal, which is quicker than to look now and then.
bool refreshed(JobTableModel &model, const test::FakeJobStore &store)
{
    QSignalSpy statuses(&model, &JobTableModel::statusChanged);
    model.setWindow(0, model.rowCount() - 1);
    model.refresh();
    do {
        if (!statuses.wait(10'000))
            return false;
    } while (!agrees(model, store));
    return true;
}

} // namespace

class TestJobTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_shared<test::FakeJobStore>();
        m_model = std::make_unique<JobTableModel>(Pane::Queue);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void firstPageIsNewestFirst();
    void growsToTheEnd();
    void rowsKeepTheirPlaceById();
    void aChangedRowIsChangedInPlace();
    void selectionStaysWhileRowsComeAndGo();
    void aMillionRowsAreNotRead();
    void scrollingStopsTheReadUnderWay();
    void anEvictedRowIsReadAgain();
    void failureKeepsTheOldRows();
    void filterIsTheStoresAffair();
    void randomChangesAgreeWithTheStore();
    void cellsTellWhatTheyAre();

private:
    std::shared_ptr<test::FakeJobStore> m_store;
    std::unique_ptr<JobTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestJobTableModel::firstPageIsNewestFirst()
{
    QCOMPARE(m_model->status(), JobTableModel::Status::Detached);
    m_store->put(jobs(1, 20));
    m_model->setStore(m_store);
    QCOMPARE(m_model->status(), JobTableModel::Status::Loading);
    QTRY_COMPARE(m_model->status(), JobTableModel::Status::Ready);
    QCOMPARE(m_model->rowCount(), 20);
    QCOMPARE(m_model->idAt(0), 20);
    QCOMPARE(m_model->rowOf(1), 19);
    QCOMPARE(m_model->rowOf(21), -1);
    QVERIFY(m_model->isComplete());
}

void TestJobTableModel::growsToTheEnd()
{
    m_store->put(jobs(1, 3000));
    m_tester.reset(); // it would read on by itself
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->rowCount(), JobPageCache::pageSize);
    QVERIFY(!m_model->isComplete());
    QVERIFY(QTest::qWaitFor(
        [this] {
            m_model->setWindow(m_model->rowCount() - 20, m_model->rowCount() - 1);
            return m_model->isComplete();
        },
        20'000));
    QCOMPARE(m_model->rowCount(), 3000);
    QCOMPARE(m_model->idAt(2999), 1);
}

void TestJobTableModel::rowsKeepTheirPlaceById()
{
    m_store->put(jobs(1, 50));
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->rowCount(), 50);
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    const QPersistentModelIndex thirty = m_model->index(m_model->rowOf(30), 0);
    m_store->put(jobs(51, 55));
    m_store->remove({31, 32, 10});
    m_model->refresh();
    QTRY_COMPARE(m_model->rowCount(), 52);
    QVERIFY(thirty.isValid());
    QCOMPARE(thirty.data(IdRole).toLongLong(), 30);
    QCOMPARE(thirty.row(), m_model->rowOf(30));
    QCOMPARE(resets.count(), 0);
}

void TestJobTableModel::aChangedRowIsChangedInPlace()
{
    m_store->put(jobs(1, 5));
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->rowCount(), 5);
    QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
    m_store->put({job(3, JobState::Started)});
    m_model->refresh();
    QTRY_COMPARE(changes.count(), 1);
    QCOMPARE(changes.first().first().toModelIndex().row(), m_model->rowOf(3));
    QCOMPARE(cell(*m_model, m_model->rowOf(3), JobColumn::State), u"Running"_s);
    QSignalSpy statuses(m_model.get(), &JobTableModel::statusChanged);
    m_model->refresh();
    QTRY_COMPARE(statuses.count(), 1);
    QCOMPARE(changes.count(), 1);
}

void TestJobTableModel::selectionStaysWhileRowsComeAndGo()
{
    m_store->put(jobs(1, 200));
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->rowCount(), 200);
    QItemSelectionModel selection(m_model.get());
    for (const int row : {20, 21, 22, 80})
        selection.select(m_model->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    selection.setCurrentIndex(m_model->index(80, 0), QItemSelectionModel::NoUpdate);
    const QList<qint64> selected{180, 179, 178, 120};
    std::int64_t newest = 200;
    for (int round = 0; round < 30; ++round) {
        m_store->put(jobs(newest + 1, newest + 7));
        m_store->put({job(150 - round, JobState::Started)});
        m_store->remove({newest - 3, 60 - round});
        newest += 7;
        QVERIFY(refreshed(*m_model, *m_store));
        QList<qint64> now;
        for (const QModelIndex &index : selection.selectedRows())
            now.append(index.data(IdRole).toLongLong());
        std::ranges::sort(now, std::greater{});
        QCOMPARE(now, selected);
        QCOMPARE(selection.currentIndex().data(IdRole).toLongLong(), 120);
    }
}

void TestJobTableModel::aMillionRowsAreNotRead()
{
    m_store->putMany(1'000'000, [](std::int64_t id) { return job(id); });
    m_tester.reset(); // it would read every row
    QElapsedTimer timer;
    timer.start();
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->status(), JobTableModel::Status::Ready);
    QVERIFY2(timer.elapsed() < 200, qPrintable(u"first page after %1 ms"_s.arg(timer.elapsed())));
    QCOMPARE(m_model->rowCount(), JobPageCache::pageSize);
    QCOMPARE(m_model->idAt(0), 1'000'000);
}

void TestJobTableModel::scrollingStopsTheReadUnderWay()
{
    m_store->put(jobs(1, 5000));
    m_tester.reset();
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->rowCount(), JobPageCache::pageSize);
    m_store->setGate(true);
    m_model->refresh(); // hangs at the gate
    QTRY_VERIFY(m_store->listCalls() > 1);
    const int calls = m_store->listCalls();
    m_model->setStore(m_store); // what ran is stopped, its answer dropped
    QTRY_VERIFY(m_store->listCalls() > calls);
    m_store->setGate(false);
    QTRY_COMPARE(m_model->rowCount(), JobPageCache::pageSize);
    QCOMPARE(m_model->status(), JobTableModel::Status::Ready);
}

void TestJobTableModel::anEvictedRowIsReadAgain()
{
    constexpr int total = 40'000; // more than the cache keeps
    m_store->putMany(total, [](std::int64_t id) { return job(id); });
    m_tester.reset();
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->status(), JobTableModel::Status::Ready);
    QVERIFY(QTest::qWaitFor(
        [this] {
            m_model->setWindow(m_model->rowCount() - 20, m_model->rowCount() - 1);
            return m_model->isComplete();
        },
        60'000));
    QCOMPARE(m_model->rowCount(), total);
    QVERIFY(m_model->index(0, 0).data(LoadingRole).toBool());
    QCOMPARE(cell(*m_model, 0, JobColumn::Id), QString::number(total));
    m_model->setWindow(0, 30);
    QTRY_VERIFY(!m_model->index(0, 0).data(LoadingRole).toBool());
    QCOMPARE(cell(*m_model, 0, JobColumn::Name), u"Resize"_s);
}

void TestJobTableModel::failureKeepsTheOldRows()
{
    m_store->put(jobs(1, 8));
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->rowCount(), 8);
    const auto lastRead = m_model->lastRead();
    m_store->setError(Error{ErrorCode::Io, u"the file is gone"_s});
    m_model->refresh();
    QTRY_COMPARE(m_model->status(), JobTableModel::Status::Failed);
    QCOMPARE(m_model->rowCount(), 8);
    QCOMPARE(m_model->error().message, u"the file is gone"_s);
    QVERIFY(m_model->lastRead() == lastRead);
    m_store->setError({});
    m_model->refresh();
    QTRY_COMPARE(m_model->status(), JobTableModel::Status::Ready);
}

void TestJobTableModel::filterIsTheStoresAffair()
{
    m_store->put(jobs(1, 300));
    m_tester.reset();
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->rowCount(), JobPageCache::pageSize);
    m_model->setFilter({.states = {},
                        .worker = {},
                        .name = {},
                        .tag = {},
                        .batchId = {},
                        .text = u"ref7"_s,
                        .textColumns = jobcolumns::searched(Pane::Queue, {JobColumn::RefId, JobColumn::Name})});
    QCOMPARE(m_model->rowCount(), 0);
    QTRY_COMPARE(m_model->status(), JobTableModel::Status::Ready);
    QCOMPARE(m_model->rowCount(), 11); // ref7, ref70 to ref79
    QCOMPARE(m_store->queries().back().filter.text, u"ref7"_s);
    QCOMPARE(m_store->queries().back().filter.textColumns, (QStringList{u"RefId"_s, u"Command"_s, u"Request"_s}));
}

void TestJobTableModel::randomChangesAgreeWithTheStore()
{
    std::srand(7);
    m_store->put(jobs(1, 300)); // more than a page
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->status(), JobTableModel::Status::Ready);
    m_model->fetchMore({});
    QTRY_COMPARE(m_model->rowCount(), 300);
    std::int64_t newest = 300;
    for (int round = 0; round < 60; ++round) {
        QList<std::int64_t> gone;
        QList<Job> back;
        for (int change = 0; change < 12; ++change) {
            const std::int64_t id = 1 + std::rand() % newest;
            if (std::rand() % 2)
                gone.append(id);
            else
                back.append(job(id, std::rand() % 2 ? JobState::Started : JobState::Queued));
        }
        m_store->remove(gone);
        m_store->put(back);
        if (round % 3 == 0) {
            m_store->put(jobs(newest + 1, newest + 5));
            newest += 5;
        }
        QVERIFY(refreshed(*m_model, *m_store));
    }
}

void TestJobTableModel::cellsTellWhatTheyAre()
{
    Job failed = job(9, JobState::Started);
    failed.progress = 0.42;
    failed.status = u"rendering"_s;
    failed.parentId = 4;
    failed.retryLimit = 2;
    failed.attempts = 2;
    failed.replyTo = u"user:secret@https://example.org/hook"_s;
    failed.error = JobError{u"Timeout"_s, u"too slow\nsecond line"_s, {}, {}, {}};
    m_store->put({failed});
    m_model->setStore(m_store);
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(*m_model, 0, JobColumn::Progress), u"42 %  rendering"_s);
    QCOMPARE(cell(*m_model, 0, JobColumn::Attempts), u"2/3"_s);
    QCOMPARE(cell(*m_model, 0, JobColumn::ErrorCode), u"Timeout"_s);
    QCOMPARE(cell(*m_model, 0, JobColumn::ErrorMessage), u"too slow"_s);
    QVERIFY(!cell(*m_model, 0, JobColumn::ReplyTo).contains(u"secret"_s));
    QCOMPARE(m_model->index(0, static_cast<int>(JobColumn::Parent)).data(JobIdRole).toLongLong(), 4);
    QCOMPARE(m_model->index(0, 0).data(ProgressRole).toDouble(), 0.42);
    QVERIFY(!m_model->index(0, 0).data(EstimateRole).isValid());
    QVERIFY(m_model->index(0, 0).data(Qt::AccessibleTextRole).toString().startsWith(u"Running, 9, Resize, too slow"_s));

    Job estimated = job(10, JobState::Started);
    estimated.estimatedProgress = 0.35;
    Job waiting = job(11, JobState::Queued);
    waiting.status = u"of the last attempt"_s;
    waiting.error = failed.error;
    m_store->put({estimated, waiting});
    m_model->refresh();
    QTRY_COMPARE(m_model->rowCount(), 3);
    QCOMPARE(cell(*m_model, m_model->rowOf(10), JobColumn::Progress), u"≈ 35 %"_s);
    QCOMPARE(m_model->index(m_model->rowOf(10), 0).data(EstimateRole).toDouble(), 0.35);
    QCOMPARE(cell(*m_model, m_model->rowOf(11), JobColumn::Progress), u"too slow"_s);
}

QTEST_GUILESS_MAIN(TestJobTableModel)
#include "tst_jobtablemodel.moc"
