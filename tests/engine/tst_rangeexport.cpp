// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobexport.h"
#include "tests/support/fakejobstore.h"

#include <QBuffer>
#include <QTest>

#include <limits>

using namespace stint;
using namespace Qt::StringLiterals;
using stint::test::FakeJobStore;

/// That an export by two threads has every row once, in order, by few queries and in little memory.
class tst_RangeExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allPagesNewestFirst();
    void idsAsFarApartAsTheyCanBe();
    void fewRowsTakeFewQueries();
    void jobsEnqueuedMeanwhileAreLeftOut();
    void largeRowsMakeShortPages();
};

namespace {

Job makeJob(std::int64_t id, const QString &tag = {})
{
    Job job;
    job.id = id;
    job.command = u"SendEmail"_s;
    job.tag = tag;
    job.state = JobState::Completed;
    return job;
}

QByteArray exported(const FakeJobStore &store, const JobExport &what)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto rows = exportJobs(store, what, buffer);
    return rows ? buffer.data() : rows.error().message.toUtf8();
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

QTEST_GUILESS_MAIN(tst_RangeExport)
#include "tst_rangeexport.moc"
