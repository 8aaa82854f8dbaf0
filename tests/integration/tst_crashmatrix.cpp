// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/clock.h"
#include "support/crashdrill.h"

#include <QDirIterator>
#include <QRegularExpression>

#include <array>
#include <cstdio>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString stintProgram = QStringLiteral(STINT_BIN_DIR "/stint");

/// A way of a job from one state to the next, and the process that is killed on it.
struct Transition {
    const char *name;
    std::function<void(CrashDrill &)> prepare;
    /// Runs what is to be killed at a failpoint. Returns whether it ended by itself.
    std::function<bool(CrashDrill &, const QByteArray &failpoint)> act;
    /// When a new host has run all that is left. Job 1 is the first that `prepare` has enqueued.
    std::function<void(CrashDrill &)> verify;
};

bool host(CrashDrill &drill, const QByteArray &failpoint)
{
    return drill.runHost(failpoint);
}

std::function<bool(CrashDrill &, const QByteArray &)> stintWith(const QStringList &arguments)
{
    return [arguments](CrashDrill &drill, const QByteArray &failpoint) {
        return drill.run(stintProgram, QStringList{u"--db"_s, drill.location()} + arguments, failpoint);
    };
}

JobState stateOf(const CrashDrill &drill, std::int64_t id)
{
    return (*drill.open(OpenMode::ReadOnly)->find(id))->summary.state;
}

std::function<void(CrashDrill &)> allAre(JobState state, std::int64_t count = 1)
{
    return [state, count](CrashDrill &drill) {
        for (std::int64_t id = 1; id <= count; ++id)
            QCOMPARE(stateOf(drill, id), state);
        QCOMPARE(drill.open(OpenMode::ReadOnly)->list({.pane = Pane::All})->jobs.size(), count);
    };
}

void save(const CrashDrill &drill, NewTask task)
{
    task.job.name = u"Note"_s;
    QVERIFY(waitFor<ScheduledTask>([&, store = drill.open()](auto done) { store->saveTask(task, done); }).ok());
}

const std::array transitions{
    Transition{"a job completes", [](CrashDrill &drill) { drill.enqueue(u"Note"_s); }, host, allAre(JobState::Completed)},
    Transition{"it is retried", [](CrashDrill &drill) { drill.enqueue(u"FailFirst"_s, {.retryLimit = 2}); }, host,
               allAre(JobState::Completed)},
    Transition{"it fails for good", [](CrashDrill &drill) { drill.enqueue(u"AlwaysFail"_s, {.retryLimit = 2}); }, host,
               allAre(JobState::Failed)},
    Transition{"it enqueues a batch, and is retried", [](CrashDrill &drill) { drill.enqueue(u"Batch"_s, {.retryLimit = 2}); }, host,
               [](CrashDrill &drill) {
                   const auto store = drill.open(OpenMode::ReadOnly);
                   for (const auto &part : {u"part-0"_s, u"part-1"_s, u"part-2"_s})
                       QCOMPARE((*store->find(part))->summary.state, JobState::Completed);
                   QCOMPARE(store->list({.pane = Pane::All})->jobs.size(), 4);
               }},
    Transition{"it calls back", [](CrashDrill &drill) { drill.enqueue(u"Note"_s, {.callback = u"Called"_s}); }, host,
               [](CrashDrill &drill) {
                   QCOMPARE(stateOf(drill, 1), JobState::Completed);
                   QVERIFY(drill.runs("called").value(1) >= 1);
               }},
    Transition{"what depends on it runs after it",
               [](CrashDrill &drill) {
                   const auto parent = drill.enqueue(u"Note"_s);
                   drill.enqueue(u"Note"_s, {.dependsOn = parent});
               },
               host, allAre(JobState::Completed, 2)},
    Transition{"what depends on it is cancelled with it",
               [](CrashDrill &drill) {
                   const auto parent = drill.enqueue(u"AlwaysFail"_s, {.retryLimit = 0});
                   const auto child = drill.enqueue(u"Note"_s, {.dependsOn = parent});
                   drill.enqueue(u"Note"_s, {.dependsOn = child});
               },
               host,
               [](CrashDrill &drill) {
                   QCOMPARE(stateOf(drill, 1), JobState::Failed);
                   QCOMPARE(stateOf(drill, 2), JobState::Cancelled);
                   QCOMPARE(stateOf(drill, 3), JobState::Cancelled);
                   QVERIFY(drill.runs().value(2) + drill.runs().value(3) == 0);
               }},
    Transition{"two take turns at a worker",
               [](CrashDrill &drill) {
                   drill.enqueue(u"Note"_s, {.worker = u"lane"_s});
                   drill.enqueue(u"Note"_s, {.worker = u"lane"_s});
               },
               host, allAre(JobState::Completed, 2)},
    Transition{"schedules are due",
               [](CrashDrill &drill) {
                   save(drill, {.name = u"hourly"_s, .schedule = Schedule::every(1h)});
                   save(drill, {.name = u"yearly"_s, .schedule = Schedule::yearly(), .startNow = true});
               },
               host,
               [](CrashDrill &drill) {
                   allAre(JobState::Completed, 2)(drill); // one each: none lost, none twice
                   for (const ScheduledTask &task : *drill.open(OpenMode::ReadOnly)->scheduledTasks())
                       QVERIFY(task.lastJobId && task.nextRun > SystemClock().now());
               }},
    Transition{"it is cancelled while it waits", [](CrashDrill &drill) { drill.enqueue(u"Note"_s); }, stintWith({u"cancel"_s, u"1"_s}),
               [](CrashDrill &drill) { // before the commit it was not
                   QCOMPARE(drill.runs().value(1), stateOf(drill, 1) == JobState::Cancelled ? 0 : 1);
               }},
    Transition{"it is cancelled while it runs",
               [](CrashDrill &drill) {
                   drill.enqueue(u"Note"_s);
                   QVERIFY(!drill.runHost("run.entered"));
                   QVERIFY(stintWith({u"cancel"_s, u"1"_s})(drill, {}));
               },
               host, allAre(JobState::Cancelled)},
    Transition{"it is requeued",
               [](CrashDrill &drill) {
                   drill.enqueue(u"AlwaysFail"_s, {.retryLimit = 0});
                   QVERIFY(drill.runHost());
                   drill.requeues = 1;
               },
               stintWith({u"requeue"_s, u"1"_s}), allAre(JobState::Failed)},
    Transition{"it runs again after that",
               [](CrashDrill &drill) {
                   drill.enqueue(u"AlwaysFail"_s, {.retryLimit = 0});
                   QVERIFY(drill.runHost());
                   drill.requeues = 1;
                   QVERIFY(stintWith({u"requeue"_s, u"1"_s})(drill, {}));
               },
               host, allAre(JobState::Failed)},
    Transition{"many are enqueued at once", [](CrashDrill &drill) { QVERIFY(drill.open()->info().ours); },
               [](CrashDrill &drill, const QByteArray &failpoint) {
                   QFile lines(drill.journalPath() + u".jobs"_s);
                   if (!lines.open(QIODevice::WriteOnly))
                       return false;
                   for (int i = 0; i < 3; ++i)
                       lines.write("{\"name\":\"Note\"}\n");
                   lines.close();
                   return stintWith({u"enqueue"_s, u"--from-file"_s, lines.fileName()})(drill, failpoint);
               },
               [](CrashDrill &drill) {
                   const auto count = drill.open(OpenMode::ReadOnly)->list({.pane = Pane::All})->jobs.size();
                   QVERIFY(count == 0 || count == 3);
               }},
};

