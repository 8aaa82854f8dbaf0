// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobqueue.h"

#include "engine/store/postgres/openpostgres.h"
#include "engine/store/sqlite/sqlitestore.h"

#include <QCoreApplication>
#include <QPromise>
#include <QThread>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <atomic>
#include <map>

namespace stint {

namespace {

constexpr int readerThreads = 3;

/// A store's completion as a future.
template <typename T, typename Start>
QFuture<Result<T>> asFuture(Start &&start)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    start([promise](Result<T> result) {
        promise->addResult(std::move(result));
        promise->finish();
    });
    return promise->future();
}

} // namespace

class JobQueue::Private final
{
public:
    struct Waiting {
        Finished onSuccess;
        Finished onFailed;
    };

    void lookForFinished(JobQueue &queue);
    void deliver(const JobResult &result);

    QThreadPool readers;
    int subscription = 0;
    std::atomic<bool> changePosted{false};
    std::mutex mutex;
    std::multimap<std::int64_t, Waiting> waiting;
    bool looking = false;   ///< a pass is under way; the queue's thread only
    bool lookAgain = false; ///< something has changed since it began
};

Result<std::shared_ptr<JobStore>> JobQueue::openStore(const QString &location, OpenMode mode, Durability durability)
{
    if (isPostgresAddress(location))
        return openPostgresStore(location, mode, {}, durability);
    return SqliteStore::open(location, mode, {}, durability);
}

Result<std::unique_ptr<JobQueue>> JobQueue::open(const QString &location, OpenMode mode)
{
    auto store = openStore(location, mode);
    if (!store)
        return store.error();
    return std::make_unique<JobQueue>(std::move(store).value());
}

