// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/simulate.h"
#include "tests/support/fakejobcontext.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace stint;
using namespace stint::test;

/// Load for tests and demonstrations.
class SimulateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsEachStep();
    void takesItsTime();
    void seedDecidesWhatFails();
    void failureRates_data();
    void failureRates();
    void stopsAtOnce();
    void mayIgnoreTheStop();
    void badRequests_data();
    void badRequests();
};

void SimulateTest::reportsEachStep()
{
    FakeJobContext context;
    SimulateRequest request;
    request.durationMs = 0;
    request.steps = 4;
    request.logLines = 2;
    request.message = u"Bake"_s;
    const auto ran = runCommand<Simulate>(request, context);
    QVERIFY(ran.result);
    QCOMPARE(ran.result->steps, 4);
    const auto updates = context.updates();
    QCOMPARE(updates.size(), 4);
    QCOMPARE(updates.first().progress, 0.25);
    QCOMPARE(updates.first().status, u"Bake: 1 of 4"_s);
    QCOMPARE(updates.last().progress, 1.0);
    QCOMPARE(context.messages(LogLevel::Info).size(), 8);
    QCOMPARE(context.messages(LogLevel::Info).last(), u"Bake: step 4, line 2"_s);
}

void SimulateTest::takesItsTime()
{
    FakeJobContext context;
    SimulateRequest request;
    request.durationMs = 120;
    request.steps = 7;
    QElapsedTimer timer;
    timer.start();
    QVERIFY(runCommand<Simulate>(request, context).result);
    QVERIFY(timer.elapsed() >= 120);
}

void SimulateTest::seedDecidesWhatFails()
{
    const auto outcomes = [](qint64 seed) {
        QList<qsizetype> stepsDone;
        for (int attempt = 1; attempt <= 20; ++attempt) {
            FakeJobContext context;
            context.attempt.attempts = attempt;
            SimulateRequest request;
            request.durationMs = 0;
            request.failureRate = 0.5;
            request.seed = seed;
            const auto ran = runCommand<Simulate>(request, context);
            if (!ran.result)
                stepsDone.append(context.updates().size());
            else
                stepsDone.append(-1);
        }
        return stepsDone;
    };
    const auto first = outcomes(7);
    QCOMPARE(outcomes(7), first);
    QVERIFY(outcomes(8) != first);
    QVERIFY(first.contains(-1)); // a retry has a chance of its own
    QVERIFY(std::ranges::any_of(first, [](qsizetype steps) { return steps >= 0; }));
}

void SimulateTest::failureRates_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<bool>("fails");
    QTest::newRow("never") << 0.0 << false;
    QTest::newRow("always") << 1.0 << true;
}

void SimulateTest::failureRates()
{
    QFETCH(double, rate);
    QFETCH(bool, fails);
    for (int i = 0; i < 20; ++i) {
        FakeJobContext context;
        SimulateRequest request;
        request.durationMs = 0;
        request.failureRate = rate;
        const auto ran = runCommand<Simulate>(request, context);
        QCOMPARE(!ran.result, fails);
        QCOMPARE(ran.error.errorCode, fails ? u"Simulated"_s : QString());
        QVERIFY(!ran.isFinal);
    }
}

void SimulateTest::stopsAtOnce()
{
    FakeJobContext context;
    SimulateRequest request;
    request.durationMs = 600'000;
    request.steps = 60'000;
    context.onUpdate = [&](double) { context.stop.request_stop(); };
    QElapsedTimer timer;
    timer.start();
    QVERIFY(runCommand<Simulate>(request, context).isCancelled);
    QCOMPARE(context.updates().size(), 1);
    QVERIFY(timer.elapsed() < 10'000);
}

void SimulateTest::mayIgnoreTheStop()
{
    FakeJobContext context;
    context.stop.request_stop();
    SimulateRequest request;
    request.durationMs = 20;
    request.ignoreStop = true;
    QVERIFY(runCommand<Simulate>(request, context).result);
}

void SimulateTest::badRequests_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::newRow("duration") << "{\"durationMs\":-1}"_ba << u"durationMs"_s;
    QTest::newRow("steps") << "{\"steps\":0}"_ba << u"steps"_s;
    QTest::newRow("lines") << "{\"logLines\":-1}"_ba << u"logLines"_s;
    QTest::newRow("rate below") << "{\"failureRate\":-0.1}"_ba << u"failureRate"_s;
    QTest::newRow("rate above") << "{\"failureRate\":1.1}"_ba << u"failureRate"_s;
}

void SimulateTest::badRequests()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto request = fromJson<SimulateRequest>(json);
    QVERIFY(request.ok());
    FakeJobContext context;
    const auto ran = runCommand<Simulate>(*request, context);
    QVERIFY(ran.isFinal);
    QCOMPARE(ran.error.errorCode, QString(joberror::badRequest));
    QVERIFY(ran.error.message.startsWith(field + u':'));
}

QTEST_GUILESS_MAIN(SimulateTest)
#include "tst_simulate.moc"
