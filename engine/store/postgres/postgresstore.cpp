// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgresstore.h"

#include "engine/refid.h"
#include "engine/store/bulkaction.h"
#include "engine/store/postgres/administering.h"
#include "engine/store/postgres/enqueuing.h"
#include "engine/store/postgres/finishing.h"
#include "engine/store/postgres/hosting.h"
#include "engine/store/postgres/hourlystats.h"
#include "engine/store/postgres/looking.h"
#include "engine/store/postgres/openpostgres.h"
#include "engine/store/postgres/schema.h"
#include "engine/store/postgres/status.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QStandardPaths>

namespace stint {

namespace {

using namespace postgres;

/// Where hosts on this machine keep what the database has no place for.
QString hostFolderOf(const QString &location)
{
    const QByteArray hash = QCryptographicHash::hash(location.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    const QString state = qEnvironmentVariable("XDG_STATE_HOME", QDir::homePath() + QStringLiteral("/.local/state"));
    return state + QStringLiteral("/stint/hosts/") + QString::fromLatin1(hash);
}

Error readOnly(const StoreInfo &info)
{
    return {ErrorCode::ReadOnly, QStringLiteral("%1: was opened to look only").arg(info.location)};
}

Error unsupported(const StoreInfo &info, const char *what)
{
    return {ErrorCode::Unsupported, QStringLiteral("%1: %2 in a PostgreSQL database").arg(info.location, QLatin1StringView(what))};
}

} // namespace

bool isPostgresAddress(const QString &location)
{
    return PostgresAddress::isMeant(location);
}

Result<std::shared_ptr<JobStore>> openPostgresStore(const QString &location, OpenMode mode, std::shared_ptr<const Clock> clock,
                                                    Durability durability)
{
    return PostgresStore::open(location, mode, std::move(clock), durability);
}

Result<std::shared_ptr<JobStore>> PostgresStore::open(const QString &location, OpenMode mode, std::shared_ptr<const Clock> clock,
                                                      Durability durability)
{
    auto address = PostgresAddress::parse(location);
    if (!address)
        return address.error();
    std::shared_ptr<PostgresStore> store(new PostgresStore(*address, mode, clock ? clock : std::make_shared<SystemClock>()));
    try {
        store->prepare(mode);
    } catch (const PostgresError &error) {
        return error.error();
    }
    if (mode != OpenMode::ReadOnly) {
        auto writer = std::make_unique<PostgresWriter>(*address, durability, store->m_name, store->m_clock,
                                                       [store = store.get()](const StoreChange &change) { store->notify(change); });
        store->m_side = std::make_unique<WriteSide<PostgresWriter>>(std::move(writer));
    }
    store->m_watcher = std::make_unique<PostgresWatcher>(*address, store->m_name, [store = store.get()] { store->notify({}); });
    return std::shared_ptr<JobStore>(std::move(store));
}

PostgresStore::PostgresStore(PostgresAddress address, OpenMode mode, std::shared_ptr<const Clock> clock)
    : m_clock(std::move(clock))
    , m_name(makeRefId())
    , m_pool(std::move(address))
    , m_tasks(m_side, m_info)
    , m_info{.location = m_pool.address().toText(),
             .hostFolder = hostFolderOf(m_pool.address().toText()),
             .readOnly = mode == OpenMode::ReadOnly,
             .ours = true}
{
}

PostgresStore::~PostgresStore()
{
    m_watcher.reset();
    m_readLater.stop();
    m_side.reset();
}

void PostgresStore::prepare(OpenMode mode)
{
    PostgresConnection db(m_pool.address());
    auto content = schema::contentOf(db);
    if (content == schema::Content::Nothing && mode == OpenMode::Create) {
        schema::create(db, QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion(), m_clock->now());
        content = schema::contentOf(db);
    }
    if (content == schema::Content::Nothing)
        throw PostgresError(Error{ErrorCode::NotFound, QStringLiteral("%1: there are no tables of jobs").arg(m_info.location)});
    if (content == schema::Content::Foreign)
        throw PostgresError(
            Error{ErrorCode::Foreign, QStringLiteral("%1: has tables of jobs that another program made").arg(m_info.location)});
    if (mode != OpenMode::ReadOnly)
        schema::upgrade(db);
    m_info.createdBy = schema::storeValue(db, QStringLiteral("createdBy"));
}

StoreInfo PostgresStore::info() const
{
    return m_info;
}

int PostgresStore::subscribe(ChangeListener listener)
{
    const std::lock_guard lock(m_listenersMutex);
    m_listeners.emplace(m_nextSubscription, std::move(listener));
    return m_nextSubscription++;
}

void PostgresStore::unsubscribe(int subscription)
{
    const std::lock_guard lock(m_listenersMutex);
    m_listeners.erase(subscription);
}

void PostgresStore::notify(const StoreChange &change) const
{
    const std::lock_guard lock(m_listenersMutex);
    for (const auto &[subscription, listener] : m_listeners)
        listener(change);
}

template <typename T, typename Operation>
void PostgresStore::write(Operation operation, Completion<T> done)
{
    if (m_side)
        m_side->post<T>(std::move(operation), std::move(done));
    else if (done)
        done(readOnly(m_info));
}

template <typename Look>
auto PostgresStore::look(Look &&look) const -> Result<decltype(look(std::declval<PostgresConnection &>()))>
{
    try {
        return m_pool.snapshot(look);
    } catch (const PostgresError &error) {
        return error.error();
    }
}

void PostgresStore::enqueue(EnqueueRequest request, Completion<QList<JobRef>> done)
{
    auto shared = std::make_shared<EnqueueRequest>(std::move(request));
    write<QList<JobRef>>([shared](PostgresWriter &writer) { return enqueuing::record(writer, *shared); }, std::move(done));
}

void PostgresStore::claim(ClaimRequest request, Completion<ClaimResult> done)
{
    auto shared = std::make_shared<ClaimRequest>(std::move(request));
    write<ClaimResult>([this, shared](PostgresWriter &writer) { return claiming::claim(writer, *shared, m_backlog); }, std::move(done));
}

void PostgresStore::finish(AttemptEnd end, Completion<void> done)
{
    auto shared = std::make_shared<AttemptEnd>(std::move(end));
    write<void>(
        [this, shared](PostgresWriter &writer) {
            m_log.writeRest(writer, shared->jobId);
            finishing::end(writer, *shared);
        },
        m_log.settling(shared->jobId, std::move(done)));
}

void PostgresStore::release(QList<JobRef> jobs, QList<std::int64_t> generations, Completion<void> done)
{
    write<void>([jobs, generations](PostgresWriter &writer) { claiming::release(writer, jobs, generations); }, std::move(done));
}

void PostgresStore::beginCallback(std::int64_t jobId, std::int64_t generation, Completion<void> done)
{
    write<void>([jobId, generation](PostgresWriter &writer) { finishing::beginCallback(writer, jobId, generation); }, std::move(done));
}

void PostgresStore::appendLog(QList<LogLine> lines)
{
    if (m_side)
        m_log.append(*m_side, std::move(lines));
}

void PostgresStore::updateProgress(QList<ProgressUpdate> updates)
{
    write<void>(
        [updates = std::move(updates)](PostgresWriter &writer) {
            for (const ProgressUpdate &update : updates)
                writer.db().run(R"(UPDATE "BackgroundJob" SET "Progress" = coalesce($1, "Progress"), "Status" = coalesce($2, "Status"),
                                   "LastActivityDate" = $3 WHERE "Id" = $4 AND "Generation" = $5 AND "State" = 'Started')",
                                update.progress, update.status, writer.now(), update.jobId, update.generation);
        },
        {});
}

void PostgresStore::recordProcess(std::int64_t jobId, ProcessGroup group, Completion<void> done)
{
    write<void>(
        [jobId, group](PostgresWriter &writer) {
            writer.db().run(R"(INSERT INTO "JobProcess" ("JobId", "GroupId", "StartTime") VALUES ($1, $2, $3)
                               ON CONFLICT ("JobId", "GroupId") DO UPDATE SET "StartTime" = excluded."StartTime")",
                            jobId, group.groupId, group.startTime);
        },
        std::move(done));
}