JobQueue::JobQueue(std::shared_ptr<JobStore> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , d(std::make_unique<Private>())
{
    d->readers.setMaxThreadCount(readerThreads);
    d->subscription = m_store->subscribe([this](const StoreChange &) {
        if (d->changePosted.exchange(true))
            return;
        QMetaObject::invokeMethod(
            this,
            [this] {
                d->changePosted = false;
                d->lookForFinished(*this);
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

JobQueue::~JobQueue()
{
    m_store->unsubscribe(d->subscription);
    d->readers.waitForDone();
}

QFuture<Result<JobRef>> JobQueue::enqueue(NewJob job)
{
    return asFuture<JobRef>([&](Completion<JobRef> done) {
        m_store->enqueue({{std::move(job)}, {}, 0}, [done = std::move(done)](Result<QList<JobRef>> refs) {
            if (refs)
                done(refs->constFirst());
            else
                done(refs.error());
        });
    });
}

QFuture<Result<QList<JobRef>>> JobQueue::enqueueMany(QList<NewJob> jobs)
{
    return asFuture<QList<JobRef>>([&](Completion<QList<JobRef>> done) {
        m_store->enqueue({{std::make_move_iterator(jobs.begin()), std::make_move_iterator(jobs.end())}, {}, 0}, std::move(done));
    });
}

Result<JobRef> JobQueue::enqueueAndWait(NewJob job)
{
    const auto *const application = QCoreApplication::instance();
    if (application && application->inherits("QGuiApplication") && QThread::currentThread() == application->thread())
        return Error{ErrorCode::InvalidArgument, QStringLiteral("enqueueAndWait() would block the GUI thread")};
    return enqueue(std::move(job)).result();
}

QFuture<Result<std::optional<JobResult>>> JobQueue::find(std::int64_t id)
{
    return QtConcurrent::run(&d->readers, [store = m_store, id] { return store->find(id); });
}

QFuture<Result<std::optional<JobResult>>> JobQueue::find(const QString &refId)
{
    return QtConcurrent::run(&d->readers, [store = m_store, refId] { return store->find(refId); });
}

QFuture<Result<JobPage>> JobQueue::list(JobQuery query)
{
    return QtConcurrent::run(&d->readers, [store = m_store, query = std::move(query)] { return store->list(query); });
}

QFuture<Result<QList<ActionResult>>> JobQueue::cancel(JobSelection selection)
{
    return asFuture<QList<ActionResult>>([&](auto done) { m_store->cancel(std::move(selection), std::move(done)); });
}

QFuture<Result<QList<ActionResult>>> JobQueue::requeue(JobSelection selection, RequeueEdit edit)
{
    return asFuture<QList<ActionResult>>([&](auto done) { m_store->requeue(std::move(selection), std::move(edit), std::move(done)); });
}

QFuture<Result<void>> JobQueue::setWorkerPaused(const QString &worker, bool paused)
{
    return asFuture<void>([&](Completion<void> done) { m_store->setWorkerPaused(worker, paused, std::move(done)); });
}

NewTask JobQueue::newTask(const QString &name, Schedule schedule, NewJob job, const RecurringOptions &options)
{
    return {.name = name,
            .schedule = std::move(schedule),
            .job = std::move(job),
            .missedRuns = options.missedRuns,
            .noOverlap = options.noOverlap,
            .transient = options.transient,
            .startNow = options.startNow,
            .paused = options.paused};
}

QFuture<Result<ScheduledTask>> JobQueue::recurring(NewTask task)
{
    return asFuture<ScheduledTask>([&](Completion<ScheduledTask> done) { m_store->saveTask(std::move(task), std::move(done)); });
}

QFuture<Result<QList<ScheduledTask>>> JobQueue::recurring()
{
    return QtConcurrent::run(&d->readers, [store = m_store] { return store->scheduledTasks(); });
}

QFuture<Result<void>> JobQueue::removeRecurring(const QString &name)
{
    return asFuture<void>([&](Completion<void> done) { m_store->removeTask(name, std::move(done)); });
}

QFuture<Result<ScheduledTask>> JobQueue::setRecurringPaused(const QString &name, bool paused)
{
    return asFuture<ScheduledTask>([&](Completion<ScheduledTask> done) { m_store->setTaskPaused(name, paused, std::move(done)); });
}

QFuture<Result<TaskRun>> JobQueue::runRecurringNow(const QString &name)
{
    return asFuture<TaskRun>([&](Completion<TaskRun> done) { m_store->runTask(name, std::move(done)); });
}

void JobQueue::whenFinished(std::int64_t id, Finished onSuccess, Finished onFailed)
{
    {
        const std::lock_guard lock(d->mutex);
        d->waiting.emplace(id, Private::Waiting{std::move(onSuccess), std::move(onFailed)});
    }
    QMetaObject::invokeMethod(
        this, [this] { d->lookForFinished(*this); }, Qt::QueuedConnection);
}

/// One pass over the jobs that are waited for, at most one at a time. On the queue's thread.
void JobQueue::Private::lookForFinished(JobQueue &queue)
{
    QList<std::int64_t> ids;
    {
        const std::lock_guard lock(mutex);
        for (auto entry = waiting.begin(); entry != waiting.end(); entry = waiting.upper_bound(entry->first))
            ids.append(entry->first);
    }
    if (ids.isEmpty())
        return;
    if (std::exchange(looking, true)) {
        lookAgain = true;
        return;
    }
    QtConcurrent::run(&readers, [store = queue.store(), ids] {
        QList<JobResult> finished;
        for (const std::int64_t id : ids) {
            auto found = store->find(id);
            if (found && *found && isFinished((*found)->summary.state))
                finished.append(std::move(**found));
        }
        return finished;
    }).then(&queue, [this, &queue](const QList<JobResult> &finished) {
        looking = false;
        for (const JobResult &result : finished)
            deliver(result);
        if (std::exchange(lookAgain, false))
            lookForFinished(queue);
    });
}

void JobQueue::Private::deliver(const JobResult &result)
{
    std::vector<Waiting> calls;
    {
        const std::lock_guard lock(mutex);
        const auto [first, last] = waiting.equal_range(result.summary.id);
        for (auto entry = first; entry != last; ++entry)
            calls.push_back(std::move(entry->second));
        waiting.erase(first, last);
    }
    for (const Waiting &functions : calls) {
        const Finished &call = result.summary.state == JobState::Completed ? functions.onSuccess : functions.onFailed;
        if (call)
            call(result);
    }
}

} // namespace stint
