// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include "engine/timestamp.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::test;

class TestCliCron final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void casesOfCronos();
    void writes_data();
    void writes();
    void fromNow();
    void farZonesAndManyRuns();
    void explains_data();
    void explains();
    void badUsageIsOneLineAndExit2_data();
    void badUsageIsOneLineAndExit2();
    void needsNoStore();
};

namespace {

Answer cronNext(const QString &expression, const QStringList &options)
{
    return runStint(QStringList{u"cron"_s, u"next"_s, expression} + options);
}

} // namespace

void TestCliCron::casesOfCronos()
{
    QFile file(QStringLiteral(STINT_TEST_DATA "/cron-cases.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int count = 0;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        const QJsonObject given = QJsonDocument::fromJson(line).object();
        if (!given.contains("expr"_L1))
            continue;
        ++count;
        const QString format = given.value("seconds"_L1).toBool() ? u"seconds"_s : u"standard"_s;
        QStringList options{u"--json"_s, u"--format"_s, format};
        if (given.contains("from"_L1))
            options << u"--from"_s << given.value("from"_L1).toString() << u"--zone"_s << given.value("zone"_L1).toString();
        if (given.value("inclusive"_L1).toBool())
            options << u"--inclusive"_s;
        const Answer answer = cronNext(given.value("expr"_L1).toString(), options);

        const QString expected = given.value("expect"_L1).toString();
        const bool invalid = expected == u"invalid";
        QVERIFY2(answer.exitCode == (invalid ? 2 : 0), line);
        if (invalid) {
            QVERIFY2(answer.out.isEmpty() && answer.saidOneLine(), line);
            QVERIFY2(answer.err.contains(given.value("field"_L1).toString().toUtf8()), line);
            QVERIFY2(answer.err.contains("at position "), line);
        } else if (given.contains("from"_L1)) {
            QVERIFY2(answer.array() == (expected.isEmpty() ? QJsonArray() : QJsonArray{expected}), line);
        }
    }
    QVERIFY(count > 200);
}

void TestCliCron::writes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("out");
    const auto row = [](const char *name, const QStringList &arguments, const QByteArray &out) { QTest::newRow(name) << arguments << out; };
    row("UTC", {u"0 0 * * *"_s, u"--from"_s, u"2026-11-23T10:00Z"_s}, "2026-11-24T00:00:00Z\n");
    row("several", {u"@hourly"_s, u"--from"_s, u"2026-11-23T10:00+02:00"_s, u"--count"_s, u"2"_s},
        "2026-11-23T09:00:00Z\n2026-11-23T10:00:00Z\n");
    row("inclusive", {u"@hourly"_s, u"--from"_s, u"2026-11-23T10:00Z"_s, u"--inclusive"_s, u"--count"_s, u"2"_s},
        "2026-11-23T10:00:00Z\n2026-11-23T11:00:00Z\n");
    row("JSON", {u"0 0 * * *"_s, u"--from"_s, u"2026-11-23"_s, u"--count"_s, u"2"_s, u"--json"_s},
        "[\"2026-11-24T00:00:00Z\",\n\"2026-11-25T00:00:00Z\"]\n");
    row("across a change", {u"30 2 * * *"_s, u"--zone"_s, u"Europe/Berlin"_s, u"--from"_s, u"2026-03-28"_s, u"--count"_s, u"3"_s},
        "2026-03-28T02:30:00+01:00\n2026-03-29T03:00:00+02:00\n2026-03-30T02:30:00+02:00\n");
    row("both passes", {u"*/30 2 * * *"_s, u"--zone"_s, u"Europe/Berlin"_s, u"--from"_s, u"2026-10-25T00:30Z"_s, u"--count"_s, u"2"_s},
        "2026-10-25T02:00:00+01:00\n2026-10-25T02:30:00+01:00\n");
    row("zone UTC", {u"@daily"_s, u"--zone"_s, u"UTC"_s, u"--from"_s, u"2026-11-23"_s}, "2026-11-24T00:00:00+00:00\n");
    row("an older name", {u"@daily"_s, u"--zone"_s, u"US/Eastern"_s, u"--from"_s, u"2026-07-01T05:00Z"_s}, "2026-07-02T00:00:00-04:00\n");
    row("seconds in the offset", {u"@yearly"_s, u"--zone"_s, u"Europe/Berlin"_s, u"--from"_s, u"1889-06-01"_s},
        "1890-01-01T00:00:00+00:53:28\n");
    row("never", {u"0 0 30 2 *"_s, u"--from"_s, u"2026-11-23"_s}, "");
    row("never, JSON", {u"0 0 30 2 *"_s, u"--json"_s, u"--count"_s, u"5"_s}, "[]\n");
    row("fewer than wanted", {u"0 0 31 12 *"_s, u"--from"_s, u"9998-06-01"_s, u"--count"_s, u"5"_s},
        "9998-12-31T00:00:00Z\n9999-12-31T00:00:00Z\n");
    row("by the name", {u"H H * * *"_s, u"--name"_s, u"Nightly report"_s, u"--from"_s, u"2026-11-23"_s}, "2026-11-23T06:21:00Z\n");
}

