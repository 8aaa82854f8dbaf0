// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/activeruns.h"

#include <QTest>

using namespace stint;
using namespace std::chrono_literals;

/// When the time of what runs is over.
class tst_ActiveRuns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sleepIsEndedForWhatIsSooner();
    void eachIsLateOnce();
    void standstillIsGivenBack();
    void anOrdinarySleepIsNot();
    void ownWorkIsNot();

private:
    /// The dispatcher's sleep: when it began, was to end, and ended.
    void sleep(std::chrono::milliseconds since, std::chrono::milliseconds wake, std::chrono::milliseconds woke)
    {
        m_runs->fallAsleep(m_begin + since, m_begin + wake);
        m_runs->wakeUp(m_begin + woke);
    }
    [[nodiscard]] std::size_t lateAt(std::chrono::milliseconds time) { return m_runs->takeLate(m_begin + time).size(); }

    std::unique_ptr<ActiveRuns> m_runs;
    ActiveRuns::Moment m_begin;
};

/// One run that is stored and one that is not, with ten seconds each.
void tst_ActiveRuns::init()
{
    m_runs = std::make_unique<ActiveRuns>();
    m_begin = std::chrono::steady_clock::now();
    Job job;
    job.id = 1;
    QVERIFY(!m_runs->begin(std::make_shared<Attempt>(std::move(job)), 10s)); // who does not sleep need not be woken
    (void)m_runs->beginTransient(m_runs->add({.work = {}, .requestStop = [](StopReason) {}, .timeout = 10s}));
}

void tst_ActiveRuns::sleepIsEndedForWhatIsSooner()
{
    m_runs->fallAsleep(m_begin, m_begin + 15s);
    Job job;
    job.id = 2;
    QVERIFY(m_runs->begin(std::make_shared<Attempt>(job), 2s));
    m_runs->fallAsleep(m_begin, m_begin + 1s);
    job.id = 3;
    QVERIFY(!m_runs->begin(std::make_shared<Attempt>(job), 2s));
}

void tst_ActiveRuns::eachIsLateOnce()
{
    QCOMPARE(lateAt(9s), 0);
    QCOMPARE(lateAt(11s), 2);
    QCOMPARE(lateAt(20s), 0);
    sleep(20s, 21s, 60s);
    QCOMPARE(lateAt(120s), 0);
}

void tst_ActiveRuns::standstillIsGivenBack()
{
    sleep(2s, 7s, 62s);
    QCOMPARE(lateAt(69s), 0);
    QCOMPARE(lateAt(71s), 2);
}

void tst_ActiveRuns::anOrdinarySleepIsNot()
{
    sleep(2s, 7s, 7500ms);
    QCOMPARE(lateAt(11s), 2);
}

/// It may last until after the moment at which the dispatcher would have woken up.
void tst_ActiveRuns::ownWorkIsNot()
{
    sleep(8s, 2s, 8s);
    QCOMPARE(lateAt(11s), 2);
}

QTEST_APPLESS_MAIN(tst_ActiveRuns)
#include "tst_activeruns.moc"
