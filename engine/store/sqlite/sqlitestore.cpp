// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitestore.h"

#include "engine/store/bulkaction.h"
#include "engine/store/sqlite/archivestats.h"
#include "engine/store/sqlite/cancelling.h"
#include "engine/store/sqlite/changelook.h"
#include "engine/store/sqlite/claiming.h"
#include "engine/store/sqlite/enqueuing.h"
#include "engine/store/sqlite/finishing.h"
#include "engine/store/sqlite/foreigncancelling.h"
#include "engine/store/sqlite/foreignenqueuing.h"
#include "engine/store/sqlite/foreignrequeueing.h"
#include "engine/store/sqlite/historypruner.h"
#include "engine/store/sqlite/hosting.h"
#include "engine/store/sqlite/requeueing.h"
#include "engine/store/sqlite/storecheck.h"
#include "engine/store/sqlite/storefolder.h"
#include "engine/store/storeusers.h"

namespace stint {

namespace {

/// Turns what the SQLite layer throws into a Result.
template <typename Look>
auto guarded(Look &&look) -> Result<decltype(look())>
{
    try {
        if constexpr (std::is_void_v<decltype(look())>) {
            look();
            return {};
        } else {
            return look();
        }
    } catch (const SqliteError &error) {
        return error.error();
    }
}

} // namespace

Result<std::shared_ptr<JobStore>> SqliteStore::open(const QString &location, OpenMode mode, std::shared_ptr<const Clock> clock,
                                                    Durability durability)
{
    const auto found = storefolder::find(location, mode);
    if (!found)
        return found.error();

    storeusers::announce();
    return guarded([&]() -> std::shared_ptr<JobStore> {
        std::shared_ptr<SqliteStore> store(new SqliteStore(found->path, mode, clock ? clock : std::make_shared<SystemClock>(), durability));
        // A blank file is one that another process is making at this moment, or has died over.
        const bool create = !found->exists || (mode == OpenMode::Create && store->m_reader.isBlank());
        store->m_access.open(create);
        store->startWatching();
        return store;
    });
}

SqliteStore::SqliteStore(QString folder, OpenMode mode, std::shared_ptr<const Clock> clock, Durability durability)
    : m_folder(std::move(folder))
    , m_mode(mode)
    , m_clock(std::move(clock))
    , m_reader(m_folder, mode, m_clock)
    , m_status(m_reader, m_clock)
    , m_knownHost(m_folder)
    , m_access(m_reader, mode, durability, m_clock, [this](const StoreChange &change) { notify(change); })
    , m_tasks(m_access, m_knownHost)
{
}

SqliteStore::~SqliteStore()
{
    m_watcher.reset();
    m_readLater.stop();
    m_access.close();
}

void SqliteStore::startWatching()
{
    auto look = [this, byCommits = changelook::byCommits(m_reader.queuePath()), byFiles = changelook::byFiles(m_reader.queuePath())] {
        return m_access.own() ? byCommits() : byFiles();
    };
    m_watcher = std::make_unique<StoreWatcher>(m_folder, std::move(look), [this] {
        m_access.noticeAdoption();
        notify(StoreChange{});
    });
}

StoreInfo SqliteStore::info() const
{
    return m_access.info();
}

int SqliteStore::subscribe(ChangeListener listener)
{
    const std::lock_guard lock(m_listenersMutex);
    m_listeners.emplace(m_nextSubscription, std::move(listener));
    return m_nextSubscription++;
}

void SqliteStore::unsubscribe(int subscription)
{
    const std::lock_guard lock(m_listenersMutex);
    m_listeners.erase(subscription);
}

void SqliteStore::notify(const StoreChange &change) const
{
    const std::lock_guard lock(m_listenersMutex);
    for (const auto &[subscription, listener] : m_listeners)
        listener(change);
}

template <typename T, typename Operation>
void SqliteStore::write(Operation operation, Completion<T> done)
{
    if (const auto side = m_access.own())
        side->post<T>(std::move(operation), std::move(done));
    else if (done)
        done(m_access.whyNotOwn());
}

void SqliteStore::enqueue(EnqueueRequest request, Completion<QList<JobRef>> done)
{
    auto shared = std::make_shared<EnqueueRequest>(std::move(request));
    if (const auto side = m_access.foreign())
        return side->post<QList<JobRef>>([shared](ForeignWriter &writer) { return foreignenqueuing::record(writer, *shared); },
                                         std::move(done));
    // Asked before the post and told after it: a listener that comes or goes between the two misses nothing.
    write<QList<JobRef>>([this, shared, heard = m_arrivals.isHeard()](
                             SqliteWriter &writer) { return enqueuing::record(writer, *shared, m_knownHost.names(writer.db()), heard); },
                         std::move(done));
    m_arrivals.tell();
}

void SqliteStore::claim(ClaimRequest request, Completion<ClaimResult> done)
{
    auto shared = std::make_shared<ClaimRequest>(std::move(request));
    write<ClaimResult>([this, shared](SqliteWriter &writer) { return claiming::claim(writer, *shared, m_backlog); }, std::move(done));
}

void SqliteStore::finish(AttemptEnd end, Completion<void> done)
{
    auto shared = std::make_shared<AttemptEnd>(std::move(end));
    write<void>(
        [this, shared](SqliteWriter &writer) {
            m_log.writeRest(writer, shared->jobId);
            finishing::end(writer, *shared);
        },
        m_log.settling(shared->jobId, std::move(done)));
}

void SqliteStore::release(QList<JobRef> jobs, QList<std::int64_t> generations, Completion<void> done)
{
    write<void>([jobs = std::move(jobs),
                 generations = std::move(generations)](SqliteWriter &writer) { claiming::release(writer, jobs, generations); },
                std::move(done));
}

void SqliteStore::beginCallback(std::int64_t jobId, std::int64_t generation, Completion<void> done)
{
    write<void>([jobId, generation](SqliteWriter &writer) { finishing::beginCallback(writer, jobId, generation); }, std::move(done));
}

void SqliteStore::appendLog(QList<LogLine> lines)
{
    if (const auto side = m_access.own())
        m_log.append(*side, std::move(lines));
}

void SqliteStore::updateProgress(QList<ProgressUpdate> updates)
{
    write<void>([updates = std::move(updates)](SqliteWriter &writer) { hosting::recordProgress(writer, updates); }, {});
}

void SqliteStore::recordProcess(std::int64_t jobId, ProcessGroup group, Completion<void> done)
{
    write<void>(
        [jobId, group](SqliteWriter &writer) {
            writer.db().run("INSERT OR REPLACE INTO JobProcess (JobId, GroupId, StartTime) VALUES (?, ?, ?)", jobId, group.groupId,
                            group.startTime);
        },
        std::move(done));
}

Result<QList<std::int64_t>> SqliteStore::cancelRequests(const QString &hostId) const
{
    return guarded([&] { return m_status.cancelRequests(hostId); });
}

Result<void> SqliteStore::beginHosting(const HostInfo &host, bool mayAdopt)
{
    const std::lock_guard guard(m_hostMutex);
    const bool ours = info().ours;
    if (m_mode == OpenMode::ReadOnly || (!ours && !mayAdopt))
        return m_access.whyNotOwn();
    auto lock = hosting::takeStore(m_folder, host);
    if (!lock)
        return lock.error();
    if (!ours) {
        const auto adopted = guarded([this] { m_access.adopt(); });
        if (!adopted)
            return adopted.error();
    }
    auto taken = waitFor<void>([&](Completion<void> done) {
        write<void>(
            [this, &host](SqliteWriter &writer) {
                hosting::begin(writer, host);
                m_backlog.unknownMayBeKnown = true;
            },
            std::move(done));
    });
    if (taken)
        m_hostLock = std::move(lock).value();
    return taken;
}

void SqliteStore::endHosting()
{
    const std::lock_guard guard(m_hostMutex);
    if (const auto side = m_access.own())
        side->flush();
    m_hostLock.reset();
}

Result<QList<OrphanedJob>> SqliteStore::orphans() const
{
    return guarded([this] { return m_status.orphans(); });
}

void SqliteStore::heartbeat(const QString &hostId, QList<WorkerDelta> workers, QList<RunDuration> durations, Completion<void> done)
{
    write<void>([hostId, workers = std::move(workers),
                 durations = std::move(durations)](SqliteWriter &writer) { hosting::beat(writer, hostId, workers, durations); },
                std::move(done));
}

void SqliteStore::act(JobSelection selection, Pane pane, QLatin1StringView name, administering::Action action, ForeignAction foreignAction,
                      Completion<QList<ActionResult>> done)
{
    BulkAction::Services services{
        .list = [this](const JobQuery &query) { return list(query, {}); },
        .readLater = [this](std::function<void()> task) { return m_readLater.post(std::move(task)); },
        .newestId =
            [this](Completion<std::int64_t> found) {
                const auto newest = [](auto &writer) { return writer.db().integer("SELECT max(Id) FROM JobSummary"); };
                if (const auto side = m_access.foreign())
                    side->post<std::int64_t>(newest, std::move(found));
                else
                    write<std::int64_t>(newest, std::move(found));
            },
        .act =
            [this, name, action = std::move(action), foreignAction = std::move(foreignAction)](const QList<std::int64_t> &ids,
                                                                                               Completion<QList<ActionResult>> acted) {
                if (const auto side = m_access.foreign())
                    return side->post<QList<ActionResult>>(
                        [foreignAction, ids](ForeignWriter &writer) {
                            QList<ActionResult> results;
                            for (const std::int64_t id : ids)
                                results.append(foreignAction(writer, id));
                            return results;
                        },
                        std::move(acted));
                write<QList<ActionResult>>(
                    [action, name, ids](SqliteWriter &writer) { return administering::act(writer, name, ids, action); }, std::move(acted));
            }};
    std::make_shared<BulkAction>(std::move(selection), pane, std::move(services), std::move(done))->start();
}

void SqliteStore::cancel(JobSelection selection, Completion<QList<ActionResult>> done)
{
    act(std::move(selection), Pane::Queue, QLatin1StringView("cancel"), cancelling::cancel, foreigncancelling::cancel, std::move(done));
}

void SqliteStore::requeue(JobSelection selection, RequeueEdit edit, Completion<QList<ActionResult>> done)
{
    act(
        std::move(selection), Pane::Failed, QLatin1StringView("requeue"),
        [edit](SqliteWriter &writer, std::int64_t id) { return requeueing::requeue(writer, id, edit); },
        [edit](ForeignWriter &writer, std::int64_t id) { return foreignrequeueing::requeue(writer, id, edit); }, std::move(done));
}

void SqliteStore::setWorkerPaused(QString worker, bool paused, Completion<void> done)
{
    write<void>([worker = std::move(worker), paused](SqliteWriter &writer) { administering::setWorkerPaused(writer, worker, paused); },
                std::move(done));
}

Result<JobPage> SqliteStore::list(const JobQuery &query, std::stop_token stop) const
{
    return guarded([&] { return m_reader.list(query, stop); });
}

Result<std::optional<JobResult>> SqliteStore::find(std::int64_t id) const
{
    return guarded([&] { return m_reader.find(id); });
}

Result<std::optional<JobResult>> SqliteStore::find(const QString &refId) const
{
    return guarded([&] { return m_reader.find(refId); });
}

Result<QList<LogLine>> SqliteStore::logs(std::int64_t jobId, std::int64_t afterId, int limit) const
{
    return guarded([&] { return m_status.logs(jobId, afterId, limit); });
}

Result<QList<LogLine>> SqliteStore::recentLog(std::optional<std::int64_t> afterId, int limit) const
{
    return guarded([&] { return m_status.recentLog(afterId, limit); });
}

Result<QList<WaitReason>> SqliteStore::waitingFor(const Job &job) const
{
    return guarded([&] { return m_status.waitingFor(job); });
}

Result<QList<JobSummary>> SqliteStore::related(const JobSummary &job, int limit) const
{
    return guarded([&] { return m_status.related(job, limit); });
}

Result<JobCounts> SqliteStore::counts() const
{
    return guarded([this] { return m_status.counts(); });
}

Result<QList<YearMonth>> SqliteStore::months() const
{
    return guarded([this] { return m_reader.months(); });
}

Result<QList<ScheduledTask>> SqliteStore::scheduledTasks() const
{
    return guarded([this] { return m_reader.scheduledTasks(); });
}

Result<QList<TaskOccurrence>> SqliteStore::occurrences(std::int64_t taskId, int limit) const
{
    return guarded([&] { return m_reader.occurrences(taskId, limit); });
}

Result<QList<WorkerInfo>> SqliteStore::workers() const
{
    return guarded([this] { return m_status.workers(); });
}

Result<QList<HostInfo>> SqliteStore::hosts() const
{
    return guarded([this] { return m_status.hosts(); });
}

Result<QList<JobStat>> SqliteStore::stats(const StatsQuery &query) const
{
    return guarded([&] { return archivestats::read(m_reader, query.wholeHours()); });
}

Result<void> SqliteStore::rebuildStats()
{
    const auto side = m_access.own();
    if (!side)
        return m_access.whyNotOwn();
    return guarded([&] { archivestats::rebuild(m_reader, *side, m_clock->now()); });
}

Result<QList<PrunedMonth>> SqliteStore::prune(const PruneRequest &request)
{
    const auto side = m_access.own();
    if (!request.dryRun && !side)
        return m_access.whyNotOwn();
    return guarded([&] { return HistoryPruner(m_reader, side, YearMonth::of(m_clock->now())).run(request); });
}

Result<QList<CheckFinding>> SqliteStore::check(bool repair)
{
    const auto side = m_access.own();
    if (repair && !side)
        return m_access.whyNotOwn();
    return guarded([&] {
        StoreCheck check(m_reader);
        QList<CheckFinding> findings = check.run();
        if (repair && !findings.isEmpty()) {
            side->writeNow<void>([&](SqliteWriter &writer) { check.repair(writer, findings); });
            side->flush();
        }
        return findings;
    });
}

} // namespace stint
