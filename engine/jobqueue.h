// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"
#include "engine/store/jobstore.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace stint {

/// The jobs of a store, for any process: enqueue, look, cancel, requeue, schedule. Calls return at once and may come from any
/// thread; the signals come on the thread the object lives in.
class JobQueue final : public QObject
{
    Q_OBJECT

public:
    /// Opens the folder `location` (or its jobs.db), or the database at a `postgresql://` address.
    [[nodiscard]] static Result<std::shared_ptr<JobStore>> openStore(const QString &location, OpenMode mode,
                                                                     Durability durability = Durability::Full);
    [[nodiscard]] static Result<std::unique_ptr<JobQueue>> open(const QString &location, OpenMode mode = OpenMode::Create);

    explicit JobQueue(std::shared_ptr<JobStore> store, QObject *parent = nullptr);
    ~JobQueue() override;

    /// Records a job durably. The future holds an Error if it was refused.
    [[nodiscard]] QFuture<Result<JobRef>> enqueue(NewJob job);
    /// Records all of them in one transaction, or none.
    [[nodiscard]] QFuture<Result<QList<JobRef>>> enqueueMany(QList<NewJob> jobs);
    /// Blocks until it is on disk. Refused on the GUI thread.
    [[nodiscard]] Result<JobRef> enqueueAndWait(NewJob job);

    /// Enqueues command C with its own request type.
    template <typename C>
    [[nodiscard]] QFuture<Result<JobRef>> enqueue(const typename C::Request &request, JobOptions options = {})
    {
        return enqueue(newJob<C>(request, std::move(options)));
    }
    /// Enqueues the API whose request type this is.
    template <typename Request>
    [[nodiscard]] QFuture<Result<JobRef>> enqueueApi(const Request &request, JobOptions options = {})
    {
        return enqueue(newApiJob(request, std::move(options)));
    }
    template <typename C>
    [[nodiscard]] static NewJob newJob(const typename C::Request &request, JobOptions options = {})
    {
        return NewJob{.name = typeName<C>(),
                      .requestBody = toJson(request),
                      .requestName = typeName<typename C::Request>(),
                      .options = std::move(options)};
    }

    template <typename Request>
    [[nodiscard]] static NewJob newApiJob(const Request &request, JobOptions options = {})
    {
        return NewJob{.name = typeName<Request>(),
                      .isApi = true,
                      .requestBody = toJson(request),
                      .requestName = typeName<Request>(),
                      .options = std::move(options)};
    }

    [[nodiscard]] QFuture<Result<std::optional<JobResult>>> find(std::int64_t id);
    [[nodiscard]] QFuture<Result<std::optional<JobResult>>> find(const QString &refId);
    [[nodiscard]] QFuture<Result<JobPage>> list(JobQuery query);
    [[nodiscard]] QFuture<Result<QList<ActionResult>>> cancel(JobSelection selection);
    [[nodiscard]] QFuture<Result<QList<ActionResult>>> requeue(JobSelection selection, RequeueEdit edit = {});
    [[nodiscard]] QFuture<Result<void>> setWorkerPaused(const QString &worker, bool paused);

    /// Runs a job again and again: registers a scheduled task, or changes the one of that name, whose last run is kept. A
    /// host of the store enqueues it when it is due; see NewTask, of which the result is the row.
    [[nodiscard]] QFuture<Result<ScheduledTask>> recurring(NewTask task);
    /// Runs command C; the task is named after the command.
    template <typename C>
    [[nodiscard]] QFuture<Result<ScheduledTask>> recurring(Schedule schedule, const typename C::Request &request = {},
                                                           RecurringOptions options = {})
    {
        return recurring<C>(typeName<C>(), std::move(schedule), request, std::move(options));
    }
    template <typename C>
    [[nodiscard]] QFuture<Result<ScheduledTask>> recurring(const QString &name, Schedule schedule, const typename C::Request &request = {},
                                                           RecurringOptions options = {})
    {
        NewJob job = newJob<C>(request, std::move(options.job));
        return recurring(newTask(name, std::move(schedule), std::move(job), options));
    }
    /// Runs the API whose request type this is; the task is named after it unless `name` is given.
    template <typename Request>
    [[nodiscard]] QFuture<Result<ScheduledTask>> recurringApi(Schedule schedule, const Request &request, RecurringOptions options = {},
                                                              const QString &name = {})
    {
        NewJob job = newApiJob(request, std::move(options.job));
        return recurring(newTask(name, std::move(schedule), std::move(job), options));
    }
    /// The scheduled tasks of the store.
    [[nodiscard]] QFuture<Result<QList<ScheduledTask>>> recurring();
    [[nodiscard]] QFuture<Result<void>> removeRecurring(const QString &name);
    /// What is due while it is paused is not made up for.
    [[nodiscard]] QFuture<Result<ScheduledTask>> setRecurringPaused(const QString &name, bool paused);
    /// Runs it now, beside its schedule; paused or not.
    [[nodiscard]] QFuture<Result<TaskRun>> runRecurringNow(const QString &name);

    using Finished = std::function<void(const JobResult &)>;
    /// Calls one of the functions once when the job has ended for good, on this object's thread. Gone with the process.
    void whenFinished(std::int64_t id, Finished onSuccess, Finished onFailed);

    [[nodiscard]] const std::shared_ptr<JobStore> &store() const { return m_store; }

Q_SIGNALS:
    /// Something in the store has changed, by any process. Comes at most once an event-loop turn.
    void changed();

private:
    class Private;
    [[nodiscard]] static NewTask newTask(const QString &name, Schedule schedule, NewJob job, const RecurringOptions &options);

    std::shared_ptr<JobStore> m_store;
    std::unique_ptr<Private> d;
};

/// The request of a job as a value.
template <typename T>
[[nodiscard]] Result<T> requestOf(const Job &job)
{
    return fromJson<T>(job.requestBody);
}
/// The result of a job as a value.
template <typename T>
[[nodiscard]] Result<T> responseOf(const Job &job)
{
    return fromJson<T>(job.responseBody);
}

} // namespace stint
