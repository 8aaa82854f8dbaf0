// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitestore.h"

#include "engine/store/sqlite/bulkaction.h"
#include "engine/store/sqlite/cancelling.h"
#include "engine/store/sqlite/changelook.h"
#include "engine/store/sqlite/claiming.h"
#include "engine/store/sqlite/enqueuing.h"
#include "engine/store/sqlite/finishing.h"
#include "engine/store/sqlite/hosting.h"
#include "engine/store/sqlite/joblog.h"
#include "engine/store/sqlite/requeueing.h"
#include "engine/store/sqlite/schema.h"
#include "engine/store/sqlite/storecheck.h"
#include "engine/store/storeusers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace stint {

namespace {

constexpr const char *creator = "Stint 0.1";
constexpr std::size_t waitingLogLimit = 20'000;
constexpr QLatin1StringView queueFile{"jobs.db"};

/// Turns what the SQLite layer throws into a Result.
template <typename Look>
auto guarded(Look &&look) -> Result<decltype(look())>
{
    try {
        return look();
    } catch (const SqliteError &error) {
        return error.error();
    }
}

} // namespace

Result<std::shared_ptr<JobStore>> SqliteStore::open(const QString &location, OpenMode mode, std::shared_ptr<const Clock> clock,
                                                    Durability durability)
{
    const QFileInfo given(location);
    QString folder = given.absoluteFilePath();
    if (given.isFile()) {
        if (given.fileName() != queueFile)
            return Error{ErrorCode::InvalidArgument, QStringLiteral("%1: name the folder that holds jobs.db").arg(location)};
        folder = given.absolutePath();
    } else if (mode == OpenMode::Create && !QDir().mkpath(folder)) {
        return Error{ErrorCode::ReadOnly, QStringLiteral("%1: cannot be made").arg(location)};
    }
    const bool exists = QFile::exists(folder + u'/' + queueFile);
    if (!exists && mode != OpenMode::Create)
        return Error{ErrorCode::NotFound, QStringLiteral("%1: there is no jobs.db").arg(location)};
    for (const QString &path : {folder, folder + u'/' + queueFile}) {
        if (exists && mode != OpenMode::ReadOnly && ::access(QFile::encodeName(path).constData(), W_OK) != 0)
            return Error{ErrorCode::ReadOnly, QStringLiteral("%1: may not be written").arg(path)};
    }

    storeusers::announce();
    return guarded([&]() -> std::shared_ptr<JobStore> {
        std::shared_ptr<SqliteStore> store(new SqliteStore(folder, mode, clock ? clock : std::make_shared<SystemClock>(), durability));
        // A blank file is one that another process is making at this moment, or has died over.
        const bool create = !exists || (mode == OpenMode::Create && store->m_reader.isBlank());
        if (!create)
            store->m_reader.readInfo(store->m_info);
        if (mode != OpenMode::ReadOnly)
            store->openForWriting(create);
        store->startWatching();
        return store;
    });
}

SqliteStore::SqliteStore(QString folder, OpenMode mode, std::shared_ptr<const Clock> clock, Durability durability)
    : m_folder(std::move(folder))
    , m_mode(mode)
    , m_durability(durability)
    , m_clock(std::move(clock))
    , m_reader(m_folder, mode, m_clock)
    , m_status(m_reader, m_clock)
    , m_knownHost(m_folder)
{
    m_info.location = m_folder;
    m_info.readOnly = mode == OpenMode::ReadOnly;
}

SqliteStore::~SqliteStore()
{
    m_watcher.reset();
    m_writes.reset(); // writes what waits
}

