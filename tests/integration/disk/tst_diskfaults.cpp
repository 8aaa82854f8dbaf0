// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "integration/disk/storelife.h"
#include "integration/disk/watcheddisk.h"

#include <QDir>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

#include <sqlite3.h>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

namespace {

/// How long a fault lasts.
enum class Lasting : std::uint8_t {
    Once,    ///< that one call fails
    ForGood, ///< and all of its kind after it
};

/// Makes calls of one kind fail, from the n-th on.
class Fault final
{
public:
    Fault(DiskCall call, int code, int number, Lasting lasting)
    {
        watcheddisk::setHook([this, call, code, number, lasting](const DiskEvent &event) {
            if (event.call != call)
                return SQLITE_OK;
            const int count = ++m_count;
            return count == number || (count > number && lasting == Lasting::ForGood) ? code : SQLITE_OK;
        });
    }
    ~Fault() { stop(); }
    Q_DISABLE_COPY_MOVE(Fault)

    void stop() { watcheddisk::setHook({}); }
    [[nodiscard]] int count() const { return m_count; }

private:
    std::atomic<int> m_count = 0;
};

} // namespace

/// The disk answers with errors while a store lives, and is damaged. STINT_DISK_FAULTS=1 tries every call, not some.
class tst_DiskFaults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void callFails_data();
    void callFails();
    void logLinesOutliveTheirTransaction_data();
    void logLinesOutliveTheirTransaction();
    void damagedPages_data();
    void damagedPages();
};

void tst_DiskFaults::initTestCase()
{
    QLoggingCategory::setFilterRules(u"stint.*=false"_s);
    watcheddisk::install();
    watcheddisk::setSyncing(false);
}

void tst_DiskFaults::callFails_data()
{
    QTest::addColumn<DiskCall>("call");
    QTest::addColumn<int>("code");
    QTest::addColumn<Lasting>("lasting");
    const auto rows = [](const char *name, DiskCall call, int code) {
        QTest::addRow("%s, once", name) << call << code << Lasting::Once;
        QTest::addRow("%s, for good", name) << call << code << Lasting::ForGood;
    };
    rows("write", DiskCall::Write, SQLITE_IOERR_WRITE);
    rows("full disk", DiskCall::Write, SQLITE_FULL);
    rows("sync", DiskCall::Sync, SQLITE_IOERR_FSYNC);
    rows("truncate", DiskCall::Truncate, SQLITE_IOERR_TRUNCATE);
    rows("open", DiskCall::Open, SQLITE_CANTOPEN);
    rows("lock", DiskCall::Lock, SQLITE_IOERR_LOCK);
    rows("delete", DiskCall::Delete, SQLITE_IOERR_DELETE);
    rows("rename", DiskCall::Rename, SQLITE_IOERR);
    rows("shared memory", DiskCall::SharedMemory, SQLITE_IOERR_SHMMAP);
    rows("read", DiskCall::Read, SQLITE_IOERR_READ);
}

/// Each call is answered, the store goes on once the disk does, and what was acknowledged is there.
void tst_DiskFaults::callFails()
{
    QFETCH(DiskCall, call);
    QFETCH(int, code);
    QFETCH(Lasting, lasting);
    int calls = 0;
    {
        const QTemporaryDir folder(StoreLife::folderTemplate());
        Fault none(call, code, 0, Lasting::Once);
        StoreLife life(folder.path(), [] { return 0; });
        life.run();
        life.close();
        calls = none.count();
    }
    QVERIFY(calls > 0);
    const bool all = qEnvironmentVariableIsSet("STINT_DISK_FAULTS");
    const int step = all ? 1 : std::max(1, calls / (lasting == Lasting::Once ? 12 : 5));
    int tried = 0;
    QStringList faults;
    for (int number = 1; number <= calls; number += step) {
        const QTemporaryDir folder(StoreLife::folderTemplate());
        std::atomic<qint64> moment = 0;
        StoreLife life(folder.path(), [&moment] { return ++moment; });
        Fault fault(call, code, number, lasting);
        life.run();
        fault.stop();
        const QString unusable = life.isUsable();
        QVERIFY2(unusable.isEmpty(), qPrintable(u"%1, after call %2"_s.arg(unusable).arg(number)));
        life.close();
        const QString wrong = life.faultAt(folder.path(), ++moment);
        if (!wrong.isEmpty())
            faults.append(u"%1, after call %2 of %3"_s.arg(wrong).arg(number).arg(calls));
        ++tried;
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    qInfo("%d of %d calls failed", tried, calls);
}

void tst_DiskFaults::logLinesOutliveTheirTransaction_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("write") << SQLITE_IOERR_WRITE;
    QTest::newRow("full disk") << SQLITE_FULL;
}

