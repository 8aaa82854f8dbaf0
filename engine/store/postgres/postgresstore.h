// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/jobstore.h"
#include "engine/store/logwriting.h"
#include "engine/store/postgres/claiming.h"
#include "engine/store/postgres/postgrespool.h"
#include "engine/store/postgres/postgrestasks.h"
#include "engine/store/postgres/postgreswatcher.h"
#include "engine/store/postgres/postgreswriter.h"
#include "engine/store/taskthread.h"

#include <map>
#include <mutex>

namespace stint {

/// Jobs in a PostgreSQL database, in tables as ServiceStack.Jobs names them there. Several processes, on several
/// machines, may enqueue, look and act; one of them hosts. Any thread; needs a QCoreApplication.
class PostgresStore final : public JobStore
{
public:
    [[nodiscard]] static Result<std::shared_ptr<JobStore>> open(const QString &location, OpenMode mode, std::shared_ptr<const Clock> clock,
                                                                Durability durability);
    ~PostgresStore() override;

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

private:
    PostgresStore(PostgresAddress address, OpenMode mode, std::shared_ptr<const Clock> clock);
    /// Looks at what is there, or makes it. Throws PostgresError.
    void prepare(OpenMode mode);
    void notify(const StoreChange &change) const;
    /// Posts an operation and hands its value, or why it failed, to `done`.
    template <typename T, typename Operation>
    void write(Operation operation, Completion<T> done);
    template <typename Look>
    auto look(Look &&look) const -> Result<decltype(look(std::declval<PostgresConnection &>()))>;
    using Action = std::function<QList<ActionResult>(PostgresWriter &, const QList<std::int64_t> &)>;
    void act(JobSelection selection, Pane pane, Action action, Completion<QList<ActionResult>> done);

    const std::shared_ptr<const Clock> m_clock;
    const QString m_name; ///< tells this store's notices from those of others
    PostgresPool m_pool;
    PostgresTasks m_tasks;
    StoreInfo m_info;
    postgres::claiming::Backlog m_backlog; ///< writer's thread only
    LogWriting<PostgresWriter> m_log;

    mutable std::mutex m_listenersMutex;
    std::map<int, ChangeListener> m_listeners;
    int m_nextSubscription = 1;

    std::unique_ptr<WriteSide<PostgresWriter>> m_side; ///< null in a store that is only read
    TaskThread m_readLater;
    std::unique_ptr<PostgresWatcher> m_watcher;
};

} // namespace stint
