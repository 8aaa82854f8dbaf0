// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/arrivals.h"
#include "engine/store/hostlock.h"
#include "engine/store/jobstore.h"
#include "engine/store/logwriting.h"
#include "engine/store/sqlite/administering.h"
#include "engine/store/sqlite/claiming.h"
#include "engine/store/sqlite/knownhost.h"
#include "engine/store/sqlite/sqlitereader.h"
#include "engine/store/sqlite/storestatus.h"
#include "engine/store/sqlite/storetasks.h"
#include "engine/store/storewatcher.h"
#include "engine/store/taskthread.h"

#include <map>
#include <mutex>

namespace stint {

/// A folder with jobs.db and a database for each month: ours, or a ServiceStack.Jobs application's. Any thread.
class SqliteStore final : public JobStore
{
public:
    /// `location` is the folder, or the jobs.db in it.
    [[nodiscard]] static Result<std::shared_ptr<JobStore>>
    open(const QString &location, OpenMode mode, std::shared_ptr<const Clock> clock = {}, Durability durability = Durability::Full);
    ~SqliteStore() override;

    StoreInfo info() const override;

    void enqueue(EnqueueRequest request, Completion<QList<JobRef>> done) override;
    void claim(ClaimRequest request, Completion<ClaimResult> done) override;
    void finish(AttemptEnd end, Completion<void> done) override;
    void release(QList<JobRef> jobs, QList<std::int64_t> generations, Completion<void> done) override;
    void beginCallback(std::int64_t jobId, std::int64_t generation, Completion<void> done) override;
    void appendLog(QList<LogLine> lines) override;
    void updateProgress(QList<ProgressUpdate> updates) override;
    void recordProcess(std::int64_t jobId, ProcessGroup group, Completion<void> done) override;
    Result<QList<std::int64_t>> cancelRequests(const QString &hostId) const override;

    Result<void> beginHosting(const HostInfo &host, bool adopt) override;
    void endHosting() override;
    Result<QList<OrphanedJob>> orphans() const override;
    void heartbeat(const QString &hostId, QList<WorkerDelta> workers, QList<RunDuration> durations, Completion<void> done) override;

    void cancel(JobSelection selection, Completion<QList<ActionResult>> done) override;
    void requeue(JobSelection selection, RequeueEdit edit, Completion<QList<ActionResult>> done) override;
    void setWorkerPaused(QString worker, bool paused, Completion<void> done) override;

    void saveTask(NewTask task, Completion<ScheduledTask> done) override { m_tasks.save(std::move(task), std::move(done)); }
    void removeTask(QString name, Completion<void> done) override { m_tasks.remove(std::move(name), std::move(done)); }
    void setTaskPaused(QString name, bool paused, Completion<ScheduledTask> done) override
    {
        m_tasks.setPaused(std::move(name), paused, std::move(done));
    }
    void runTask(QString name, Completion<TaskRun> done) override { m_tasks.run(std::move(name), std::move(done)); }
    void runDueTask(DueTask due, Completion<TaskRun> done) override { m_tasks.runDue(due, std::move(done)); }
    void setTaskProblem(std::int64_t taskId, QString problem, Completion<void> done) override
    {
        m_tasks.setProblem(taskId, std::move(problem), std::move(done));
    }

    Result<JobPage> list(const JobQuery &query, std::stop_token stop) const override;
    Result<std::optional<JobResult>> find(std::int64_t id) const override;
    Result<std::optional<JobResult>> find(const QString &refId) const override;
    Result<QList<LogLine>> logs(std::int64_t jobId, std::int64_t afterId, int limit) const override;
    Result<QList<LogLine>> recentLog(std::optional<std::int64_t> afterId, int limit) const override;
    Result<QList<WaitReason>> waitingFor(const Job &job) const override;
    Result<QList<JobSummary>> related(const JobSummary &job, int limit) const override;
    Result<JobCounts> counts() const override;
    Result<QList<YearMonth>> months() const override;
    Result<QList<ScheduledTask>> scheduledTasks() const override;
    Result<QList<TaskOccurrence>> occurrences(std::int64_t taskId, int limit) const override;
    Result<QList<WorkerInfo>> workers() const override;
    Result<QList<HostInfo>> hosts() const override;
    Result<QList<JobStat>> stats(const StatsQuery &query) const override;
    Result<QList<CheckFinding>> check(bool repair) override;
    Result<void> rebuildStats() override;
    Result<QList<PrunedMonth>> prune(const PruneRequest &request) override;

    int subscribe(ChangeListener listener) override;
    void unsubscribe(int subscription) override;
    void setArrivalListener(std::function<void()> listener) override { m_arrivals.setListener(std::move(listener)); }

private:
    SqliteStore(QString folder, OpenMode mode, std::shared_ptr<const Clock> clock, Durability durability);
    void startWatching();
    void notify(const StoreChange &change) const;
    /// Posts an operation and hands its value, or why it failed, to `done`.
    template <typename T, typename Operation>
    void write(Operation operation, Completion<T> done);
    using ForeignAction = std::function<ActionResult(ForeignWriter &, std::int64_t id)>;
    void act(JobSelection selection, Pane pane, QLatin1StringView name, administering::Action action, ForeignAction foreignAction,
             Completion<QList<ActionResult>> done);

    const QString m_folder;
    const OpenMode m_mode;
    const std::shared_ptr<const Clock> m_clock;
    SqliteReader m_reader;
    StoreStatus m_status;
    KnownHost m_knownHost;       ///< writer's thread only
    claiming::Backlog m_backlog; ///< writer's thread only
    LogWriting<SqliteWriter> m_log;

    mutable std::mutex m_listenersMutex;
    std::map<int, ChangeListener> m_listeners;
    int m_nextSubscription = 1;
    Arrivals m_arrivals;

    std::mutex m_hostMutex;
    std::unique_ptr<HostLock> m_hostLock;

    StoreAccess m_access;
    StoreTasks m_tasks;
    TaskThread m_readLater;
    std::unique_ptr<StoreWatcher> m_watcher;
};

} // namespace stint
