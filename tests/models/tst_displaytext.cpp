// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/displaytext.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDisplayText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void duration_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64{0} << u"0 ms"_s;
        QTest::newRow("short") << qint64{999} << u"999 ms"_s;
        QTest::newRow("seconds") << qint64{4'210} << u"4.21 s"_s;
        QTest::newRow("tens") << qint64{30'100} << u"30.1 s"_s;
        QTest::newRow("minutes") << qint64{245'000} << u"4 min 5 s"_s;
        QTest::newRow("many minutes") << qint64{1'130'000} << u"18 min"_s;
        QTest::newRow("round hours") << qint64{7'200'000} << u"2 h"_s;
        QTest::newRow("days") << qint64{187'200'000} << u"2 d 4 h"_s;
        QTest::newRow("clock went back") << qint64{-5} << u"0 ms"_s;
    }
    void duration()
    {
        QFETCH(qint64, ms);
        QTEST(displaytext::duration(std::chrono::milliseconds{ms}), "text");
    }

    void times()
    {
        const Timestamp noon = toTimestamp(QDateTime::fromString(u"2026-11-22T12:00:00Z"_s, Qt::ISODate));
        QCOMPARE(displaytext::shortTime(noon, noon + 5min), u"12:00:00"_s);
        QCOMPARE(displaytext::shortTime(noon, noon + 24h), u"2026-11-22 12:00:00"_s);
        QCOMPARE(displaytext::age(noon, noon + 90s), u"1 min ago"_s);
        QCOMPARE(displaytext::age(noon + 3h, noon), u"in 3 h"_s);
    }

    void aRunningJobLastsSinceItsStart()
    {
        Job job;
        job.state = JobState::Started;
        job.startedDate = Timestamp{100s};
        QCOMPARE(displaytext::jobDuration(job, Timestamp{112s}), u"12 s"_s);
        job.state = JobState::Queued;
        QCOMPARE(displaytext::jobDuration(job, Timestamp{112s}), QString());
        job.state = JobState::Failed;
        job.durationMs = 21;
        QCOMPARE(displaytext::jobDuration(job, Timestamp{112s}), u"21 ms"_s);
        job.state = JobState::Cancelled;
        job.durationMs = 0;
        job.startedDate.reset();
        QCOMPARE(displaytext::jobDuration(job, Timestamp{112s}), QString());
    }

    void schedulesAreWords()
    {
        ScheduledTask task;
        task.interval = 2s;
        QCOMPARE(displaytext::scheduleOf(task), u"Every 2 s"_s);
        task.cronExpression = u"*/15 * * * *"_s;
        QCOMPARE(displaytext::scheduleOf(task), u"Every 15 minutes"_s);
        task.cronExpression = u"30 2 * * MON-FRI"_s;
        QVERIFY2(displaytext::scheduleOf(task).startsWith(u"At 02:30 "_s), qPrintable(displaytext::scheduleOf(task)));
        QVERIFY(displaytext::scheduleOf(task).endsWith(u", UTC"_s));
        task.zone = u"Europe/Berlin"_s;
        QVERIFY(displaytext::scheduleOf(task).endsWith(u", Europe/Berlin time"_s));
        task.cronExpression = u"whenever"_s;
        QCOMPARE(displaytext::scheduleOf(task), u"whenever"_s);
    }

    void missedRunsAreWords()
    {
        QCOMPARE(displaytext::missedRuns(MissedRuns::once()), u"one run makes up for them all"_s);
        QCOMPARE(displaytext::missedRuns(MissedRuns::skip()), u"are passed over"_s);
        QCOMPARE(displaytext::missedRuns(MissedRuns::catchUp(1)), u"the newest is made up for"_s);
        QCOMPARE(displaytext::missedRuns(MissedRuns::catchUp(3)), u"the newest 3 are made up for"_s);
    }

    void reasonsAreSentences()
    {
        Job job;
        job.runAfter = Timestamp{10'000s};
        const Timestamp now{9'400s};
        QCOMPARE(displaytext::waitDetail({u"noHost"_s, u"no host runs the jobs of this store"_s}, job, now),
                 u"No host runs the jobs of this store."_s);
        QCOMPARE(displaytext::waitDetail({u"runAfter"_s, u"not before 1970-01-01T02:46:40Z"_s}, job, now),
                 u"Not before 02:46:40, in 10 min."_s);
        QCOMPARE(displaytext::errorText(Error{ErrorCode::Io, u"x cannot be read"_s}), u"Read or write failed: x cannot be read."_s);
    }

    void countsSayWhetherTheyAreExact()
    {
        QCOMPARE(displaytext::count(12), u"12"_s);
        QVERIFY(displaytext::count(10'000, false).startsWith(u"≈ 10"_s));
    }

    void everyStateAndReasonHasWords()
    {
        for (const JobState state :
             {JobState::Queued, JobState::Started, JobState::Executed, JobState::Completed, JobState::Failed, JobState::Cancelled})
            QVERIFY(!displaytext::stateWord(state).isEmpty());
        for (const QString &code : {u"runAfter"_s, u"retry"_s, u"dependsOn"_s, u"workerBusy"_s, u"workerPaused"_s, u"noHost"_s,
                                    u"unknownCommand"_s, u"concurrency"_s})
            QVERIFY(displaytext::waitHeadline({code, {}}) != code);
    }
};

QTEST_GUILESS_MAIN(TestDisplayText)
#include "tst_displaytext.moc"
