// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/joboptions.h"
#include "engine/jobquery.h"
#include "engine/jobstats.h"
#include "engine/result.h"
#include "engine/scheduledtask.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <future>
#include <memory>
#include <stop_token>
#include <vector>

namespace stint {

/// Called once when a write is on disk or has failed; on a thread of the store, which it must not block.
template <typename T>
using Completion = std::function<void(Result<T>)>;

/// How a store is opened.
enum class OpenMode : std::uint8_t {
    ReadOnly,  ///< looks, and leaves no trace
    ReadWrite, ///< an existing store
    Create,    ///< makes the store where there is none
};

/// What a power cut may take. A killed process loses nothing either way.
enum class Durability : std::uint8_t {
    Full,   ///< nothing that was acknowledged
    Normal, ///< the last commits of jobs.db
};

/// What a store is and what can be done to it.
struct StoreInfo {
    QString location;   ///< the folder or address, for people
    QString hostFolder; ///< where its host keeps files of its own, on this machine; made when a host comes
    bool readOnly = false;
    bool ours = false; ///< made by Stint, or adopted
    bool hasSummaries = true;
    QString createdBy; ///< of a store that is ours: the program and version that made it
};

/// Jobs to be recorded in one transaction.
struct EnqueueRequest {
    std::vector<NewJob> jobs;
    /// The attempt that enqueues them, so that they can be discarded with it.
    std::optional<std::int64_t> enqueuedBy;
    std::int64_t enqueuedByGeneration = 0;
};

/// What a host has room for.
struct ClaimRequest {
    QString hostId;
    int poolCapacity = 0;             ///< jobs without worker
    QHash<QString, int> laneCapacity; ///< workers that the host knows of: how many more each can take
    int newLaneCapacity = 1;          ///< a worker not named there
    int newLanes = 0;                 ///< how many of those
    QSet<QString> commands;           ///< what it can run
    QSet<QString> apis;
    QHash<QString, QString> fixedWorkers; ///< commands that run on one worker, whatever the job says
    bool draining = false;                ///< also tell what keeps the host from being done
};

/// What it got.
struct ClaimResult {
    std::vector<Job> jobs; ///< in the order in which they are to start; State Started, or Executed where only the callback is left
    std::optional<Timestamp> nextDue;   ///< the earliest moment at which a waiting job is to be looked at
    QStringList unknown;                ///< names met for the first time that no host can run; draining: all such names
    std::optional<Timestamp> nextRetry; ///< draining: the earliest moment at which a job that has begun goes on
    bool more = false;                  ///< there was more than fitted
    bool again = false;                 ///< it ended early: there may be work even if there is room for no more
};

/// How an attempt ended, as decided by JobCompleter; the store carries it out.
struct AttemptEnd {
    /// What becomes of the job.
    enum class Kind : std::uint8_t {
        Execute,   ///< work done, callback pending: State Executed
        Complete,  ///< State Completed; dependents are released
        Retry,     ///< State Queued again at `dueDate`, attempts + 1
        Interrupt, ///< as Retry, but counts as an interruption, not as an attempt
        Refund,    ///< State Queued again at once; the attempt does not count
        Fail,      ///< State Failed; dependents are cancelled
        Cancel,    ///< State Cancelled; dependents are cancelled
    };

