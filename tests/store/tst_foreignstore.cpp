// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/rowjournal.h"
#include "engine/store/sqlite/sqlitestore.h"
#include "store/storeconformance.h"
#include "support/foreignfolder.h"

#include <QFile>
#include <QTest>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What may be done to a store that ServiceStack has made, while its application runs and while it does not.
class tst_ForeignStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void enqueueWritesItsColumnsOnly_data() { addFolders(); }
    void enqueueWritesItsColumnsOnly();
    void enqueueTakesTheRequestTypeOfEarlierJobs();
    void enqueueRefusesAllOrNothing_data();
    void enqueueRefusesAllOrNothing();
    void requeueMovesTheRowBack_data() { addFolders(); }
    void requeueMovesTheRowBack();
    void requeueSavesTheOldRow();
    void requeueTellsWhyNot();
    void requeueByFilter();
    void w05_requeueLeavesNoCopyBehind();
    void cancelBesideItsApplication();
    void cancelWhileItsApplicationIsDown();
    void cancelMakesAMonthAsItsApplicationWould();
    void nothingIsDoneIfTheOldRowCannotBeSaved();
    void filesKeepTheirJournalMode_data() { addFolders(); }
    void filesKeepTheirJournalMode();
    void adoptionByAnotherProcessIsNoticed_data();
    void adoptionByAnotherProcessIsNoticed();

private:
    static void addFolders();
    void open(const QString &data = u"servicestack-sqlite"_s, OpenMode mode = OpenMode::ReadWrite);
    [[nodiscard]] Result<QList<JobRef>> enqueue(std::vector<NewJob> jobs)
    {
        return waitFor<QList<JobRef>>([&](auto done) { m_store->enqueue({std::move(jobs), {}, 0}, done); });
    }
    [[nodiscard]] QList<ActionResult> cancel(JobSelection selection)
    {
        const auto results = waitFor<QList<ActionResult>>([&](auto done) { m_store->cancel(std::move(selection), done); });
        return results ? *results : QList<ActionResult>{};
    }
    [[nodiscard]] QList<ActionResult> requeue(JobSelection selection, RequeueEdit edit = {})
    {
        const auto results
            = waitFor<QList<ActionResult>>([&](auto done) { m_store->requeue(std::move(selection), std::move(edit), done); });
        return results ? *results : QList<ActionResult>{};
    }

    std::unique_ptr<ForeignFolder> m_folder;
    std::shared_ptr<FakeClock> m_clock;
    std::shared_ptr<JobStore> m_store;
    QTemporaryDir m_state;
};

void tst_ForeignStore::addFolders()
{
    QTest::addColumn<QString>("data");
    QTest::addColumn<std::int64_t>("failed");
    QTest::newRow("10.1") << u"servicestack-sqlite"_s << std::int64_t{244};
    QTest::newRow("8.8") << u"servicestack-jsv"_s << std::int64_t{116};
    QTest::newRow("killed") << u"servicestack-killed"_s << std::int64_t{244};
}

void tst_ForeignStore::init()
{
    QVERIFY(m_state.isValid());
    qputenv("XDG_STATE_HOME", m_state.path().toLocal8Bit());
    QFile::remove(RowJournal::path());
    m_clock = std::make_shared<FakeClock>();
}

void tst_ForeignStore::cleanup()
{
    m_store.reset();
    m_folder.reset();
}

void tst_ForeignStore::open(const QString &data, OpenMode mode)
{
    m_folder = std::make_unique<ForeignFolder>(data);
    auto store = SqliteStore::open(m_folder->path(), mode, m_clock);
    QVERIFY2(store.ok(), store.ok() ? "" : qPrintable(store.error().message));
    m_store = *store;
    QVERIFY(!m_store->info().ours);
}