Result<QList<std::int64_t>> PostgresStore::cancelRequests(const QString &hostId) const
{
    return look([&](PostgresConnection &db) { return status::cancelRequests(db, hostId); });
}

Result<void> PostgresStore::beginHosting(const HostInfo &host, bool)
{
    if (!QDir().mkpath(m_info.hostFolder))
        return Error{ErrorCode::Io, QStringLiteral("%1: cannot be made").arg(m_info.hostFolder)};
    return waitFor<void>([&](Completion<void> done) {
        write<void>(
            [this, &host](PostgresWriter &writer) {
                writer.beginHosting(host);
                m_backlog.unknownMayBeKnown = true;
            },
            std::move(done));
    });
}

void PostgresStore::endHosting()
{
    if (m_side)
        (void)waitFor<void>(
            [&](Completion<void> done) { write<void>([](PostgresWriter &writer) { writer.endHosting(); }, std::move(done)); });
}

Result<QList<OrphanedJob>> PostgresStore::orphans() const
{
    return look(status::orphans);
}

void PostgresStore::heartbeat(const QString &hostId, QList<WorkerDelta> workers, QList<RunDuration> durations, Completion<void> done)
{
    write<void>([hostId, workers = std::move(workers), durations = std::move(durations)](
                    PostgresWriter &writer) { hosting::beat(writer.db(), hostId, writer.now(), workers, durations); },
                std::move(done));
}