    Kind kind = Kind::Complete;
    std::int64_t jobId = 0;
    std::int64_t generation = 0; ///< of the claim; a row of another generation is left alone
    std::optional<Timestamp> startedDate;
    Timestamp endedDate;
    int durationMs = 0;
    QString response;
    QByteArray responseBody;
    std::optional<JobError> error;
    std::optional<Timestamp> notifiedDate;
    std::optional<Timestamp> dueDate; ///< Retry and Interrupt: not before
    std::optional<double> progress;
    QString status;
    bool cancelDependents = false; ///< Complete, though a cancel was asked for ("cancel came too late")
    bool hasLogs = false;          ///< lines were appended: they are joined into the archive row
};

/// Progress to be shown while a job runs; only the newest of each job needs to be kept.
struct ProgressUpdate {
    std::int64_t jobId = 0;
    std::int64_t generation = 0;
    std::optional<double> progress;
    QString status; ///< null: unchanged
};

/// Counters that a host adds to a worker's.
struct WorkerDelta {
    QString name;
    std::int64_t received = 0;
    std::int64_t completed = 0;
    std::int64_t retries = 0;
    std::int64_t failed = 0;
    std::int64_t cancelled = 0;
    Timestamp lastActivity;
};

/// How long the last successful job of a name on a worker took: what the progress of the next is estimated by.
struct RunDuration {
    QString name;
    QString worker; ///< null: the unnamed pool
    int milliseconds = 0;
};

/// Which jobs an action is for: the ids, or all that match.
struct JobSelection {
    QList<std::int64_t> ids;
    std::optional<JobFilter> filter;
    std::optional<YearMonth> month; ///< requeue by filter: that archive month only
};

/// What a requeue changes.
struct RequeueEdit {
    std::optional<QByteArray> requestBody;
};

/// What was done to one job of an action.
struct ActionResult {
    std::int64_t id = 0;
    bool done = false;
    QString code;   ///< done: `cancelled`, `cancelRequested`, `requeued`; else why not: `notFound`, `finished`, `notFinished`,
                    ///< `uniqueKeyTaken`, `unreadable`, `notAllowed`
    QString detail; ///< in words
};

/// A scheduled task to be looked at by its host.
struct DueTask {
    std::int64_t id = 0;
    std::optional<Timestamp> nextRun; ///< as it was read: a task of which that has changed since is left alone
    Timestamp aliveSince;             ///< what was due before this moment was missed
    bool isBusy = false;              ///< its last transient run goes on
};

/// What was done for a scheduled task.
struct TaskRun {
    ScheduledTask task;         ///< as it is now
    QList<JobRef> jobs;         ///< enqueued, the oldest occurrence first
    int transientRuns = 0;      ///< to be begun by the host; lost if it dies before that
    bool hasNewProblem = false; ///< the task's problem is another than before
};

/// A job that its dead host had entered, and processes it may have left.
struct OrphanedJob {
    Job job;
    QString host; ///< id of the one that had claimed it
    QList<ProcessGroup> processes;
};

/// What a subscriber is told of a commit. Of another process's commit nothing more is known than that it was made.
struct StoreChange {
    bool byThisProcess = false;
    bool jobsMayBeDue = false;    ///< something was queued, released, put off or resumed; not what an arrival told of
    bool cancelRequested = false; ///< a running job was asked to stop
    bool tasksChanged = false;    ///< a scheduled task was saved, removed, paused, resumed, or asked to run
    QString problem;              ///< work of the store that failed and will be tried again
};

/// Where jobs live. All calls may come from any thread. Writing calls return at once and report by completion, in
/// order of the calls of one thread; reading calls block for a short snapshot. Every implementation passes the
/// conformance suite in tests/store/storeconformance.
class JobStore
{
public:
    virtual ~JobStore() = default;

    [[nodiscard]] virtual StoreInfo info() const = 0;

    // Enqueuing. A job whose dependsOn does not exist, whose refId is taken or whose name no living host knows is
    // refused, and with it its whole request. One whose parent has failed is recorded as cancelled; in a store of
    // another program it is refused, as are options that such a store cannot keep.
    virtual void enqueue(EnqueueRequest request, Completion<QList<JobRef>> done) = 0;

    // Running: for the one host, or hosts, of the store.
    virtual void claim(ClaimRequest request, Completion<ClaimResult> done) = 0;
    /// Conflict, if the row is of another generation or already finished.
    virtual void finish(AttemptEnd end, Completion<void> done) = 0;
    /// Claimed jobs that were not entered go back to the queue, uncounted; those that were asked to stop are cancelled.
    virtual void release(QList<JobRef> jobs, QList<std::int64_t> generations, Completion<void> done) = 0;
    /// Counts a callback attempt, durably, before it runs.
    virtual void beginCallback(std::int64_t jobId, std::int64_t generation, Completion<void> done) = 0;
    /// Lines whose transaction fails go with a later one of their job, or its end. Blocks while very many wait.
    virtual void appendLog(QList<LogLine> lines) = 0;
    virtual void updateProgress(QList<ProgressUpdate> updates) = 0;
    virtual void recordProcess(std::int64_t jobId, ProcessGroup group, Completion<void> done) = 0;
    /// The running jobs of `hostId` that were asked to stop.
    [[nodiscard]] virtual Result<QList<std::int64_t>> cancelRequests(const QString &hostId) const = 0;

    // Hosting.
    /// Takes the store for this process until endHosting(). Refused while another host has it, while a foreign
    /// process has it open, and, unless `adopt`, for a store that Stint did not make.
    [[nodiscard]] virtual Result<void> beginHosting(const HostInfo &host, bool adopt) = 0;
    virtual void endHosting() = 0;
    /// Jobs that a dead host left in State Started; call once, before the first claim.
    [[nodiscard]] virtual Result<QList<OrphanedJob>> orphans() const = 0;
    virtual void heartbeat(const QString &hostId, QList<WorkerDelta> workers, QList<RunDuration> durations, Completion<void> done) = 0;

    // What operators do.
    virtual void cancel(JobSelection selection, Completion<QList<ActionResult>> done) = 0;
    virtual void requeue(JobSelection selection, RequeueEdit edit, Completion<QList<ActionResult>> done) = 0;
    /// Null text: the unnamed pool.
    virtual void setWorkerPaused(QString worker, bool paused, Completion<void> done) = 0;

