// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/attemptmodel.h"
#include "models/displaytext.h"
#include "models/modelroles.h"
#include "models/scheduledtaskmodel.h"
#include "models/workermodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

WorkerInfo worker(const QString &name, std::int64_t queued = 0)
{
    WorkerInfo made;
    made.name = name;
    made.queued = queued;
    return made;
}

QString cell(const QAbstractItemModel &model, int row, auto column)
{
    return model.index(row, static_cast<int>(column)).data().toString();
}

} // namespace

class TestSnapshotModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workersMergeByName();
    void workerStateInWords();
    void tasksTellWhenTheyRun();
    void attemptsTellHowTheyEnded();
};

void TestSnapshotModels::workersMergeByName()
{
    WorkerModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setRows({worker(u"a"_s), worker(u"c"_s), worker(u"d"_s)});
    QItemSelectionModel selection(&model);
    selection.select(model.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    model.setRows({worker(u"d"_s), worker(u"b"_s), worker(u"c"_s, 5)});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, WorkerModel::Column::Name), u"d"_s);
    QCOMPARE(cell(model, 1, WorkerModel::Column::Name), u"b"_s);
    QCOMPARE(cell(model, 2, WorkerModel::Column::Queued), u"5"_s);
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(selection.selectedRows().constFirst().row(), 2);
    QCOMPARE(resets.count(), 0);
}

void TestSnapshotModels::workerStateInWords()
{
    WorkerModel model;
    WorkerInfo paused = worker(u"mail"_s, 3);
    paused.paused = true;
    WorkerInfo running = worker(u"images"_s);
    running.running = 1;
    running.runningJob = 77;
    model.setRows({paused, running, worker(u"idle"_s), worker(u"full"_s, JobCounts::countLimit)});
    QCOMPARE(cell(model, 0, WorkerModel::Column::State), u"Paused"_s);
    QCOMPARE(cell(model, 1, WorkerModel::Column::State), u"Running"_s);
    QCOMPARE(model.index(1, static_cast<int>(WorkerModel::Column::RunningJob)).data(JobIdRole).toLongLong(), 77);
    QVERIFY(model.index(2, 0).data(IdleRole).toBool() && !model.index(0, 0).data(IdleRole).toBool());
    QCOMPARE(cell(model, 2, WorkerModel::Column::State), u"Idle"_s);
    QVERIFY(cell(model, 3, WorkerModel::Column::Queued).startsWith(u"≈"_s));
    QVERIFY(model.index(0, 0).data(PausedRole).toBool());
}

void TestSnapshotModels::tasksTellWhenTheyRun()
{
    ScheduledTaskModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ScheduledTask ping;
    ping.id = 1;
    ping.name = u"Ping"_s;
    ping.interval = std::chrono::seconds{90};
    ScheduledTask nightly;
    nightly.id = 2;
    nightly.name = u"Nightly"_s;
    nightly.cronExpression = u"30 2 * * MON-FRI"_s;
    nightly.lastJobId = 268;
    nightly.lastJobState = JobState::Failed;
    nightly.zone = u"Europe/Berlin"_s;
    nightly.enabled = false;
    nightly.problem = u"the running host knows no command \"Report\""_s;
    model.setRows({ping, nightly});
    QCOMPARE(cell(model, 0, ScheduledTaskModel::Column::Schedule), u"Every 1 min 30 s"_s);
    QVERIFY(cell(model, 1, ScheduledTaskModel::Column::Schedule).startsWith(u"At 02:30"_s));
    QCOMPARE(model.index(1, static_cast<int>(ScheduledTaskModel::Column::LastJob)).data(JobIdRole).toLongLong(), 268);
    QCOMPARE(model.index(1, 0).data(IdRole).toLongLong(), 2);
    using Column = ScheduledTaskModel::Column;
    QCOMPARE(cell(model, 0, Column::Enabled), u"On"_s);
    QVERIFY(!cell(model, 0, Column::NextRun).isEmpty()); // it has never run: now
    QCOMPARE(cell(model, 0, Column::Zone), QString());
    QCOMPARE(cell(model, 1, Column::Enabled), u"Paused"_s);
    QCOMPARE(cell(model, 1, Column::NextRun), QString());
    QCOMPARE(cell(model, 1, Column::Zone), u"Europe/Berlin"_s);
    QCOMPARE(cell(model, 1, Column::LastResult), displaytext::stateWord(JobState::Failed));
    QCOMPARE(cell(model, 1, Column::Problem), nightly.problem);
    QVERIFY(model.index(1, 0).data(PausedRole).toBool());
    QCOMPARE(model.index(1, 0).data(StateRole).toInt(), static_cast<int>(JobState::Failed));
}

void TestSnapshotModels::attemptsTellHowTheyEnded()
{
    AttemptModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    JobAttempt attempt;
    attempt.attempt = 1;
    attempt.outcome = AttemptOutcome::Interrupted;
    attempt.startedDate = Timestamp{std::chrono::seconds{100}};
    attempt.endedDate = Timestamp{std::chrono::seconds{112}};
    attempt.error = JobError{u"HostLost"_s, u"its host died"_s, {}, {}, {}};
    model.setRows({attempt});
    QCOMPARE(cell(model, 0, AttemptModel::Column::Outcome), u"Interrupted"_s);
    QCOMPARE(cell(model, 0, AttemptModel::Column::Duration), u"12 s"_s);
    QCOMPARE(cell(model, 0, AttemptModel::Column::ErrorCode), u"HostLost"_s);
}

QTEST_GUILESS_MAIN(TestSnapshotModels)
#include "tst_snapshotmodels.moc"
