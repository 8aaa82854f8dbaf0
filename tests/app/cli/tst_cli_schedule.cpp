// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include "engine/clock.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace stint;
using namespace stint::test;

class TestCliSchedule final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addShowsWhatItDid();
    void addChangesTheOneOfThatName();
    void listAndShow();
    void hostRunsThem();
    void pauseResumeRunRemove();
    void runningHostHearsOfIt();
    void brokenScheduleIsShown();
    void unknownNamesAreRefused();
    void badUsageIsOneLineAndExit2_data();
    void badUsageIsOneLineAndExit2();
    void foreignFolder();
};

namespace {

const QString simulate = u"{\"durationMs\":0}"_s;

QJsonObject scheduleOf(const TemporaryStore &store, const QString &name)
{
    return store.run({u"schedule"_s, u"show"_s, name, u"--json"_s}).object();
}

QList<std::optional<Timestamp>> momentsOf(const QJsonValue &array)
{
    QList<std::optional<Timestamp>> moments;
    for (const QJsonValue text : array.toArray())
        moments.append(parseTimestamp(text.toString().toUtf8()));
    return moments;
}

} // namespace

void TestCliSchedule::addShowsWhatItDid()
{
    const TemporaryStore store;
    const Answer answer = store.run({u"schedule"_s, u"add"_s, u"nightly"_s, simulate, u"--command"_s, u"Simulate"_s, u"--cron"_s,
                                     u"30 2 * * *"_s, u"--zone"_s, u"Europe/Berlin"_s, u"--missed"_s, u"catch-up:3"_s, u"--no-overlap"_s,
                                     u"--worker"_s, u"night"_s, u"--retry-limit"_s, u"1"_s, u"--json"_s});
    QVERIFY2(answer.exitCode == 0, answer.err);
    const QJsonObject task = answer.object();
    QCOMPARE(task.value("name"_L1), u"nightly"_s);
    QCOMPARE(task.value("cronExpression"_L1), u"30 2 * * *"_s);
    QCOMPARE(task.value("zone"_L1), u"Europe/Berlin"_s);
    QCOMPARE(task.value("missedRuns"_L1), u"catch-up:3"_s);
    QCOMPARE(task.value("noOverlap"_L1), true);
    QCOMPARE(task.value("enabled"_L1), true);
    QCOMPARE(task.value("command"_L1), u"Simulate"_s);
    QCOMPARE(task.value("request"_L1), u"SimulateRequest"_s);
    QCOMPARE(task.value("requestBody"_L1), simulate);
    QCOMPARE(task["options"_L1]["worker"_L1], u"night"_s);
    QCOMPARE(task["options"_L1]["retryLimit"_L1], 1);
    const auto next = parseTimestamp(task.value("nextRun"_L1).toString().toUtf8());
    QVERIFY(next && *next > SystemClock().now());

    const Answer text = store.run({u"schedule"_s, u"add"_s, u"often"_s, u"--command"_s, u"Simulate"_s, u"--every"_s, u"30s"_s});
    QVERIFY2(text.out.startsWith("often: Every 30s, next run "), text.out);
}

void TestCliSchedule::addChangesTheOneOfThatName()
{
    const TemporaryStore store;
    const QStringList add{u"schedule"_s, u"add"_s, u"a"_s, u"--command"_s, u"Simulate"_s, u"--cron"_s, u"@daily"_s, u"--json"_s};
    const QJsonObject first = store.run(add + QStringList{u"--tag"_s, u"t"_s}).object();
    const QJsonObject again = store.run(add + QStringList{u"--paused"_s}).object();
    QCOMPARE(again.value("id"_L1), first.value("id"_L1));
    QVERIFY(!again.contains("options"_L1));
    QCOMPARE(again.value("enabled"_L1), false);
    QVERIFY(!again.contains("nextRun"_L1));
    QCOMPARE(store.run({u"schedule"_s, u"list"_s, u"--json"_s}).array().size(), 1);
}