void tst_ForeignStore::enqueueWritesItsColumnsOnly()
{
    QFETCH(QString, data);
    open(data);
    const QString tables = m_folder->schema(u"jobs.db"_s);
    const auto refs = enqueue({NewJob{.name = u"SendInvoice"_s,
                                      .requestBody = "{\"n\":1.10}",
                                      .options = {.worker = u"smtp"_s,
                                                  .runAfter = m_clock->now() + 1h,
                                                  .retryLimit = 4,
                                                  .timeout = 30s,
                                                  .tag = u"t"_s,
                                                  .args = StringMap{{u"k"_s, u"v"_s}}}},
                               NewJob{.name = u"Thumbnail"_s, .isApi = true}});
    QVERIFY2(refs.ok(), refs.ok() ? "" : qPrintable(refs.error().message));
    const QString now = QString::fromLatin1(toStoreText(m_clock->now()));
    const auto row = m_folder->row(u"jobs.db"_s, "BackgroundJob", refs->first().id);
    QCOMPARE(row.value(u"State"_s), u"Queued"_s);
    QCOMPARE(row.value(u"Attempts"_s), 1);
    QVERIFY(row.value(u"RequestId"_s).isNull()); // its application takes what has none
    QCOMPARE(row.value(u"RefId"_s), refs->first().refId);
    QCOMPARE(row.value(u"CreatedDate"_s), now);
    QCOMPARE(row.value(u"LastActivityDate"_s), now);
    QCOMPARE(row.value(u"RunAfter"_s), QString::fromLatin1(toStoreText(m_clock->now() + 1h)));
    QCOMPARE(row.value(u"RequestType"_s), u"CMD"_s);
    QCOMPARE(row.value(u"RequestBody"_s), u"{\"n\":1.10}"_s);
    QCOMPARE(row.value(u"Worker"_s), u"smtp"_s);
    QCOMPARE(row.value(u"TimeoutSecs"_s), 30);
    QCOMPARE(row.value(u"Args"_s), u"{\"k\":\"v\"}"_s);
    const auto summary = m_folder->row(u"jobs.db"_s, "JobSummary", refs->first().id);
    QCOMPARE(summary.value(u"RefId"_s), refs->first().refId);
    QCOMPARE(summary.value(u"State"_s), u"Queued"_s);
    const auto api = m_folder->row(u"jobs.db"_s, "BackgroundJob", refs->last().id);
    QCOMPARE(api.value(u"Request"_s), u"Thumbnail"_s);
    QVERIFY(api.value(u"Command"_s).isNull());
    QCOMPARE(m_folder->schema(u"jobs.db"_s), tables);
    QVERIFY((*m_store->find(refs->first().id))->queued);
}

void tst_ForeignStore::enqueueTakesTheRequestTypeOfEarlierJobs()
{
    open();
    const auto refs = enqueue({NewJob{.name = u"SendInvoice"_s}, NewJob{.name = u"Nobody"_s}});
    QVERIFY(refs.ok());
    QCOMPARE((*m_store->find(refs->first().id))->queued->request, u"Invoice"_s);
    QCOMPARE((*m_store->find(refs->last().id))->queued->request, u"NoArgs"_s);
}

