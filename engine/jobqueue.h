// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"
#include "engine/store/jobstore.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace stint {

/// The jobs of a store, for any process: enqueue, look, cancel, requeue. Calls return at once and may come from any
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
        return enqueue(NewJob{.name = typeName<Request>(),
                              .isApi = true,
                              .requestBody = toJson(request),
                              .requestName = typeName<Request>(),
                              .options = std::move(options)});
    }
    template <typename C>
    [[nodiscard]] static NewJob newJob(const typename C::Request &request, JobOptions options = {})
    {
        return NewJob{.name = typeName<C>(),
                      .requestBody = toJson(request),
                      .requestName = typeName<typename C::Request>(),
                      .options = std::move(options)};
    }

    [[nodiscard]] QFuture<Result<std::optional<JobResult>>> find(std::int64_t id);
    [[nodiscard]] QFuture<Result<std::optional<JobResult>>> find(const QString &refId);
    [[nodiscard]] QFuture<Result<JobPage>> list(JobQuery query);
    [[nodiscard]] QFuture<Result<QList<ActionResult>>> cancel(JobSelection selection);
    [[nodiscard]] QFuture<Result<QList<ActionResult>>> requeue(JobSelection selection, RequeueEdit edit = {});
    [[nodiscard]] QFuture<Result<void>> setWorkerPaused(const QString &worker, bool paused);

    using Finished = std::function<void(const JobResult &)>;
    /// Calls one of the functions once when the job has ended for good, on this object's thread. Gone with the process.
    void whenFinished(std::int64_t id, Finished onSuccess, Finished onFailed);

    [[nodiscard]] const std::shared_ptr<JobStore> &store() const { return m_store; }

Q_SIGNALS:
    /// Something in the store has changed, by any process. Comes at most once an event-loop turn.
    void changed();

private:
    class Private;
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