void SqliteStore::openForWriting(bool create)
{
    if (!create && !m_info.ours)
        return; // another program's store: only adopt() changes it
    auto db = std::make_unique<SqliteConnection>(m_reader.queuePath(), create ? "mode=rwc" : "mode=rw");
    if (create) {
        schema::createQueue(*db, QString::fromLatin1(creator), m_clock->now());
        m_info.ours = true;
        m_info.createdBy = QString::fromLatin1(creator);
    }
    db->execute(m_durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    db->execute("PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY");
    m_writes = std::make_unique<WriteSide<SqliteWriter>>(
        std::make_unique<SqliteWriter>(m_folder, std::move(db), m_clock, [this](const StoreChange &change) { notify(change); }));
}

void SqliteStore::startWatching()
{
    auto look = m_writes ? changelook::byCommits(m_reader.queuePath()) : changelook::byFiles(m_reader.queuePath());
    m_watcher = std::make_unique<StoreWatcher>(m_folder, std::move(look), [this] { notify(StoreChange{}); });
}

StoreInfo SqliteStore::info() const
{
    return m_info;
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

Error SqliteStore::whyNotWritable() const
{
    if (m_mode == OpenMode::ReadOnly)
        return {ErrorCode::ReadOnly, QStringLiteral("%1: was opened read-only").arg(m_folder)};
    return {ErrorCode::Foreign, QStringLiteral("%1: was made by another program; a host can adopt it (stint host --adopt)").arg(m_folder)};
}

template <typename T, typename Operation>
void SqliteStore::write(Operation operation, Completion<T> done)
{
    if (m_writes)
        m_writes->post<T>(std::move(operation), std::move(done));
    else if (done)
        done(whyNotWritable());
}

void SqliteStore::enqueue(EnqueueRequest request, Completion<QList<JobRef>> done)
{
    auto shared = std::make_shared<EnqueueRequest>(std::move(request));
    write<QList<JobRef>>([this, shared](SqliteWriter &writer) { return enqueuing::record(writer, *shared, m_knownHost.names(writer.db())); },
                         std::move(done));
}

void SqliteStore::claim(ClaimRequest request, Completion<ClaimResult> done)
{
    auto shared = std::make_shared<ClaimRequest>(std::move(request));
    write<ClaimResult>([shared](SqliteWriter &writer) { return claiming::claim(writer, *shared); }, std::move(done));
}

void SqliteStore::finish(AttemptEnd end, Completion<void> done)
{
    auto shared = std::make_shared<AttemptEnd>(std::move(end));
    write<void>([shared](SqliteWriter &writer) { finishing::end(writer, *shared); }, std::move(done));
}

void SqliteStore::release(QList<JobRef> jobs, QList<std::int64_t> generations, Completion<void> done)
{
    write<void>([jobs = std::move(jobs), generations = std::move(generations)](
                    SqliteWriter &writer) { claiming::release(writer, jobs, generations); },
                std::move(done));
}

void SqliteStore::beginCallback(std::int64_t jobId, std::int64_t generation, Completion<void> done)
{
    write<void>([jobId, generation](SqliteWriter &writer) { finishing::beginCallback(writer, jobId, generation); }, std::move(done));
}

void SqliteStore::appendLog(QList<LogLine> lines)
{
    if (m_writes)
        m_writes->postBounded([lines = std::move(lines)](SqliteWriter &writer) { joblog::append(writer.db(), lines); }, waitingLogLimit);
}

void SqliteStore::updateProgress(QList<ProgressUpdate> updates)
{
    write<void>([updates = std::move(updates)](SqliteWriter &writer) {
        for (const ProgressUpdate &update : updates)
            writer.db().run("UPDATE BackgroundJob SET Progress = coalesce(?, Progress), Status = coalesce(?, Status), LastActivityDate = ? "
                            "WHERE Id = ? AND Generation = ? AND State = 'Started'",
                            update.progress, update.status, writer.now(), update.jobId, update.generation);
    }, {});
}

void SqliteStore::recordProcess(std::int64_t jobId, ProcessGroup group, Completion<void> done)
{
    write<void>([jobId, group](SqliteWriter &writer) {
        writer.db().run("INSERT OR REPLACE INTO JobProcess (JobId, GroupId, StartTime) VALUES (?, ?, ?)", jobId, group.groupId, group.startTime);
    }, std::move(done));
}

Result<QList<std::int64_t>> SqliteStore::cancelRequests(const QString &hostId) const
{
    return guarded([&] { return m_status.cancelRequests(hostId); });
}

Result<void> SqliteStore::adopt()
{
    const auto adopted = guarded([this] {
        hosting::adopt(m_folder, QString::fromLatin1(creator), m_clock->now());
        m_info.ours = true;
        m_info.createdBy = QString::fromLatin1(creator);
        m_reader.forgetIdle();
        m_watcher.reset();
        openForWriting(false);
        startWatching();
        return 0;
    });
    return adopted ? Result<void>() : adopted.error();
}

Result<void> SqliteStore::beginHosting(const HostInfo &host, bool mayAdopt)
{
    const std::lock_guard guard(m_hostMutex);
    if (m_mode == OpenMode::ReadOnly || (!m_info.ours && !mayAdopt))
        return whyNotWritable();
    auto lock = hosting::takeStore(m_folder, host);
    if (!lock)
        return lock.error();
    if (!m_info.ours) {
        if (auto adopted = adopt(); !adopted)
            return adopted;
    }
    auto taken = waitFor<void>([&](Completion<void> done) {
        write<void>([&host](SqliteWriter &writer) { hosting::begin(writer, host); }, std::move(done));
    });
    if (taken)
        m_hostLock = std::move(lock).value();
    return taken;
}

void SqliteStore::endHosting()
{
    const std::lock_guard guard(m_hostMutex);
    if (m_writes)
        m_writes->flush();
    m_hostLock.reset();
}

Result<QList<OrphanedJob>> SqliteStore::orphans() const
{
    return guarded([this] { return m_status.orphans(); });
}

void SqliteStore::heartbeat(const QString &hostId, QList<WorkerDelta> workers, QList<RunDuration> durations, Completion<void> done)
{
    write<void>([hostId, workers = std::move(workers), durations = std::move(durations)](
                    SqliteWriter &writer) { hosting::beat(writer, hostId, workers, durations); },
                std::move(done));
}

void SqliteStore::act(JobSelection selection, Pane pane, administering::Action action, QLatin1StringView name, Completion<QList<ActionResult>> done)
{
    const auto chunk = [this, action = std::move(action), name](QList<std::int64_t> ids, Completion<QList<ActionResult>> chunkDone) {
        write<QList<ActionResult>>([action, name, ids](SqliteWriter &writer) { return administering::act(writer, name, ids, action); },
                                   std::move(chunkDone));
    };
    std::make_shared<BulkAction>(std::move(selection), pane, [this](const JobQuery &query) { return list(query, {}); }, chunk, std::move(done))->next();
}

void SqliteStore::cancel(JobSelection selection, Completion<QList<ActionResult>> done)
{
    act(std::move(selection), Pane::Queue, cancelling::cancel, QLatin1StringView("cancel"), std::move(done));
}

void SqliteStore::requeue(JobSelection selection, RequeueEdit edit, Completion<QList<ActionResult>> done)
{
    act(std::move(selection), Pane::Failed, [edit = std::move(edit)](SqliteWriter &writer, std::int64_t id) { return requeueing::requeue(writer, id, edit); },
        QLatin1StringView("requeue"), std::move(done));
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

Result<QList<WorkerInfo>> SqliteStore::workers() const
{
    return guarded([this] { return m_status.workers(); });
}

Result<QList<HostInfo>> SqliteStore::hosts() const
{
    return guarded([this] { return m_status.hosts(); });
}

Result<QList<CheckFinding>> SqliteStore::check(bool repair)
{
    if (repair && !m_writes)
        return whyNotWritable();
    return guarded([&] {
        StoreCheck check(m_reader);
        QList<CheckFinding> findings = check.run();
        if (repair && !findings.isEmpty()) {
            auto repaired = waitFor<void>([&](Completion<void> done) {
                write<void>([&](SqliteWriter &writer) { check.repair(writer, findings); }, std::move(done));
            });
            if (!repaired)
                throw SqliteError(repaired.error());
            m_writes->flush();
        }
        return findings;
    });
}

} // namespace stint
