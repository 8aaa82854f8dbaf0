// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/openpostgres.h"
#include "store/storeconformance.h"
#include "support/postgresserver.h"

#include <QTest>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// The conformance suite on a PostgreSQL database, and what is special about one.
class tst_PostgresStore final : public StoreConformance
{
    Q_OBJECT

protected:
    std::shared_ptr<JobStore> openStore(std::shared_ptr<const Clock> clock, bool again) override
    {
        if (!again)
            m_location = m_server.createDatabase();
        return open(OpenMode::Create, std::move(clock));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString said = m_server.start();
        QVERIFY2(said.isEmpty(), qPrintable(said));
    }
    void opensOnlyWhatIsThere();
    void tablesOfAnotherProgramAreRefused();
    void readOnlyStoreRefusesToWrite();
    void textThatCannotBeKeptIsRefused();
    void lostConnectionsAreMadeAgain();
    void opposedTransactionsAreDoneAgain();
    void whatItCannotDoItSays();
    void earlierVersionsTablesAreUpgraded();

private:
    std::shared_ptr<JobStore> open(OpenMode mode, std::shared_ptr<const Clock> clock = {})
    {
        auto store = openPostgresStore(m_location, mode, std::move(clock));
        if (!store)
            qWarning().noquote() << store.error().message;
        return store ? *store : nullptr;
    }
    static Result<QList<JobRef>> enqueue(JobStore &store, std::vector<NewJob> jobs)
    {
        return waitFor<QList<JobRef>>([&](auto done) { store.enqueue({std::move(jobs), {}, 0}, done); });
    }

    PostgresServer m_server;
    QString m_location;
};

void tst_PostgresStore::opensOnlyWhatIsThere()
{
    const QString empty = m_server.createDatabase();
    QCOMPARE(openPostgresStore(empty, OpenMode::ReadOnly).error().code, ErrorCode::NotFound);
    QCOMPARE(openPostgresStore(empty, OpenMode::ReadWrite).error().code, ErrorCode::NotFound);
    QString nowhere = empty;
    QVERIFY(!openPostgresStore(nowhere.replace(u"/jobs"_s, u"/none"_s), OpenMode::Create).ok());
    QVERIFY(openPostgresStore(empty, OpenMode::Create).ok());
    QVERIFY(openPostgresStore(empty, OpenMode::ReadOnly).ok());
}

void tst_PostgresStore::tablesOfAnotherProgramAreRefused()
{
    const QString location = m_server.createDatabase();
    const QString database = location.section(u'/', 3, 3).section(u'?', 0, 0);
    QCOMPARE(m_server.execute(u"CREATE TABLE \"BackgroundJob\" (\"Id\" bigserial PRIMARY KEY)"_s, database), QString());
    QCOMPARE(openPostgresStore(location, OpenMode::Create).error().code, ErrorCode::Foreign);
}

void tst_PostgresStore::readOnlyStoreRefusesToWrite()
{
    const auto store = open(OpenMode::ReadOnly);
    QVERIFY(store->info().readOnly);
    QCOMPARE(enqueue(*store, {NewJob{.name = u"A"_s}}).error().code, ErrorCode::ReadOnly);
    QVERIFY(store->list({.pane = Pane::All}, {})->jobs.isEmpty());
}

