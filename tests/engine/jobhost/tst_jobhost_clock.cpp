// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitestore.h"
#include "store/storeconformance.h"
#include "support/hostfixture.h"

#include <QSemaphore>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A host whose machine's clock is set while it works.
class TestJobHostClock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void jumpForthMakesJobsDue();
    void jumpBackMakesThemWait();
    void jumpForthIsNoTimeout();
    void durationIsNotOfTheClock();
    void retryWaitsByTheClockAsItIs();

private:
    std::shared_ptr<FakeClock> m_clock;
    std::unique_ptr<HostFixture> m_fixture;
    QSemaphore m_entered;
    QSemaphore m_go;
};

void TestJobHostClock::init()
{
    m_clock = std::make_shared<FakeClock>();
    m_fixture = std::make_unique<HostFixture>(HostOptions{.clock = m_clock});
    m_fixture->queue = std::make_unique<JobQueue>(*SqliteStore::open(m_fixture->folder.path(), OpenMode::Create, m_clock));
    addCommand(*m_fixture, "Echo", [](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> { return request; });
    addCommand(*m_fixture, "Waits", [this](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> {
        m_entered.release();
        m_go.acquire();
        return request;
    });
    addCommand(*m_fixture, "FailsOnce", [](const QJsonObject &request, JobContext &context) -> Outcome<QJsonObject> {
        if (context.job().attempts == 1)
            return Retry{{.errorCode = u"First"_s}, 1h};
        return request;
    });
    m_fixture->start();
}

void TestJobHostClock::jumpForthMakesJobsDue()
{
    const JobRef later = m_fixture->enqueue(u"Echo"_s, {.runAfter = m_clock->now() + 1h});
    QVERIFY(m_fixture->reaches(m_fixture->enqueue(u"Echo"_s).id, JobState::Completed));
    QCOMPARE(m_fixture->stateOf(later.id), JobState::Queued);
    m_clock->advance(2h);
    QVERIFY(m_fixture->reaches(later.id, JobState::Completed));
}

void TestJobHostClock::jumpBackMakesThemWait()
{
    const Timestamp before = m_clock->now();
    const JobRef soon = m_fixture->enqueue(u"Echo"_s, {.runAfter = before + 1h});
    m_clock->advance(-24h);
    const JobRef now = m_fixture->enqueue(u"Echo"_s); // created before all others
    QVERIFY(m_fixture->reaches(now.id, JobState::Completed));
    m_clock->advance(2h);
    QVERIFY(m_fixture->reaches(m_fixture->enqueue(u"Echo"_s).id, JobState::Completed));
    QCOMPARE(m_fixture->stateOf(soon.id), JobState::Queued);
    m_clock->set(before + 1h);
    QVERIFY(m_fixture->reaches(soon.id, JobState::Completed));
    QVERIFY(m_fixture->checkIsClean());
}

void TestJobHostClock::jumpForthIsNoTimeout()
{
    const JobRef job = m_fixture->enqueue(u"Waits"_s, {.timeout = 60s});
    QVERIFY(m_entered.tryAcquire(1, patienceMs));
    m_clock->advance(24h);
    QVERIFY(m_fixture->reaches(m_fixture->enqueue(u"Echo"_s).id, JobState::Completed)); // the host has looked at its clock
    m_go.release();
    const JobResult result = m_fixture->finished(job.id);
    QVERIFY(result.completed);
    QCOMPARE(result.summary.attempts, 1);
}

void TestJobHostClock::durationIsNotOfTheClock()
{
    for (const auto jump : {Ticks(-24h), Ticks(24h)}) {
        const JobRef job = m_fixture->enqueue(u"Waits"_s);
        QVERIFY(m_entered.tryAcquire(1, patienceMs));
        m_clock->advance(jump);
        m_go.release();
        const JobResult result = m_fixture->finished(job.id);
        QVERIFY(result.completed);
        QVERIFY2(result.completed->durationMs >= 0 && result.completed->durationMs < patienceMs,
                 qPrintable(QString::number(result.completed->durationMs)));
        QCOMPARE(result.summary.durationMs, result.completed->durationMs);
    }
}

void TestJobHostClock::retryWaitsByTheClockAsItIs()
{
    const JobRef job = m_fixture->enqueue(u"FailsOnce"_s, {.retryLimit = 1});
    QVERIFY(QTest::qWaitFor([&] { return m_fixture->find(job.id).attempts.size() == 1; }, patienceMs));
    m_clock->advance(30min);
    QVERIFY(m_fixture->reaches(m_fixture->enqueue(u"Echo"_s).id, JobState::Completed));
    QCOMPARE(m_fixture->stateOf(job.id), JobState::Queued);
    m_clock->advance(31min);
    QVERIFY(m_fixture->reaches(job.id, JobState::Completed));
}

QTEST_GUILESS_MAIN(TestJobHostClock)
#include "tst_jobhost_clock.moc"
