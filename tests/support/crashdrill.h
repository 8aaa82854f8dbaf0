// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobqueue.h"

#include <QFile>
#include <QHash>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace stint::test {

/// A folder whose host is killed and started again, with the journal that its commands write. For one test function.
class CrashDrill final
{
public:
    [[nodiscard]] QString location() const { return m_folder.filePath(QStringLiteral("jobs")); }
    [[nodiscard]] QString journalPath() const { return m_folder.filePath(QStringLiteral("journal")); }

    /// Each look and each action opens the store for itself, as another process would.
    [[nodiscard]] std::shared_ptr<JobStore> open(OpenMode mode = OpenMode::Create) const
    {
        auto store = JobQueue::openStore(location(), mode);
        if (!store)
            qFatal("%s", qPrintable(store.error().message));
        return *store;
    }

    std::int64_t enqueue(const QString &name, JobOptions options = {}) const
    {
        const auto store = open();
        const auto refs = waitFor<QList<JobRef>>([&](auto done) {
            store->enqueue({{NewJob{.name = name, .options = std::move(options), .force = true}}, {}, 0}, done);
        });
        return refs ? refs->constFirst().id : 0;
    }

    /// Runs a program of the build to its end; `failpoint` kills it. Returns whether it ended by itself.
    bool run(const QString &program, const QStringList &arguments, const QByteArray &failpoint = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (!failpoint.isEmpty())
            environment.insert(QStringLiteral("STINT_FAILPOINT"), QString::fromLatin1(failpoint));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        if (!process.waitForFinished(60'000)) {
            process.kill();
            process.waitForFinished();
            qWarning().noquote() << "timed out:" << program << arguments << process.readAll();
            m_timedOut = true;
            return false;
        }
        output = process.readAll();
        return process.exitStatus() == QProcess::NormalExit;
    }
    bool runHost(const QByteArray &failpoint = {}) { return run(QStringLiteral(STINT_TEST_HOST), {location(), journalPath()}, failpoint); }

    /// How often each job's command was entered.
    [[nodiscard]] QHash<std::int64_t, int> runs(const QByteArray &what = "run") const
    {
        QHash<std::int64_t, int> counts;
        QFile file(journalPath());
        if (!file.open(QIODevice::ReadOnly))
            return counts;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            if (words.size() == 3 && words.first() == what)
                ++counts[words.at(1).toLongLong()];
        }
        return counts;
    }

    /// Nothing lost, nothing in two places, each completed attempt ran once unless its host died.
    void verifyAllIsWell()
    {
        QVERIFY(!m_timedOut);
        const auto store = open(OpenMode::ReadOnly);
        const auto findings = store->check(false);
        QVERIFY(findings.ok());
        for (const CheckFinding &finding : *findings)
            QFAIL(qPrintable(finding.message));
        const auto entered = runs();
        const auto all = store->list({.pane = Pane::All, .limit = 100'000});
        QVERIFY(all.ok());
        for (const Job &job : all->jobs) {
            const auto found = store->find(job.id);
            QVERIFY(found.ok() && found->has_value());
            const JobResult &result = **found;
            QVERIFY2(isFinished(result.summary.state),
                     qPrintable(QStringLiteral("job %1 is %2").arg(job.id).arg(toText(result.summary.state))));
            QVERIFY(result.job() != nullptr);
            const auto interruptions = std::count_if(result.attempts.cbegin(), result.attempts.cend(), [](const JobAttempt &attempt) {
                return attempt.outcome == AttemptOutcome::Interrupted;
            });
            if (result.completed && result.attempts.isEmpty())
                QCOMPARE(entered.value(job.id), 1);
            else
                QVERIFY(entered.value(job.id) <= result.job()->attempts + result.attempts.size()
                        && entered.value(job.id) <= result.summary.attempts + interruptions + requeues);
        }
    }

    QByteArray output;
    int requeues = 0; ///< how many runs more than attempts the test itself has caused

private:
    QTemporaryDir m_folder;
    bool m_timedOut = false;
};

} // namespace stint::test
