// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/commandregistry.h"
#include "engine/store/jobstore.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace stint {

/// How a host runs jobs.
struct HostOptions {
    int concurrency = 0;             ///< jobs at once outside named workers; 0: four a core
    int laneLimit = 256;             ///< named workers that run at once
    QHash<QString, int> workerWidth; ///< jobs at once of a named worker; default 1
    int retryLimit = 2;
    std::chrono::seconds timeout = std::chrono::minutes{10};
    RetryPolicy backoff;
    int interruptionLimit = 3; ///< attempts of a job that may end with their host's death before it fails
    std::chrono::milliseconds stopDeadline = std::chrono::seconds{10}; ///< for running jobs when the host stops
    bool adopt = false;                                                ///< also a store that Stint did not make
    UserResolver users;                                                ///< default: every job with a userId fails
    std::shared_ptr<const Clock> clock;                                ///< default: the machine's

    /// The number that `concurrency` stands for on this machine.
    [[nodiscard]] int effectiveConcurrency() const;
};

/// A job that ended an attempt, for the signals of JobHost.
struct JobEvent {
    std::int64_t id = 0;
    QString name;
    QString worker;
    int attempt = 1;
    JobState state = JobState::Queued; ///< Queued: it will run again
    int durationMs = 0;
    QString errorCode;
    QString message;
};

/// Follows a run that is not stored. Thread-safe.
class TransientRun
{
public:
    virtual ~TransientRun() = default;
    [[nodiscard]] virtual Job job() const = 0; ///< as it is now: state, progress, status, logs, error, result
    virtual void cancel() = 0;
};

/// Runs the jobs of a store. Lives on the thread that made it; never blocks it but in stop() and drain().
class JobHost final : public QObject
{
    Q_OBJECT

public:
    JobHost(std::shared_ptr<JobStore> store, CommandRegistry registry, HostOptions options = {}, QObject *parent = nullptr);
    ~JobHost() override;

    /// Takes the store, puts right what a dead host left, and begins. Blocks for the recovery alone.
    [[nodiscard]] Result<void> start();
    /// Ends: running jobs are asked to stop and their attempt is refunded. Blocks until they have returned, at most
    /// the stop deadline; then returns false, and the process should end so that recovery applies. May come twice.
    bool stop();
    [[nodiscard]] bool isRunning() const;

    /// Emits drained() as soon as nothing runs and nothing is due, scheduled tasks included.
    void drainWhenIdle();

    /// Runs at once, without the store; in turn with the jobs of `options.worker` if it has one.
    std::shared_ptr<TransientRun> runCommand(NewJob job, std::function<void(const Job &)> finished = {});
    /// The same as a future: a result, or the error of the job.
    template <typename C>
    [[nodiscard]] QFuture<Result<typename C::Response>> runCommandAsync(const typename C::Request &request, JobOptions options = {});

    [[nodiscard]] const QString &id() const;

Q_SIGNALS:
    // Batches, one an event-loop turn at most, however many jobs run.
    void jobsStarted(const QList<stint::JobEvent> &jobs);
    void jobsEnded(const QList<stint::JobEvent> &jobs);
    void logged(const QList<stint::LogLine> &lines);
    /// Something an operator should know: a command nobody knows, a schedule that cannot run, a store that refuses writes.
    void problem(const QString &message);
    /// Nothing runs and nothing is due now; `unknown` are the names of queued jobs that this host cannot run.
    void drained(const QStringList &unknown);

private:
    class Private;
    std::unique_ptr<Private> d;
};

template <typename C>
QFuture<Result<typename C::Response>> JobHost::runCommandAsync(const typename C::Request &request, JobOptions options)
{
    using Response = typename C::Response;
    auto promise = std::make_shared<QPromise<Result<Response>>>();
    promise->start();
    runCommand(NewJob{.name = typeName<C>(),
                      .requestBody = toJson(request),
                      .requestName = typeName<typename C::Request>(),
                      .options = std::move(options)},
               [promise](const Job &job) {
                   if (job.state != JobState::Completed)
                       promise->addResult(Error{job.state == JobState::Cancelled ? ErrorCode::Cancelled : ErrorCode::Internal,
                                                job.error ? job.error->message : QString()});
                   else if constexpr (std::is_same_v<Response, Done>)
                       promise->addResult(Result<Response>(Done{}));
                   else
                       promise->addResult(fromJson<Response>(job.responseBody));
                   promise->finish();
               });
    return promise->future();
}

} // namespace stint