/// The end of the attempt is tried again; what it had logged must not be gone by then.
void tst_DiskFaults::logLinesOutliveTheirTransaction()
{
    QFETCH(int, code);
    const StoreFolder folder;
    const auto id = folder.enqueue(u"Any"_s);
    const Job job = folder.claim({u"Any"_s}).jobs.front();
    Fault fault(DiskCall::Write, code, 1, Lasting::ForGood);
    const auto append = [&](const QString &message) {
        folder.store->appendLog({{.jobId = id, .attempt = 1, .date = folder.clock->now(), .message = message}});
    };
    append(u"first"_s);
    (void)folder.beat(); // by then it has failed, with this or alone
    append(u"second"_s);
    QVERIFY(!folder.finish(job, AttemptEnd::Kind::Complete));
    fault.stop();
    QVERIFY(folder.finish(job, AttemptEnd::Kind::Complete));
    QCOMPARE(folder.find(id).job()->logs, u"first\nsecond"_s);
}

void tst_DiskFaults::damagedPages_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("queue") << u"jobs.db"_s;
    QTest::newRow("month") << u"jobs_2026-10.db"_s;
}

/// Every call answers; a damaged month takes no other with it.
void tst_DiskFaults::damagedPages()
{
    QFETCH(QString, file);
    const bool isMonth = file != u"jobs.db"_s;
    const QTemporaryDir folder;
    StoreLife life(folder.path(), [] { return 0; });
    life.run();
    life.close();
    const QString jobs = folder.filePath(u"jobs"_s);
    QFile original(jobs + u'/' + file);
    QVERIFY(original.open(QIODevice::ReadOnly));
    const QByteArray sound = original.readAll();
    original.close();
    QRandomGenerator random(20261124);
    int noticed = 0;
    constexpr int rounds = 60;
    for (int round = 0; round < rounds; ++round) {
        QByteArray bytes = sound;
        for (int i = 0; i < 200; ++i)
            bytes[random.bounded(static_cast<int>(round % 2 == 0 ? bytes.size() : 4096))] = static_cast<char>(random.bounded(256));
        QFile damaged(jobs + u'/' + file);
        QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate) && damaged.write(bytes) == bytes.size());
        damaged.close();
        const auto opened = SqliteStore::open(jobs, OpenMode::ReadOnly);
        if (!opened) {
            QVERIFY(!isMonth);
            QVERIFY(opened.error().message.contains(file));
            ++noticed;
            continue;
        }
        const auto findings = (*opened)->check(false);
        if (!findings || !findings->isEmpty())
            ++noticed;
        for (const Pane pane : {Pane::Queue, Pane::All, Pane::Completed, Pane::Failed}) {
            const auto page = (*opened)->list({.pane = pane, .limit = 100});
            QVERIFY(!isMonth || page.ok());
        }
        for (std::int64_t id = 1; id < 15; ++id)
            (void)(*opened)->find(id);
        if (isMonth) {
            const auto newest = (*opened)->list({.pane = Pane::Failed, .month = YearMonth{2026, 11}});
            QVERIFY(newest.ok() && newest->problems.isEmpty() && !newest->jobs.isEmpty());
        }
    }
    qInfo("%d of %d damages were noticed", noticed, rounds);
    QVERIFY(noticed > rounds / 2);
}

QTEST_GUILESS_MAIN(tst_DiskFaults)
#include "tst_diskfaults.moc"