    // Scheduled tasks. In a store of another program they are changed only while no process has it open; what such a store
    // has no columns for is Unsupported.
    /// Registers a task, or changes the one of that name, whose last run is kept. Its next run is kept too unless its
    /// schedule is another. Refused, as an enqueue is, if no living host knows what it runs.
    virtual void saveTask(NewTask task, Completion<ScheduledTask> done) = 0;
    virtual void removeTask(QString name, Completion<void> done) = 0;
    /// What is due while it is paused is not made up for.
    virtual void setTaskPaused(QString name, bool paused, Completion<ScheduledTask> done) = 0;
    /// Runs it now, paused or not; its next run stays. A transient run is left to the host.
    virtual void runTask(QString name, Completion<TaskRun> done) = 0;
    /// For the host: runs and passes over what is due, all in one transaction with the task's last and next run, so that
    /// no occurrence is lost or comes twice, whenever a process dies.
    virtual void runDueTask(DueTask due, Completion<TaskRun> done) = 0;
    /// Why a task's last run failed; null: it did not.
    virtual void setTaskProblem(std::int64_t taskId, QString problem, Completion<void> done) = 0;

    // Looking.
    [[nodiscard]] virtual Result<JobPage> list(const JobQuery &query, std::stop_token stop = {}) const = 0;
    [[nodiscard]] virtual Result<std::optional<JobResult>> find(std::int64_t id) const = 0;
    [[nodiscard]] virtual Result<std::optional<JobResult>> find(const QString &refId) const = 0;
    /// Lines of one job after line `afterId`, oldest first.
    [[nodiscard]] virtual Result<QList<LogLine>> logs(std::int64_t jobId, std::int64_t afterId, int limit) const = 0;
    /// Lines of all jobs after line `afterId`, oldest first; with nothing, the newest `limit` of them.
    [[nodiscard]] virtual Result<QList<LogLine>> recentLog(std::optional<std::int64_t> afterId, int limit) const = 0;
    [[nodiscard]] virtual Result<QList<WaitReason>> waitingFor(const Job &job) const = 0;
    /// Parent, children, dependents and the newest of its batch, at most `limit` of each.
    [[nodiscard]] virtual Result<QList<JobSummary>> related(const JobSummary &job, int limit) const = 0;
    [[nodiscard]] virtual Result<JobCounts> counts() const = 0;
    [[nodiscard]] virtual Result<QList<YearMonth>> months() const = 0; ///< newest first
    [[nodiscard]] virtual Result<QList<ScheduledTask>> scheduledTasks() const = 0;
    /// What became of a task's occurrences, newest first; the newest 200 are kept.
    [[nodiscard]] virtual Result<QList<TaskOccurrence>> occurrences(std::int64_t taskId, int limit) const = 0;
    [[nodiscard]] virtual Result<QList<WorkerInfo>> workers() const = 0;
    [[nodiscard]] virtual Result<QList<HostInfo>> hosts() const = 0;
    /// Statistics are kept from the hour on in which the store was made, or adopted; of a store of another program they
    /// are made of its finished jobs, which takes its time.
    [[nodiscard]] virtual Result<QList<JobStat>> stats(const StatsQuery &query) const = 0;

    // Upkeep. Blocks.
    [[nodiscard]] virtual Result<QList<CheckFinding>> check(bool repair) = 0;
    /// Makes the statistics of past hours anew from the finished jobs that are there.
    [[nodiscard]] virtual Result<void> rebuildStats() = 0;
    /// Takes old months away. This month and those of unfinished jobs stay.
    [[nodiscard]] virtual Result<QList<PrunedMonth>> prune(const PruneRequest &request) = 0;

    // Watching.
    using ChangeListener = std::function<void(const StoreChange &)>;
    /// The listener is called on a thread of the store after each commit that it notices; it must not block.
    [[nodiscard]] virtual int subscribe(ChangeListener listener) = 0;
    /// Returns once a call under way has ended; not from within the listener.
    virtual void unsubscribe(int subscription) = 0;
    /// For the host of this process: called on the thread of enqueue() as soon as its jobs wait to be written, or are
    /// refused. A claim made then comes after them, as a rule in their transaction, and fails with it; their commit
    /// says no more that jobs may be due. It must not enqueue. Null: nobody. A store that leaves this out tells by the
    /// commit. Returns once a call under way has ended; not from within the listener.
    virtual void setArrivalListener(std::function<void()> listener) { Q_UNUSED(listener) }

protected:
    JobStore() = default;
    Q_DISABLE_COPY_MOVE(JobStore)
};

/// Waits for a write: `waitFor<QList<JobRef>>([&](auto done) { store.enqueue(request, done); })`.
/// Never on the GUI thread, nor on the writer's.
template <typename T, typename Start>
[[nodiscard]] Result<T> waitFor(Start &&start)
{
    std::promise<Result<T>> promise;
    auto future = promise.get_future();
    start([&promise](Result<T> result) { promise.set_value(std::move(result)); });
    return future.get();
}

} // namespace stint