/// Every failpoint of the engine, by its sources, so that none is forgotten here.
QByteArrayList failpoints()
{
    static const QRegularExpression call(u"passFailpoint\\(\"([^\"]+)\"\\)"_s);
    QSet<QByteArray> found;
    QDirIterator sources(QStringLiteral(STINT_ENGINE_SOURCES), {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (sources.hasNext()) {
        QFile source(sources.next());
        if (!source.open(QIODevice::ReadOnly))
            continue;
        auto calls = call.globalMatch(QString::fromUtf8(source.readAll()));
        while (calls.hasNext())
            found.insert(calls.next().captured(1).toLatin1());
    }
    QByteArrayList sorted = found.values();
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

} // namespace

/// SIGKILL at every failpoint on every transition, then a new host; judged by `check` and by the journal that the commands
/// write. At the first four passes of each; with STINT_CRASH_MATRIX=1 at each, until the process passes it no more.
class tst_CrashMatrix final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void w20_anyStepMayBeTheLast_data();
    void w20_anyStepMayBeTheLast();
    void cleanupTestCase();

private:
    QMap<QByteArray, QMap<QByteArray, int>> m_kills; ///< by transition and failpoint
};

void tst_CrashMatrix::w20_anyStepMayBeTheLast_data()
{
    QTest::addColumn<int>("transition");
    QTest::addColumn<QByteArray>("failpoint");
    const QByteArrayList points = failpoints();
    QVERIFY(points.contains("t1.committed"));
    for (int i = 0; i < static_cast<int>(transitions.size()); ++i) {
        for (const QByteArray &point : points)
            QTest::addRow("%s: %s", transitions.at(static_cast<std::size_t>(i)).name, point.constData()) << i << point;
    }
}

void tst_CrashMatrix::w20_anyStepMayBeTheLast()
{
    QFETCH(int, transition);
    QFETCH(QByteArray, failpoint);
    const Transition &way = transitions.at(static_cast<std::size_t>(transition));
    const int passes = qEnvironmentVariableIsSet("STINT_CRASH_MATRIX") ? 1000 : 4;
    for (int pass = 1; pass <= passes; ++pass) {
        CrashDrill drill;
        way.prepare(drill);
        const bool survived = way.act(drill, failpoint + ':' + QByteArray::number(pass));
        QVERIFY(drill.runHost());
        drill.verifyAllIsWell();
        way.verify(drill);
        if (QTest::currentTestFailed()) {
            qWarning("at pass %d of %s", pass, failpoint.constData());
            return;
        }
        if (survived)
            return;
        ++m_kills[way.name][failpoint];
    }
}

/// As a table, and none that no process dies at.
void tst_CrashMatrix::cleanupTestCase()
{
    int all = 0;
    QSet<QByteArray> passed;
    std::printf("| transition | kills | at |\n|---|---|---|\n");
    for (const Transition &way : transitions) {
        const auto kills = m_kills.value(way.name);
        int count = 0;
        QByteArrayList at;
        for (auto it = kills.cbegin(); it != kills.cend(); ++it) {
            count += it.value();
            at.append(it.key() + (it.value() > 1 ? " ×" + QByteArray::number(it.value()) : QByteArray()));
            passed.insert(it.key());
        }
        all += count;
        std::printf("| %s | %d | %s |\n", way.name, count, at.join(", ").constData());
    }
    std::printf("| all | %d | |\n", all);
    std::fflush(stdout);
}

QTEST_GUILESS_MAIN(tst_CrashMatrix)
#include "tst_crashmatrix.moc"