void TestCliSchedule::listAndShow()
{
    const TemporaryStore store;
    QCOMPARE(store
                 .run({u"schedule"_s, u"add"_s, u"berlin"_s, u"--command"_s, u"Simulate"_s, u"--cron"_s, u"0 9 * * MON-FRI"_s, u"--zone"_s,
                       u"Europe/Berlin"_s})
                 .exitCode,
             0);
    QCOMPARE(store.run({u"schedule"_s, u"add"_s, u"api"_s, u"--api"_s, u"Hello"_s, u"--every"_s, u"2m"_s, u"--paused"_s}).exitCode, 0);
    const QJsonArray list = store.run({u"schedule"_s, u"list"_s, u"--json"_s}).array();
    QCOMPARE(list.size(), 2);
    QCOMPARE(list.at(1)["requestType"_L1], u"API"_s);
    QCOMPARE(list.at(1)["interval"_L1], u"PT2M"_s);
    const Answer table = store.run({u"schedule"_s, u"list"_s});
    QVERIFY2(table.out.contains("0 9 * * MON-FRI Europe/Berlin"), table.out);
    QVERIFY2(table.out.contains("every 2m") && table.out.contains("paused"), table.out);

    const Answer shown = store.run({u"schedule"_s, u"show"_s, u"berlin"_s, u"--next"_s, u"7"_s, u"--json"_s});
    QCOMPARE(shown.exitCode, 0);
    const QJsonObject berlin = shown.object();
    QVERIFY2(berlin.value("description"_L1).toString().endsWith(u", Europe/Berlin time"_s), shown.out);
    QCOMPARE(berlin.value("nextRuns"_L1).toArray().size(), 7);
    QVERIFY(berlin["nextRuns"_L1][0].toString().contains(u"T09:00:00+0"_s));
    const auto moments = momentsOf(berlin.value("nextRuns"_L1));
    QVERIFY(std::is_sorted(moments.begin(), moments.end()));
    QVERIFY(momentsOf(scheduleOf(store, u"api"_s).value("nextRuns"_L1)).isEmpty());
    const Answer text = store.run({u"schedule"_s, u"show"_s, u"berlin"_s});
    QVERIFY2(text.out.contains("Next runs"), text.out);
}

void TestCliSchedule::hostRunsThem()
{
    const TemporaryStore store;
    const auto add = [&](const QString &name, const QStringList &when) {
        return store.run(QStringList{u"schedule"_s, u"add"_s, name, simulate, u"--command"_s, u"Simulate"_s} + when).exitCode;
    };
    QCOMPARE(add(u"hourly"_s, {u"--every"_s, u"1h"_s}), 0);
    QCOMPARE(add(u"now"_s, {u"--cron"_s, u"@yearly"_s, u"--start-now"_s}), 0);
    QCOMPARE(add(u"later"_s, {u"--cron"_s, u"@yearly"_s}), 0);
    QCOMPARE(add(u"unrecorded"_s, {u"--every"_s, u"1h"_s, u"--transient"_s}), 0);
    const Answer drained = store.drain();
    QVERIFY2(drained.exitCode == 0, drained.err);
    const QJsonArray jobs = store.run({u"list"_s, u"--pane"_s, u"completed"_s, u"--json"_s}).array();
    QCOMPARE(jobs.size(), 2);
    const QJsonObject hourly = scheduleOf(store, u"hourly"_s);
    QCOMPARE(hourly.value("lastJobState"_L1), u"Completed"_s);
    QCOMPARE(hourly["occurrences"_L1][0]["outcome"_L1], u"Enqueued"_s);
    QCOMPARE(hourly["occurrences"_L1][0]["jobId"_L1], hourly.value("lastJobId"_L1));
    QVERIFY(!scheduleOf(store, u"later"_s).contains("lastRun"_L1));
    const QJsonObject unrecorded = scheduleOf(store, u"unrecorded"_s);
    QVERIFY(unrecorded.contains("lastRun"_L1) && !unrecorded.contains("lastJobId"_L1));
    // A job says which schedule made it.
    const QJsonObject job = store.show(hourly.value("lastJobId"_L1).toInteger());
    QCOMPARE(job["completed"_L1]["meta"_L1]["schedule"_L1], u"hourly"_s);
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.run({u"list"_s, u"--pane"_s, u"all"_s, u"--json"_s}).array().size(), 2);
}

