// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobhost.h"
#include "engine/jobqueue.h"

#include <QTemporaryDir>
#include <QTest>

namespace stint::test {

inline constexpr int patienceMs = 20'000;

/// A fresh folder with a queue, and a host with whatever commands the test has registered. For one test function.
class HostFixture final
{
public:
    explicit HostFixture(HostOptions hostOptions = {})
        : options(std::move(hostOptions))
    {
        options.backoff = {.backoff = RetryPolicy::Backoff::None};
        queue = std::move(JobQueue::open(folder.path())).value();
    }

    void start()
    {
        host = std::make_unique<JobHost>(queue->store(), registry, options);
        const auto started = host->start();
        QVERIFY2(started.ok(), started.ok() ? "" : qPrintable(started.error().message));
    }

    JobRef enqueue(const QString &name, JobOptions jobOptions = {}, const QByteArray &body = "{}")
    {
        return enqueue(NewJob{.name = name, .requestBody = body, .options = std::move(jobOptions)});
    }
    JobRef enqueue(NewJob job)
    {
        const auto ref = queue->enqueueAndWait(std::move(job));
        if (!ref)
            qWarning().noquote() << ref.error().message;
        return ref ? *ref : JobRef{};
    }

    [[nodiscard]] JobResult find(std::int64_t id) const
    {
        const auto found = queue->store()->find(id);
        return found && *found ? **found : JobResult{};
    }
    [[nodiscard]] JobState stateOf(std::int64_t id) const { return find(id).summary.state; }

    /// Waits until a job has ended for good and has left jobs.db.
    [[nodiscard]] JobResult finished(std::int64_t id) const
    {
        JobResult result;
        (void)QTest::qWaitFor(
            [&] {
                result = find(id);
                return isFinished(result.summary.state) && !result.queued && !isInQueueFile(id);
            },
            patienceMs);
        return result;
    }
    [[nodiscard]] bool reaches(std::int64_t id, JobState state) const
    {
        return QTest::qWaitFor([&] { return stateOf(id) == state; }, patienceMs);
    }
    [[nodiscard]] bool checkIsClean() const
    {
        // What is still on its way to its month gets there; what is wrong stays.
        auto findings = queue->store()->check(false);
        (void)QTest::qWaitFor([&] { return (findings = queue->store()->check(false)).ok() && findings->isEmpty(); }, patienceMs / 4);
        if (!findings)
            qWarning().noquote() << findings.error().message;
        for (const CheckFinding &finding : findings ? *findings : QList<CheckFinding>{})
            qWarning().noquote() << finding.message;
        return findings && findings->isEmpty();
    }

    QTemporaryDir folder;
    HostOptions options;
    CommandRegistry registry;
    std::unique_ptr<JobQueue> queue;
    std::unique_ptr<JobHost> host;

private:
    [[nodiscard]] bool isInQueueFile(std::int64_t id) const
    {
        const auto page = queue->store()->list({.pane = Pane::Queue, .beforeId = id + 1, .afterId = id - 1});
        return page && !page->jobs.isEmpty();
    }
};

/// A command made of a lambda that takes and gives JSON objects.
template <typename Function>
void addCommand(HostFixture &fixture, const char *name, Function function, CommandOptions options = {})
{
    fixture.registry.addFunction<QJsonObject, QJsonObject>(QString::fromLatin1(name), std::move(function), std::move(options));
}

} // namespace stint::test
