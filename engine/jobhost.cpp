// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobhost.h"

#include "engine/maintenance/jobrescuer.h"
#include "engine/refid.h"
#include "engine/running/dispatcher.h"
#include "engine/running/transientjob.h"
#include "engine/scheduling/jobscheduler.h"

#include <QSysInfo>

#include <thread>

#include <unistd.h>

namespace stint {

int HostOptions::effectiveConcurrency() const
{
    return concurrency > 0 ? concurrency : 4 * static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

class JobHost::Private final
{
public:
    explicit Private(JobHost &host)
        : q(host)
    {
    }

    /// Adds to a batch that is delivered on the host's thread in its next turn.
    template <typename Batch, typename Item>
    void post(Batch &batch, Item item)
    {
        const std::lock_guard lock(mutex);
        batch.append(std::move(item));
        if (std::exchange(deliveryPosted, true))
            return;
        QMetaObject::invokeMethod(
            &q, [this] { deliver(); }, Qt::QueuedConnection);
    }

    void deliver()
    {
        QList<JobEvent> startedJobs;
        QList<JobEvent> endedJobs;
        QList<LogLine> lines;
        QStringList messages;
        {
            const std::lock_guard lock(mutex);
            deliveryPosted = false;
            startedJobs.swap(started);
            endedJobs.swap(ended);
            lines.swap(logged);
            messages.swap(problems);
        }
        if (!startedJobs.isEmpty())
            Q_EMIT q.jobsStarted(startedJobs);
        if (!lines.isEmpty())
            Q_EMIT q.logged(lines);
        if (!endedJobs.isEmpty())
            Q_EMIT q.jobsEnded(endedJobs);
        for (const QString &message : std::as_const(messages))
            Q_EMIT q.problem(message);
    }

    [[nodiscard]] Dispatcher::Events events()
    {
        return {.started = [this](const JobEvent &job) { post(started, job); },
                .ended = [this](const JobEvent &job) { post(ended, job); },
                .logged = [this](const LogLine &line) { post(logged, line); },
                .problem = [this](const QString &message) { post(problems, message); },
                .drained =
                    [this](const QStringList &unknown) {
                        QMetaObject::invokeMethod(
                            &q,
                            [this, unknown] {
                                deliver();
                                Q_EMIT q.drained(unknown);
                            },
                            Qt::QueuedConnection);
                    }};
    }

    [[nodiscard]] JobScheduler::Services schedulerServices()
    {
        return {.runTransient
                = [this](NewJob job, std::function<void(const Job &)> finished) { q.runCommand(std::move(job), std::move(finished)); },
                .problem = [this](const QString &message) { post(problems, message); }};
    }

    [[nodiscard]] HostInfo describe() const
    {
        return {.id = id,
                .name = QStringLiteral("%1:%2").arg(QSysInfo::machineHostName()).arg(::getpid()),
                .pid = ::getpid(),
                .alive = true,
                .concurrency = options.effectiveConcurrency(),
                .startedDate = options.clock->now(),
                .heartbeatDate = options.clock->now(),
                .commands = registry.describe()};
    }

    JobHost &q;
    std::shared_ptr<JobStore> store;
    CommandRegistry registry;
    HostOptions options;
    QString id;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<JobScheduler> scheduler;
    std::unique_ptr<JobCompleter> transientCompleter;
    std::shared_ptr<void> clockWatch;
    int subscription = 0;

    std::mutex mutex;
    bool deliveryPosted = false;
    QList<JobEvent> started;
    QList<JobEvent> ended;
    QList<LogLine> logged;
    QStringList problems;
};

JobHost::JobHost(std::shared_ptr<JobStore> store, CommandRegistry registry, HostOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
    d->store = std::move(store);
    d->registry = std::move(registry);
    d->options = std::move(options);
    if (!d->options.clock)
        d->options.clock = std::make_shared<SystemClock>();
    d->id = makeRefId();
    d->transientCompleter = std::make_unique<JobCompleter>(d->options, *d->options.clock);
}

JobHost::~JobHost()
{
    // Commands that ignore their stop token are waited for: their thread cannot be taken from them.
    while (!stop()) { }
}

const QString &JobHost::id() const
{
    return d->id;
}

bool JobHost::isRunning() const
{
    return d->dispatcher != nullptr;
}

Result<void> JobHost::start()
{
    if (d->dispatcher)
        return {};
    if (auto taken = d->store->beginHosting(d->describe(), d->options.adopt); !taken)
        return taken;
    const auto giveUp = [this](const Error &error) -> Result<void> {
        d->store->endHosting();
        return error;
    };
    const QString folder = d->store->info().hostFolder;
    JobRescuer rescuer(*d->store, *d->options.clock, d->options.interruptionLimit);
    if (const auto rescued = rescuer.rescue(EnteredJobs::lastHost(folder)); !rescued)
        return giveUp(rescued.error());
    auto entered = EnteredJobs::open(folder, d->id);
    if (!entered)
        return giveUp(entered.error());
    d->dispatcher = std::make_unique<Dispatcher>(d->store, d->registry, d->options, *d->options.clock, d->id, std::move(entered).value(),
                                                 d->events());
    d->scheduler = std::make_unique<JobScheduler>(d->store, *d->options.clock, d->schedulerServices());
    d->subscription = d->store->subscribe([dispatcher = d->dispatcher.get(), scheduler = d->scheduler.get()](const StoreChange &change) {
        dispatcher->onStoreChange(change);
        scheduler->onStoreChange(change);
    });
    d->store->setArrivalListener([dispatcher = d->dispatcher.get()] { dispatcher->onArrival(); });
    d->clockWatch = d->options.clock->whenSet([dispatcher = d->dispatcher.get(), scheduler = d->scheduler.get()] {
        dispatcher->onClockSet();
        scheduler->onClockSet();
    });
    d->dispatcher->start();
    d->scheduler->start();
    return {};
}

bool JobHost::stop()
{
    if (!d->dispatcher)
        return true;
    d->scheduler->stop();
    if (!d->dispatcher->stop(d->options.stopDeadline))
        return false;
    d->clockWatch.reset();
    d->store->setArrivalListener({});
    d->store->unsubscribe(d->subscription);
    d->store->endHosting();
    d->scheduler.reset();
    d->dispatcher.reset();
    d->deliver();
    return true;
}

void JobHost::drainWhenIdle()
{
    if (d->dispatcher)
        d->scheduler->whenSettled([dispatcher = d->dispatcher.get()] { dispatcher->drainWhenIdle(); });
}

std::shared_ptr<TransientRun> JobHost::runCommand(NewJob job, std::function<void(const Job &)> finished)
{
    const CommandEntry *const entry = d->registry.find(job.name, job.isApi);
    if (entry && !entry->options.worker.isEmpty())
        job.options.worker = entry->options.worker;
    const auto run = std::make_shared<TransientJob>(job, d->store, *d->options.clock, d->options, std::move(finished));
    if (!d->dispatcher) {
        run->cancel();
        run->run(entry, *d->transientCompleter);
        return run;
    }
    const JobCompleter &completer = *d->transientCompleter;
    d->dispatcher->runTransient(
        job.options.worker.isEmpty() ? QString() : job.options.worker,
        {.work = [run, entry, &completer](TransientJob::Ended ended) { run->run(entry, completer, std::move(ended)); },
         .requestStop = [run](StopReason reason) { run->requestStop(reason); },
         .timeout = run->timeout(entry, completer)});
    return run;
}

} // namespace stint