void TestCliCron::writes()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, out);
    const Answer answer = runStint(QStringList{u"cron"_s, u"next"_s} + arguments);
    QCOMPARE(answer.err, QByteArray());
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.out, out);
}

void TestCliCron::fromNow()
{
    const auto before = std::chrono::system_clock::now();
    const Answer answer = cronNext(u"@every_second"_s, {});
    const auto next = stint::parseTimestamp(answer.out.trimmed());
    QVERIFY(next);
    QVERIFY(*next > before && *next <= std::chrono::system_clock::now() + std::chrono::seconds(1));
}

void TestCliCron::farZonesAndManyRuns()
{
    const Answer answer = cronNext(u"* * * * *"_s, {u"--zone"_s, u"Pacific/Apia"_s, u"--count"_s, u"20000"_s, u"--json"_s});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.array().size(), 20'000);
}

void TestCliCron::explains_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("out");
    QTest::newRow("weekdays") << QStringList{u"30 9 * * 1-5"_s} << "At 09:30 on weekdays\n"_ba;
    QTest::newRow("JSON") << QStringList{u"?/15 * * * *"_s, u"--json"_s}
                          << "{\"expression\":\"*/15 * * * *\",\"description\":\"Every 15 minutes\"}\n"_ba;
    QTest::newRow("by the name") << QStringList{u"H H * * *"_s, u"--name"_s, u"Nightly report"_s} << "At 06:21 every day\n"_ba;
}

void TestCliCron::explains()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, out);
    const Answer answer = runStint(QStringList{u"cron"_s, u"explain"_s} + arguments);
    QCOMPARE(answer.err, QByteArray());
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.out, out);
}

void TestCliCron::badUsageIsOneLineAndExit2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QStringList &arguments, const QByteArray &says) {
        QTest::newRow(name) << QStringList{u"cron"_s} + arguments << says;
    };
    row("nothing", {}, "subcommand");
    row("no expression", {u"next"_s}, "an expression is required");
    row("empty", {u"next"_s, u""_s}, "Minutes: a number from 0 to 59 is expected, at position 1");
    row("field and position", {u"next"_s, u"0 24 * * *"_s}, "Hours: a number from 0 to 23 is expected, at position 3");
    row("starts like an option", {u"next"_s, u"-1 * * * *"_s}, "Minutes: a number from 0 to 59 is expected, at position 1");
    row("starts with a dash", {u"next"_s, u"- * * * *"_s}, "Minutes: a number from 0 to 59 is expected, at position 1");
    row("dashes to explain", {u"explain"_s, u"-1 * * * *"_s}, "Minutes: ");
    row("not quoted", {u"next"_s, u"0"_s, u"9"_s, u"*"_s}, "\"9\" was not expected");
    row("unknown option", {u"next"_s, u"@daily"_s, u"--colour"_s}, "\"--colour\" was not expected");
    row("unknown option only", {u"next"_s, u"--colour"_s}, "\"--colour\" was not expected");
    row("unknown zone", {u"next"_s, u"@daily"_s, u"--zone"_s, u"Europe/Atlantis"_s}, "--zone: \"Europe/Atlantis\"");
    row("empty zone", {u"next"_s, u"@daily"_s, u"--zone"_s, u""_s}, "--zone");
    row("bad date", {u"next"_s, u"@daily"_s, u"--from"_s, u"tomorrow"_s}, "--from: \"tomorrow\"");
    row("count 0", {u"next"_s, u"@daily"_s, u"--count"_s, u"0"_s}, "--count: \"0\"");
    row("unknown format", {u"next"_s, u"@daily"_s, u"--format"_s, u"quartz"_s}, "--format: \"quartz\"");
    row("H without a name", {u"next"_s, u"H * * * *"_s}, "Minutes: H takes its value from the schedule's name");
    row("six fields forced to five", {u"next"_s, u"0 0 1 * * *"_s, u"--format"_s, u"standard"_s}, "more than five fields");
}

void TestCliCron::badUsageIsOneLineAndExit2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Answer answer = runStint(arguments);
    QCOMPARE(answer.exitCode, 2);
    QVERIFY2(answer.saidOneLine(), answer.err);
    QVERIFY2(answer.err.contains(says), answer.err);
    QCOMPARE(answer.out, QByteArray());
}

void TestCliCron::needsNoStore()
{
    qunsetenv("STINT_DB");
    QCOMPARE(cronNext(u"@daily"_s, {}).exitCode, 0);
    const Answer help = runStint({u"cron"_s, u"next"_s, u"--help"_s});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.out.contains("--inclusive") && help.out.contains("--zone"));
}

QTEST_GUILESS_MAIN(TestCliCron)
#include "tst_cli_cron.moc"
