// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/exporting.h"

#include <QTest>

#include <limits>
#include <thread>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// That an export by two threads has every row once, in order, by few queries and in little memory.
class tst_RangeExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allPagesNewestFirst();
    void idsAsFarApartAsTheyCanBe();
    void fewRowsTakeFewQueries();
    void rowsBelowTheHighestNumberOfAll();
    void jobsEnqueuedMeanwhileAreLeftOut();
    void largeRowsMakeShortPages();
    void errorOfALaterRangeEndsIt();
    void fullDiskEndsIt();
    void stopsWhileOneWritesAndTheOtherWaits();
    void stopsBeforeItBegins();
    void stopsWhereNothingMatches();
};

namespace {

/// Enough for five ranges.
QList<Job> manyJobs()
{
    QList<Job> jobs;
    for (int id = 1; id <= 5000; ++id)
        jobs.append(makeJob(id));
    return jobs;
}

/// How an export of ids ends that is told to stop.
Result<std::int64_t> exportUntil(const std::stop_token &stop, const FakeJobStore &store, const JobFilter &filter = {},
                                 const ExportProgress &progress = {})
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    return exportJobs(store, {.pane = Pane::All, .filter = filter, .columns = {u"id"_s}}, buffer, progress, stop);
}

} // namespace

void tst_RangeExport::allPagesNewestFirst()
{
    FakeJobStore store;
    QList<Job> jobs;
    QByteArray expected = "id\r\n";
    for (int id = 1234; id > 0; --id) {
        jobs.append(makeJob(id));
        expected += QByteArray::number(id) + "\r\n";
    }
    store.put(jobs);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QList<std::int64_t> reported;
    const auto rows
        = exportJobs(store, {.pane = Pane::All, .columns = {u"id"_s}}, buffer, [&](std::int64_t count) { reported.append(count); });
    QVERIFY(rows.ok());
    QCOMPARE(*rows, 1234);
    QCOMPARE(buffer.data(), expected);
    QCOMPARE(reported, (QList<std::int64_t>{1000, 1234}));
}

void tst_RangeExport::idsAsFarApartAsTheyCanBe()
{
    FakeJobStore store;
    QByteArray expected = "id\r\n";
    for (const std::int64_t id : {std::numeric_limits<std::int64_t>::max(), std::int64_t{1} << 62, std::int64_t{1'000'000}, std::int64_t{5},
                                  std::int64_t{0}, std::int64_t{-7}, std::numeric_limits<std::int64_t>::min()}) {
        store.put({makeJob(id)});
        expected += QByteArray::number(qlonglong{id}) + "\r\n";
    }
    QCOMPARE(exported(store, {.pane = Pane::All, .columns = {u"id"_s}}), expected);
    QVERIFY(store.queries().size() < 100);
}

void tst_RangeExport::fewRowsTakeFewQueries()
{
    FakeJobStore store;
    QList<Job> jobs;
    QByteArray expected = "id\r\n";
    for (int id = 200'000; id > 0; --id) {
        jobs.append(makeJob(id, id % 500 == 0 ? u"rare"_s : u"often"_s));
        if (id % 500 == 0)
            expected += QByteArray::number(id) + "\r\n";
    }
    store.put(jobs);
    QCOMPARE(exported(store, {.pane = Pane::All, .filter = {.tag = u"rare"_s}, .columns = {u"id"_s}}), expected);
    QVERIFY(store.queries().size() < 20);
}

void tst_RangeExport::rowsBelowTheHighestNumberOfAll()
{
    FakeJobStore store;
    QByteArray expected = "id,logs\r\n";
    constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
    for (std::int64_t id = highest; id > highest - 70; --id) {
        store.put({makeJob(id)});
        expected += QByteArray::number(qlonglong{id}) + ",\r\n";
    }
    store.put({makeJob(1)});
    QCOMPARE(exported(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"logs"_s}}), expected + "1,\r\n");
}

void tst_RangeExport::jobsEnqueuedMeanwhileAreLeftOut()
{
    FakeJobStore store;
    QList<Job> jobs;
    for (int id = 1; id <= 2100; ++id)
        jobs.append(makeJob(id));
    store.put(jobs);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto rows = exportJobs(store, {.pane = Pane::All, .columns = {u"id"_s}}, buffer, [&](std::int64_t) {
        store.put({makeJob(2101), makeJob(2102)});
    });
    QVERIFY(rows.ok());
    QCOMPARE(*rows, 2100);
    QVERIFY(!buffer.data().contains("2101"));
    const QList<JobQuery> queries = store.queries();
    for (qsizetype range = 2; range < queries.size(); ++range) // behind those that ask for the ends
        QVERIFY(queries.at(range).beforeId.value_or(9999) <= 2101);
}

void tst_RangeExport::largeRowsMakeShortPages()
{
    FakeJobStore store;
    for (int id = 1; id <= 120; ++id) {
        Job job = makeJob(id);
        job.responseBody = QByteArray(1024 * 1024, 'x');
        store.put({job});
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto rows = exportJobs(store, {.pane = Pane::Completed, .columns = {u"id"_s, u"responseBody"_s}}, buffer);
    QVERIFY(rows.ok());
    QCOMPARE(*rows, 120);
    QCOMPARE(store.queries().constLast().limit, 3);
}

void tst_RangeExport::errorOfALaterRangeEndsIt()
{
    FakeJobStore store;
    store.put(manyJobs());
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto rows = exportJobs(store, {.pane = Pane::All, .columns = {u"id"_s}}, buffer, [&](std::int64_t) {
        store.setError(Error{ErrorCode::Damaged, u"a torn page"_s});
    });
    QVERIFY(!rows.ok());
    QCOMPARE(rows.error().message, u"a torn page"_s);
    QVERIFY(buffer.data().endsWith("\r\n"));
}

void tst_RangeExport::fullDiskEndsIt()
{
    FakeJobStore store;
    store.put(manyJobs());
    for (const qint64 room : {qint64{10}, qint64{7'000}, qint64{20'000}}) {
        FullDevice device(room);
        const auto rows = exportJobs(store, {.pane = Pane::All, .columns = {u"id"_s}}, device);
        QVERIFY(!rows.ok());
        QCOMPARE(rows.error().code, ErrorCode::Io);
    }
}

void tst_RangeExport::stopsWhileOneWritesAndTheOtherWaits()
{
    FakeJobStore store;
    store.put(manyJobs());
    std::stop_source stop;
    const auto rows = exportUntil(stop.get_token(), store, {}, [&](std::int64_t) {
        if (store.listCalls() < 4) // the other has no range yet
            return;
        std::thread([&] { stop.request_stop(); }).join();
    });
    QVERIFY(!rows.ok());
    QCOMPARE(rows.error().code, ErrorCode::Cancelled);
}

void tst_RangeExport::stopsBeforeItBegins()
{
    FakeJobStore store;
    std::stop_source stop;
    stop.request_stop();
    for (const int jobs : {0, 1}) { // an empty export would be no less complete
        store.put(manyJobs().mid(0, jobs));
        const auto rows = exportUntil(stop.get_token(), store);
        QVERIFY(!rows.ok());
        QCOMPARE(rows.error().code, ErrorCode::Cancelled);
    }
}

void tst_RangeExport::stopsWhereNothingMatches()
{
    FakeJobStore store;
    store.put(manyJobs());
    std::stop_source stop;
    const auto rows = exportUntil(stop.get_token(), store, {.tag = u"none"_s}, [&](std::int64_t) { stop.request_stop(); });
    QVERIFY(!rows.ok());
    QCOMPARE(rows.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(tst_RangeExport)
#include "tst_rangeexport.moc"