void TestCliSchedule::pauseResumeRunRemove()
{
    const TemporaryStore store;
    QCOMPARE(store.run({u"schedule"_s, u"add"_s, u"a"_s, simulate, u"--command"_s, u"Simulate"_s, u"--cron"_s, u"@yearly"_s}).exitCode, 0);
    QCOMPARE(store.run({u"schedule"_s, u"pause"_s, u"a"_s}).out, "a: paused\n"_ba);
    QCOMPARE(scheduleOf(store, u"a"_s).value("enabled"_L1), false);
    const Answer ran = store.run({u"schedule"_s, u"run"_s, u"a"_s});
    QVERIFY2(ran.exitCode == 0, ran.err);
    const qint64 id = ran.object().value("id"_L1).toInteger();
    QCOMPARE(store.state(id), u"Queued"_s);
    QCOMPARE(scheduleOf(store, u"a"_s).value("lastJobId"_L1), id);
    const Answer resumed = store.run({u"schedule"_s, u"resume"_s, u"a"_s, u"--json"_s});
    QCOMPARE(resumed.object().value("enabled"_L1), true);
    QVERIFY(resumed.object().contains("nextRun"_L1));
    QCOMPARE(store.run({u"schedule"_s, u"remove"_s, u"a"_s}).out, "a: removed\n"_ba);
    QCOMPARE(store.run({u"schedule"_s, u"list"_s, u"--json"_s}).array().size(), 0);
    QCOMPARE(store.drain().exitCode, 0);
    QCOMPARE(store.state(id), u"Completed"_s); // its job stays
}

void TestCliSchedule::runningHostHearsOfIt()
{
    const TemporaryStore store;
    BackgroundHost host(store);
    QVERIFY(host.isUp());
    QCOMPARE(store.run({u"schedule"_s, u"add"_s, u"first"_s, simulate, u"--command"_s, u"Simulate"_s, u"--every"_s, u"1h"_s}).exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(scheduleOf(store, u"first"_s).value("lastJobState"_L1), u"Completed"_s, 30'000);
    const Answer refused = store.run({u"schedule"_s, u"add"_s, u"x"_s, u"--command"_s, u"Nonsense"_s, u"--every"_s, u"1h"_s});
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.err.contains("\"Nonsense\""), refused.err);
    host.signal(SIGTERM);
    QCOMPARE(host.waitForEnd(), 0);
}

void TestCliSchedule::brokenScheduleIsShown()
{
    const TemporaryStore store;
    QCOMPARE(store.run({u"schedule"_s, u"add"_s, u"gone"_s, u"--command"_s, u"Removed"_s, u"--every"_s, u"1h"_s}).exitCode, 0);
    QCOMPARE(store.run({u"schedule"_s, u"add"_s, u"well"_s, simulate, u"--command"_s, u"Simulate"_s, u"--every"_s, u"1h"_s}).exitCode, 0);
    const Answer drained = store.drain();
    QVERIFY2(drained.err.contains("schedule \"gone\": the running host knows no command \"Removed\""), drained.err);
    QVERIFY(scheduleOf(store, u"gone"_s).value("problem"_L1).toString().contains(u"Removed"_s));
    const Answer table = store.run({u"schedule"_s, u"list"_s});
    QVERIFY2(table.out.contains("knows no command"), table.out);
    QCOMPARE(scheduleOf(store, u"well"_s).value("lastJobState"_L1), u"Completed"_s);
}

void TestCliSchedule::unknownNamesAreRefused()
{
    const TemporaryStore store;
    QCOMPARE(store.run({u"schedule"_s, u"add"_s, u"a"_s, u"--command"_s, u"Simulate"_s, u"--every"_s, u"1h"_s}).exitCode, 0);
    for (const QString &verb : {u"show"_s, u"pause"_s, u"resume"_s, u"run"_s, u"remove"_s}) {
        const Answer answer = store.run({u"schedule"_s, verb, u"b"_s});
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.saidOneLine() && answer.err.contains("\"b\""), answer.err);
    }
}