void tst_PostgresStore::textThatCannotBeKeptIsRefused()
{
    const auto store = open(OpenMode::ReadWrite);
    QCOMPARE(enqueue(*store, {NewJob{.name = u"A"_s, .requestBody = "\xff\xfe"}}).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(enqueue(*store, {NewJob{.name = u"A"_s, .requestBody = QByteArray("a\0b", 3)}}).error().code, ErrorCode::InvalidArgument);
    const QByteArray odd = R"({"a":"it's \\ $1 ? :name \" %s"})";
    const auto refs = enqueue(*store, {NewJob{.name = u"A"_s, .requestBody = odd}});
    QCOMPARE((*store->find(refs->first().id))->queued->requestBody, odd);
}

void tst_PostgresStore::lostConnectionsAreMadeAgain()
{
    const auto store = open(OpenMode::ReadWrite);
    QVERIFY(store->beginHosting({.id = u"h1"_s, .name = u"first"_s}, false).ok());
    QVERIFY(enqueue(*store, {NewJob{.name = u"A"_s, .force = true}}).ok());
    QVERIFY(store->counts().ok());
    m_server.cutConnections();
    QTRY_VERIFY_WITH_TIMEOUT(enqueue(*store, {NewJob{.name = u"A"_s, .force = true}}).ok(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(store->counts().ok(), 20'000);
    QVERIFY(store->counts()->queued >= 2);
    QVERIFY(store->hosts()->first().alive); // it has taken its lock again
    // A host that was overtaken meanwhile writes nothing more.
    const auto other = open(OpenMode::ReadWrite);
    QCOMPARE(other->beginHosting({.id = u"h2"_s, .name = u"second"_s}, false).error().code, ErrorCode::Conflict);
    store->endHosting();
    QVERIFY(other->beginHosting({.id = u"h2"_s, .name = u"second"_s}, false).ok());
}

void tst_PostgresStore::opposedTransactionsAreDoneAgain()
{
    const auto first = open(OpenMode::ReadWrite);
    const auto second = open(OpenMode::ReadWrite);
    constexpr int count = 200;
    QList<std::int64_t> ids;
    for (const JobRef &ref : *enqueue(*first, std::vector<NewJob>(count, NewJob{.name = u"A"_s})))
        ids.append(ref.id);
    const QList<std::int64_t> reversed(ids.rbegin(), ids.rend());
    std::promise<Result<QList<ActionResult>>> one;
    std::promise<Result<QList<ActionResult>>> other;
    first->cancel({.ids = ids}, [&](Result<QList<ActionResult>> results) { one.set_value(std::move(results)); });
    second->cancel({.ids = reversed}, [&](Result<QList<ActionResult>> results) { other.set_value(std::move(results)); });
    int cancelled = 0;
    for (const auto &results : {one.get_future().get(), other.get_future().get()}) {
        QVERIFY2(results.ok(), results.ok() ? "" : qPrintable(results.error().message));
        QCOMPARE(results->size(), count);
        cancelled
            += static_cast<int>(std::count_if(results->cbegin(), results->cend(), [](const ActionResult &result) { return result.done; }));
    }
    QCOMPARE(cancelled, count); // each of them once
    QVERIFY(first->check(false)->isEmpty());
}

void tst_PostgresStore::whatItCannotDoItSays()
{
    const auto store = open(OpenMode::ReadWrite);
    QCOMPARE(store->check(true).error().code, ErrorCode::Unsupported);
    QCOMPARE(store->rebuildStats().error().code, ErrorCode::Unsupported);
    QCOMPARE(store->prune({}).error().code, ErrorCode::Unsupported);
}

void tst_PostgresStore::earlierVersionsTablesAreUpgraded()
{
    m_location = m_server.createDatabase();
    QVERIFY(open(OpenMode::Create));
    const QString database = m_location.section(u'/', 3, 3).section(u'?', 0, 0);
    QCOMPARE(m_server.execute(uR"(DROP TABLE "TaskOccurrence"; ALTER TABLE "ScheduledTask" DROP COLUMN "Zone", DROP COLUMN "MissedRuns",
                     DROP COLUMN "NoOverlap", DROP COLUMN "Enabled", DROP COLUMN "NextRun", DROP COLUMN "RunRequested", DROP COLUMN "Problem";
                     UPDATE "StintStore" SET "Value" = '1' WHERE "Key" = 'schemaVersion';
                     INSERT INTO "ScheduledTask" ("Name", "Interval", "RequestType", "Command") VALUES ('Ping', 600000000, 'CMD', 'Ping'))"_s,
                              database),
             QString());
    QCOMPARE(open(OpenMode::ReadOnly)->scheduledTasks()->first().name, u"Ping"_s);
    const auto store = open(OpenMode::ReadWrite);
    const NewTask task{.name = u"Daily"_s, .schedule = Schedule::daily(), .job = {.name = u"A"_s}};
    QVERIFY(waitFor<ScheduledTask>([&](auto done) { store->saveTask(task, done); }).ok());
    QVERIFY(store->scheduledTasks()->first().enabled);
    QCOMPARE(store->scheduledTasks()->size(), 2);
}

QTEST_GUILESS_MAIN(tst_PostgresStore)
#include "tst_postgresstore.moc"