void tst_ForeignStore::enqueueRefusesAllOrNothing_data()
{
    QTest::addColumn<NewJob>("wrong");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("priority") << NewJob{.name = u"A"_s, .options = {.priority = 1}} << ErrorCode::InvalidArgument;
    QTest::newRow("unique key") << NewJob{.name = u"A"_s, .options = {.uniqueKey = u"k"_s}} << ErrorCode::InvalidArgument;
    QTest::newRow("backoff") << NewJob{.name = u"A"_s, .options = {.backoff = RetryPolicy{}}} << ErrorCode::InvalidArgument;
    QTest::newRow("no such parent") << NewJob{.name = u"A"_s, .options = {.dependsOn = 99'999}} << ErrorCode::NotFound;
    QTest::newRow("failed parent") << NewJob{.name = u"A"_s, .options = {.dependsOn = 244}} << ErrorCode::Conflict;
    QTest::newRow("no name") << NewJob{} << ErrorCode::InvalidArgument;
}

void tst_ForeignStore::enqueueRefusesAllOrNothing()
{
    QFETCH(NewJob, wrong);
    QFETCH(ErrorCode, code);
    open();
    const auto refused = enqueue({NewJob{.name = u"A"_s}, wrong});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, code);
    QCOMPARE(m_store->list({.pane = Pane::All, .limit = 1})->jobs.first().id, 310);
    const auto taken = (*m_store->find(244))->summary.refId;
    QCOMPARE(enqueue({NewJob{.name = u"A"_s, .options = {.refId = taken}}}).error().code, ErrorCode::Conflict);
}

void tst_ForeignStore::requeueMovesTheRowBack()
{
    QFETCH(QString, data);
    QFETCH(std::int64_t, failed);
    open(data);
    const auto old = **m_store->find(failed);
    QVERIFY(old.failed);
    const QString month = u"jobs_%1.db"_s.arg(YearMonth::of(old.summary.createdDate).toText());
    const auto before = m_folder->row(month, "FailedJob", failed);
    const auto results = requeue({.ids = {failed}}, {.requestBody = QByteArray("{\"edited\":true}")});
    QCOMPARE(results.size(), 1);
    QVERIFY2(results.first().done, qPrintable(results.first().detail));
    QVERIFY(m_folder->row(month, "FailedJob", failed).isEmpty());
    const auto row = m_folder->row(u"jobs.db"_s, "BackgroundJob", failed);
    QCOMPARE(row.value(u"State"_s), u"Queued"_s);
    QCOMPARE(row.value(u"Attempts"_s), 1);
    QCOMPARE(row.value(u"DurationMs"_s), 0);
    for (const QString &column :
         {u"RequestId"_s, u"CompletedDate"_s, u"NotifiedDate"_s, u"Error"_s, u"ErrorCode"_s, u"Logs"_s, u"StartedDate"_s, u"Response"_s})
        QVERIFY2(row.value(column).isNull(), qPrintable(column)); // with a CompletedDate it would never run (W9)
    QCOMPARE(row.value(u"RequestBody"_s), u"{\"edited\":true}"_s);
    QCOMPARE(row.value(u"LastActivityDate"_s), QString::fromLatin1(toStoreText(m_clock->now())));
    for (const QString &column :
         {u"RefId"_s, u"Command"_s, u"Request"_s, u"CreatedDate"_s, u"Worker"_s, u"Args"_s, u"RetryLimit"_s, u"ReplyTo"_s})
        QCOMPARE(row.value(column), before.value(column));
    const auto summary = m_folder->row(u"jobs.db"_s, "JobSummary", failed);
    QCOMPARE(summary.value(u"State"_s), u"Queued"_s); // W22
    QVERIFY(summary.value(u"ErrorMessage"_s).isNull());
    const auto found = **m_store->find(failed);
    QVERIFY(found.queued && !found.failed);
    QCOMPARE(requeue({.ids = {failed}}).first().code, u"notFinished"_s);
}

void tst_ForeignStore::requeueSavesTheOldRow()
{
    open(u"servicestack-wcf"_s); // stack traces: quotes and line ends
    const Job old = m_store->list({.pane = Pane::Failed, .limit = 1, .detail = RowDetail::Full})->jobs.first();
    const QString month = u"jobs_%1.db"_s.arg(YearMonth::of(old.createdDate).toText());
    const auto before = m_folder->row(month, "FailedJob", old.id);
    QVERIFY(requeue({.ids = {old.id}}).first().done);
    QFile saved(RowJournal::path());
    QVERIFY(saved.open(QIODevice::ReadOnly));
    const QByteArray statements = saved.readAll();
    QVERIFY2(statements.contains(month.toUtf8()), statements);
    QVERIFY(!(saved.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    m_folder->execute(month, statements);
    QCOMPARE(m_folder->row(month, "FailedJob", old.id), before); // the statement puts it back as it was
}

void tst_ForeignStore::requeueTellsWhyNot()
{
    open(u"servicestack-killed"_s);
    const auto results = requeue({.ids = {99'999, 311, 317}});
    QCOMPARE(results.size(), 3);
    QCOMPARE(results.at(0).code, u"notFound"_s);
    QCOMPARE(results.at(1).code, u"notFinished"_s);
    QCOMPARE(results.at(2).code, u"notFinished"_s);
    const Job completed = m_store->list({.pane = Pane::Completed, .limit = 1})->jobs.first();
    QVERIFY(requeue({.ids = {completed.id}}).first().done);
    QVERIFY((*m_store->find(completed.id))->queued);
}

void tst_ForeignStore::requeueByFilter()
{
    open();
    const auto results = requeue({.filter = JobFilter{.states = {JobState::Failed}}, .month = YearMonth{2026, 8}});
    QVERIFY(results.size() > 10);
    for (const ActionResult &result : results)
        QVERIFY2(result.done, qPrintable(result.detail));
    const auto left = m_store->list({.pane = Pane::Failed, .month = YearMonth{2026, 8}, .filter = {.states = {JobState::Failed}}});
    QVERIFY(left->jobs.isEmpty());
    QCOMPARE(m_store->list({.pane = Pane::Queue})->jobs.size(), results.size());
    QCOMPARE(m_store->check(false)->size(), 4); // those of before: W5 has put four jobs into two places
}

void tst_ForeignStore::w05_requeueLeavesNoCopyBehind()
{
    open();
    QVERIFY(requeue({.ids = {34, 111}}).last().done);
    QCOMPARE(m_store->check(false)->size(), 2);
    QCOMPARE((*m_store->find(34))->queued->state, JobState::Queued);
}

void tst_ForeignStore::cancelBesideItsApplication()
{
    open(u"servicestack-killed"_s);
    const ForeignProcess application(m_folder->file(u"jobs.db"_s));
    QVERIFY(application.isUp());
    const auto results = cancel({.ids = {311, 312, 317, 244, 99'999}});
    QCOMPARE(results.size(), 5);
    for (const int taken : {0, 1}) { // started, and waiting for a place in its memory
        QCOMPARE(results.at(taken).code, u"notAllowed"_s);
        QVERIFY2(results.at(taken).detail.contains(QString::number(application.pid())), qPrintable(results.at(taken).detail));
    }
    QCOMPARE(results.at(2).code, u"cancelled"_s);
    QCOMPARE(results.at(3).code, u"finished"_s);
    QCOMPARE(results.at(4).code, u"notFound"_s);
    QCOMPARE(m_folder->row(u"jobs.db"_s, "BackgroundJob", 311).value(u"State"_s), u"Started"_s);
    const auto row = m_folder->row(u"jobs.db"_s, "BackgroundJob", 317); // its application archives it
    QCOMPARE(row.value(u"State"_s), u"Cancelled"_s);
    QCOMPARE(row.value(u"ErrorCode"_s), u"TaskCanceledException"_s);
    QVERIFY(row.value(u"Error"_s).toString().contains(u"Job was cancelled"_s));
    QVERIFY(!row.value(u"RequestId"_s).isNull()); // or it would be dispatched once more before that (W5)
    QCOMPARE(m_folder->row(u"jobs.db"_s, "JobSummary", 317).value(u"ErrorMessage"_s), u"Job was cancelled"_s);
    QCOMPARE(cancel({.ids = {317}}).first().code, u"finished"_s);
    // Whatever is in the archive may be requeued at any time.
    QVERIFY(requeue({.ids = {244}}).first().done);
}

void tst_ForeignStore::cancelWhileItsApplicationIsDown()
{
    open(u"servicestack-killed"_s);
    const auto results = cancel({.ids = {311, 312}});
    QVERIFY(results.at(0).done && results.at(1).done);
    // At its start its application would run whatever row it finds: none is left.
    for (const std::int64_t id : {311, 312, 316}) {
        QVERIFY(m_folder->row(u"jobs.db"_s, "BackgroundJob", id).isEmpty());
        const auto found = **m_store->find(id);
        QVERIFY(found.failed);
        QCOMPARE(found.failed->state, JobState::Cancelled);
        QCOMPARE(found.summary.state, JobState::Cancelled);
        QCOMPARE(found.failed->error->message, id == 316 ? u"Parent Job failed"_s : u"Job was cancelled"_s);
    }
    const auto findings = m_store->check(false);
    for (const CheckFinding &finding : *findings)
        QVERIFY2(finding.note || finding.jobId == 267, qPrintable(finding.message)); // which W5 has put into two places
    const auto rest = cancel({.filter = JobFilter{.states = {JobState::Queued}}});
    QCOMPARE(rest.size(), 5);
    QCOMPARE(m_store->list({.pane = Pane::Queue})->jobs.size(), 1);
}

void tst_ForeignStore::cancelMakesAMonthAsItsApplicationWould()
{
    open(u"servicestack-killed"_s);
    m_clock->set(Timestamp(std::chrono::sys_days(std::chrono::year(2026) / 12 / 5)));
    const auto refs = enqueue({NewJob{.name = u"SendInvoice"_s}});
    QVERIFY(cancel({.ids = {refs->first().id}}).first().done);
    QCOMPARE(m_folder->columns(u"jobs_2026-12.db"_s, "FailedJob"), m_folder->columns(u"jobs_2026-11.db"_s, "FailedJob"));
    QCOMPARE(m_folder->columns(u"jobs_2026-12.db"_s, "CompletedJob"), m_folder->columns(u"jobs_2026-11.db"_s, "CompletedJob"));
    QCOMPARE(m_folder->journalMode(u"jobs_2026-12.db"_s), u"delete"_s);
    QVERIFY((*m_store->find(refs->first().id))->failed);
}

void tst_ForeignStore::nothingIsDoneIfTheOldRowCannotBeSaved()
{
    open();
    qputenv("XDG_STATE_HOME", "/proc");
    const auto refused = waitFor<QList<ActionResult>>([&](auto done) { m_store->requeue({.ids = {244}}, {}, done); });
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::Io);
    QVERIFY((*m_store->find(244))->failed);
    QVERIFY(!m_folder->row(u"jobs_2026-11.db"_s, "FailedJob", 244).isEmpty());
}

void tst_ForeignStore::filesKeepTheirJournalMode()
{
    QFETCH(QString, data);
    QFETCH(std::int64_t, failed);
    open(data);
    QMap<QString, QString> before;
    for (const QString &file : m_folder->databases())
        before.insert(file, m_folder->journalMode(file));
    QVERIFY(enqueue({NewJob{.name = u"SendInvoice"_s}}).ok());
    QVERIFY(requeue({.ids = {failed}}).first().done);
    QVERIFY(cancel({.ids = {failed}}).first().done);
    m_store.reset();
    for (const QString &file : m_folder->databases())
        QCOMPARE(m_folder->journalMode(file), before.value(file));
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QVERIFY(!QFile::exists(m_folder->file(u"jobs.db"_s + suffix)));
}

void tst_ForeignStore::adoptionByAnotherProcessIsNoticed_data()
{
    QTest::addColumn<OpenMode>("mode");
    QTest::newRow("looking") << OpenMode::ReadOnly;
    QTest::newRow("writing") << OpenMode::ReadWrite;
}

void tst_ForeignStore::adoptionByAnotherProcessIsNoticed()
{
    QFETCH(OpenMode, mode);
    open(u"servicestack-sqlite"_s, mode);
    QCOMPARE(m_store->list({.pane = Pane::Queue})->jobs.size(), 0); // columns are read
    const auto other = *SqliteStore::open(m_folder->path(), OpenMode::ReadWrite, m_clock);
    QVERIFY(other->beginHosting({.id = u"h"_s, .name = u"host"_s, .startedDate = m_clock->now()}, true).ok());
    QTRY_VERIFY_WITH_TIMEOUT(m_store->info().ours, 10'000);
    const auto refs = waitFor<QList<JobRef>>([&](auto done) {
        other->enqueue({{NewJob{.name = u"A"_s, .options = {.priority = 7}, .force = true}}, {}, 0}, done);
    });
    QVERIFY(refs.ok());
    QCOMPARE((*m_store->find(refs->first().id))->queued->priority, 7);
    QCOMPARE(m_store->hosts()->size(), 1);
    if (mode == OpenMode::ReadOnly)
        return;
    const auto own = enqueue({NewJob{.name = u"A"_s, .options = {.priority = 8}, .force = true}});
    QVERIFY2(own.ok(), own.ok() ? "" : qPrintable(own.error().message));
    QCOMPARE((*other->find(own->first().id))->queued->priority, 8);
}

QTEST_GUILESS_MAIN(tst_ForeignStore)
#include "tst_foreignstore.moc"