void TestCliSchedule::badUsageIsOneLineAndExit2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QStringList &arguments, const QByteArray &says) {
        QTest::newRow(name) << QStringList{u"schedule"_s} + arguments << says;
    };
    const QStringList add{u"add"_s, u"a"_s, u"--command"_s, u"C"_s};
    row("no verb", {}, "subcommand");
    row("nothing to run", {u"add"_s, u"a"_s, u"--every"_s, u"1h"_s}, "say what to run");
    row("both", add + QStringList{u"--api"_s, u"A"_s, u"--every"_s, u"1h"_s}, "--api");
    row("never", add, "say when");
    row("twice", add + QStringList{u"--every"_s, u"1h"_s, u"--cron"_s, u"@daily"_s}, "--");
    row("bad interval", add + QStringList{u"--every"_s, u"5ms"_s}, "--every: \"5ms\"");
    row("bad cron", add + QStringList{u"--cron"_s, u"0 25 * * *"_s}, "Hours");
    row("no such day", add + QStringList{u"--cron"_s, u"0 0 30 2 *"_s}, "never due");
    row("bad zone", add + QStringList{u"--cron"_s, u"@daily"_s, u"--zone"_s, u"Mars/Base"_s}, "\"Mars/Base\"");
    row("six fields as five", add + QStringList{u"--cron"_s, u"* * * * * *"_s, u"--format"_s, u"standard"_s}, "position");
    row("bad policy", add + QStringList{u"--cron"_s, u"@daily"_s, u"--missed"_s, u"catch-up:0"_s}, "--missed");
    row("bad JSON", {u"add"_s, u"a"_s, u"{x}"_s, u"--command"_s, u"C"_s, u"--every"_s, u"1h"_s}, "not JSON");
    row("transient API", {u"add"_s, u"a"_s, u"--api"_s, u"A"_s, u"--every"_s, u"1h"_s, u"--transient"_s}, "--transient");
    row("show nothing", {u"show"_s}, "name is required");
    row("no option of one job", add + QStringList{u"--every"_s, u"1h"_s, u"--ref-id"_s, u"r"_s}, "--ref-id");
}

void TestCliSchedule::badUsageIsOneLineAndExit2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const TemporaryStore store;
    const Answer answer = store.run(arguments);
    QVERIFY2(answer.exitCode == 2, answer.err);
    QVERIFY2(answer.saidOneLine(), answer.err);
    QVERIFY2(answer.err.contains(says), answer.err);
}

void TestCliSchedule::foreignFolder()
{
    const QTemporaryDir copies;
    const QString folder = copyOf(u"servicestack-sqlite"_s, copies);
    const QStringList before = fingerprint(folder);
    const auto run = [&](const QStringList &arguments) { return runStint(QStringList{u"--db"_s, folder, u"schedule"_s} + arguments); };
    const QJsonArray list = run({u"list"_s, u"--json"_s}).array();
    QVERIFY(!list.isEmpty());
    for (const QJsonValue task : list)
        QVERIFY(parseTimestamp(task["nextRun"_L1].toString().toUtf8()));
    const QString name = list.first()["name"_L1].toString();
    QCOMPARE(run({u"show"_s, name}).exitCode, 0);
    QCOMPARE(fingerprint(folder), before);
    const Answer paused = run({u"pause"_s, name});
    QCOMPARE(paused.exitCode, 1);
    QVERIFY2(paused.err.contains("cannot pause"), paused.err);
}

QTEST_GUILESS_MAIN(TestCliSchedule)
#include "tst_cli_schedule.moc"
