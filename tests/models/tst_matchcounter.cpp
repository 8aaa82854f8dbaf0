// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/matchcounter.h"

#include "tests/support/fakejobstore.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

class TestMatchCounter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsToTheEnd();
    void stopsAtItsLimit();
};

namespace {
std::shared_ptr<test::FakeJobStore> storeWith(int count)
{
    auto store = std::make_shared<test::FakeJobStore>();
    QList<Job> jobs;
    for (int id = 1; id <= count; ++id) {
        Job job;
        job.id = id;
        job.command = id % 2 ? u"Odd"_s : u"Even"_s;
        job.state = id % 5 ? JobState::Completed : JobState::Failed;
        jobs.append(job);
    }
    store->put(jobs);
    return store;
}
} // namespace

void TestMatchCounter::countsToTheEnd()
{
    MatchCounter counter;
    counter.start(storeWith(5'010), {.pane = Pane::All, .month = {}, .filter = {}, .beforeId = {}, .afterId = {}});
    QTRY_VERIFY(counter.isFinished());
    QCOMPARE(counter.count().total, 5'010);
    QCOMPARE(counter.count().byState.value(JobState::Failed), 1'002);
    QCOMPARE(counter.count().names[JobState::Failed].value(u"Odd"_s), 501);
    QCOMPARE(counter.count().names[JobState::Completed].value(u"Odd"_s), 2'004);
    QVERIFY(counter.count().exact);
}

void TestMatchCounter::stopsAtItsLimit()
{
    MatchCounter counter;
    counter.start(storeWith(5'010), {.pane = Pane::All, .month = {}, .filter = {}, .beforeId = {}, .afterId = {}}, 1'000);
    QTRY_VERIFY(counter.isFinished());
    QVERIFY(counter.count().total >= 1'000);
    QVERIFY(!counter.count().exact);
}

QTEST_GUILESS_MAIN(TestMatchCounter)
#include "tst_matchcounter.moc"