void PostgresStore::act(JobSelection selection, Pane pane, Action action, Completion<QList<ActionResult>> done)
{
    BulkAction::Services services{
        .list = [this](const JobQuery &query) { return list(query, {}); },
        .readLater = [this](std::function<void()> task) { return m_readLater.post(std::move(task)); },
        .newestId =
            [this](Completion<std::int64_t> found) {
                write<std::int64_t>([](PostgresWriter &writer) { return writer.db().integer(R"(SELECT max("Id") FROM "JobSummary")"); },
                                    std::move(found));
            },
        .act =
            [this, action = std::move(action)](const QList<std::int64_t> &ids, Completion<QList<ActionResult>> acted) {
                write<QList<ActionResult>>([action, ids](PostgresWriter &writer) { return action(writer, ids); }, std::move(acted));
            }};
    std::make_shared<BulkAction>(std::move(selection), pane, std::move(services), std::move(done))->start();
}

void PostgresStore::cancel(JobSelection selection, Completion<QList<ActionResult>> done)
{
    act(std::move(selection), Pane::Queue, administering::cancel, std::move(done));
}

void PostgresStore::requeue(JobSelection selection, RequeueEdit edit, Completion<QList<ActionResult>> done)
{
    act(
        std::move(selection), Pane::Failed,
        [edit = std::move(edit)](PostgresWriter &writer, const QList<std::int64_t> &ids) {
            return administering::requeue(writer, ids, edit);
        },
        std::move(done));
}

void PostgresStore::setWorkerPaused(QString worker, bool paused, Completion<void> done)
{
    write<void>([worker, paused](PostgresWriter &writer) { administering::setWorkerPaused(writer, worker, paused); }, std::move(done));
}

Result<JobPage> PostgresStore::list(const JobQuery &query, std::stop_token stop) const
{
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, QStringLiteral("no longer wanted")};
    return look([&](PostgresConnection &db) { return looking::list(db, query, m_clock->now()); });
}

Result<std::optional<JobResult>> PostgresStore::find(std::int64_t id) const
{
    return look([&](PostgresConnection &db) { return looking::find(db, id, m_clock->now()); });
}

Result<std::optional<JobResult>> PostgresStore::find(const QString &refId) const
{
    return look([&](PostgresConnection &db) { return looking::find(db, refId, m_clock->now()); });
}

Result<QList<LogLine>> PostgresStore::logs(std::int64_t jobId, std::int64_t afterId, int limit) const
{
    return look([&](PostgresConnection &db) { return looking::logs(db, jobId, afterId, limit); });
}

Result<QList<LogLine>> PostgresStore::recentLog(std::optional<std::int64_t> afterId, int limit) const
{
    return look([&](PostgresConnection &db) { return looking::recentLog(db, afterId, limit); });
}

Result<QList<WaitReason>> PostgresStore::waitingFor(const Job &job) const
{
    return look([&](PostgresConnection &db) { return looking::waitingFor(db, job, m_clock->now()); });
}

Result<QList<JobSummary>> PostgresStore::related(const JobSummary &job, int limit) const
{
    return look([&](PostgresConnection &db) { return looking::related(db, job, limit); });
}

Result<JobCounts> PostgresStore::counts() const
{
    return look(status::counts);
}

Result<QList<YearMonth>> PostgresStore::months() const
{
    return look(status::months);
}

Result<QList<ScheduledTask>> PostgresStore::scheduledTasks() const
{
    return look(looking::scheduledTasks);
}

Result<QList<TaskOccurrence>> PostgresStore::occurrences(std::int64_t taskId, int limit) const
{
    return look([&](PostgresConnection &db) { return looking::occurrences(db, taskId, limit); });
}

Result<QList<WorkerInfo>> PostgresStore::workers() const
{
    return look(status::workers);
}

Result<QList<HostInfo>> PostgresStore::hosts() const
{
    return look(hosting::hosts);
}

Result<QList<JobStat>> PostgresStore::stats(const StatsQuery &query) const
{
    return look([&](PostgresConnection &db) { return hourlystats::read(db, query.wholeHours()); });
}

Result<QList<CheckFinding>> PostgresStore::check(bool repair)
{
    if (repair)
        return unsupported(m_info, "findings cannot be repaired");
    return look(status::check);
}

Result<void> PostgresStore::rebuildStats()
{
    return unsupported(m_info, "statistics cannot be rebuilt");
}

Result<QList<PrunedMonth>> PostgresStore::prune(const PruneRequest &)
{
    return unsupported(m_info, "months cannot be taken away as files");
}

} // namespace stint
