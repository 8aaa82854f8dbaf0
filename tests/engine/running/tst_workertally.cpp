// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/workertally.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

/// The counters of workers: what a store could not take is reported with what comes after it.
class tst_WorkerTally final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsOnce();
    void putBackIsMerged();
};

namespace {

Timestamp at(int second)
{
    return Timestamp(std::chrono::seconds(second));
}

void runOne(WorkerTally &tally, AttemptEnd::Kind kind, int durationMs, int second)
{
    Job job;
    job.command = u"A"_s;
    job.worker = u"w"_s;
    tally.countBegin(job.worker, at(second));
    tally.countEnd(job, {.kind = kind, .durationMs = durationMs}, at(second));
}

} // namespace

void tst_WorkerTally::reportsOnce()
{
    WorkerTally tally;
    runOne(tally, AttemptEnd::Kind::Complete, 10, 1);
    runOne(tally, AttemptEnd::Kind::Fail, 20, 2);
    const auto report = tally.take();
    QCOMPARE(report.workers.size(), 1);
    QCOMPARE(report.workers.first().received, 2);
    QCOMPARE(report.workers.first().completed, 1);
    QCOMPARE(report.workers.first().failed, 1);
    QCOMPARE(report.workers.first().lastActivity, at(2));
    QCOMPARE(report.durations.size(), 1);
    QCOMPARE(report.durations.first().milliseconds, 10);
    QVERIFY(tally.take().workers.isEmpty());
}

void tst_WorkerTally::putBackIsMerged()
{
    WorkerTally tally;
    runOne(tally, AttemptEnd::Kind::Complete, 10, 1);
    runOne(tally, AttemptEnd::Kind::Retry, 10, 2);
    const auto lost = tally.take();
    runOne(tally, AttemptEnd::Kind::Complete, 30, 3);
    runOne(tally, AttemptEnd::Kind::Cancel, 0, 4);
    tally.putBack(lost);
    const auto report = tally.take();
    QCOMPARE(report.workers.size(), 1);
    QCOMPARE(report.workers.first().received, 4);
    QCOMPARE(report.workers.first().completed, 2);
    QCOMPARE(report.workers.first().retries, 1);
    QCOMPARE(report.workers.first().cancelled, 1);
    QCOMPARE(report.workers.first().lastActivity, at(4));
    QCOMPARE(report.durations.first().milliseconds, 30); // the newer one is truer
}

QTEST_APPLESS_MAIN(tst_WorkerTally)
#include "tst_workertally.moc"
