// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/faketasks.h"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace stint::test {

/// A store in memory for tests of what stands on JobStore: jobs are put in and changed by hand, answers come at once.
/// It runs nothing. Any thread.
class FakeJobStore final : public JobStore
{
public:
    /// Puts in or replaces, and tells the subscribers.
    void put(const QList<Job> &jobs)
    {
        {
            const std::lock_guard lock(m_mutex);
            for (const Job &job : jobs)
                m_jobs[job.id] = job;
        }
        tell();
    }
    /// Jobs 1 to `last`, each made when it is listed: there may be millions.
    void putMany(std::int64_t last, std::function<Job(std::int64_t id)> make)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_manyLast = last;
            m_makeMany = std::move(make);
        }
        tell();
    }
    void remove(const QList<std::int64_t> &ids)
    {
        {
            const std::lock_guard lock(m_mutex);
            for (const std::int64_t id : ids)
                m_jobs.erase(id);
        }
        tell();
    }
    void addLog(const QList<LogLine> &lines)
    {
        appendLog(lines);
        tell();
    }
    /// Every read fails with it until it is taken back.
    void setError(std::optional<Error> error) { set(m_error, std::move(error)); }
    void setInfo(StoreInfo info) { set(m_info, std::move(info)); }
    void setTasks(QList<ScheduledTask> tasks) { m_tasks.set(std::move(tasks)); }
    void setWorkers(QList<WorkerInfo> workers) { set(m_workers, std::move(workers)); }
    /// Of whatever job is looked at.
    void setAttempts(QList<JobAttempt> attempts) { set(m_attempts, std::move(attempts)); }
    void setWaitReasons(QList<WaitReason> reasons) { set(m_waitReasons, std::move(reasons)); }
    /// Lists wait until the gate is opened again or their stop token is signalled.
    void setGate(bool closed) { m_gateClosed = closed; }
    [[nodiscard]] int listCalls() const { return m_listCalls; }
    [[nodiscard]] QList<JobQuery> queries() const
    {
        const std::lock_guard lock(m_mutex);
        return m_queries;
    }
    [[nodiscard]] QList<JobSelection> requeues() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requeues;
    }
    [[nodiscard]] QList<JobSelection> cancels() const
    {
        const std::lock_guard lock(m_mutex);
        return m_cancels;
    }
    void tell()
    {
        const std::lock_guard lock(m_listenerMutex);
        for (const auto &[number, listener] : m_listeners)
            listener(StoreChange{});
    }

    [[nodiscard]] StoreInfo info() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_info;
    }
    void enqueue(EnqueueRequest request, Completion<QList<JobRef>> done) override
    {
        QList<JobRef> refs;
        QList<Job> jobs;
        for (const NewJob &entry : request.jobs) {
            Job job;
            job.id = ++m_lastId;
            job.refId = QStringLiteral("ref%1").arg(job.id);
            job.command = entry.name;
            job.requestBody = entry.requestBody;
            refs.append({job.id, job.refId});
            jobs.append(job);
        }
        put(jobs);
        done(refs);
    }
    void claim(ClaimRequest, Completion<ClaimResult> done) override { done(ClaimResult{}); }
    void finish(AttemptEnd, Completion<void> done) override { done({}); }
    void release(QList<JobRef>, QList<std::int64_t>, Completion<void> done) override { done({}); }
    void beginCallback(std::int64_t, std::int64_t, Completion<void> done) override { done({}); }
    void appendLog(QList<LogLine> lines) override
    {
        const std::lock_guard lock(m_mutex);
        for (LogLine &line : lines) {
            line.id = static_cast<std::int64_t>(m_lines.size()) + 1;
            m_lines.append(line);
        }
    }
    void updateProgress(QList<ProgressUpdate>) override { }
    void recordProcess(std::int64_t, ProcessGroup, Completion<void> done) override { done({}); }
    [[nodiscard]] Result<QList<std::int64_t>> cancelRequests(const QString &) const override { return QList<std::int64_t>(); }
    [[nodiscard]] Result<void> beginHosting(const HostInfo &, bool) override { return {}; }
    void endHosting() override { }
    [[nodiscard]] Result<QList<OrphanedJob>> orphans() const override { return QList<OrphanedJob>(); }
    void heartbeat(const QString &, QList<WorkerDelta>, QList<RunDuration>, Completion<void> done) override { done({}); }

    void cancel(JobSelection selection, Completion<QList<ActionResult>> done) override
    {
        act(selection, m_cancels, JobState::Cancelled, QStringLiteral("cancelled"), done);
    }
    void requeue(JobSelection selection, RequeueEdit, Completion<QList<ActionResult>> done) override
    {
        act(selection, m_requeues, JobState::Queued, QStringLiteral("requeued"), done);
    }
    void setWorkerPaused(QString worker, bool paused, Completion<void> done) override
    {
        {
            const std::lock_guard lock(m_mutex);
            for (WorkerInfo &info : m_workers) {
                if (info.name == worker)
                    info.paused = paused;
            }
        }
        done({});
        tell();
    }

    void saveTask(NewTask task, Completion<ScheduledTask> done) override { answer<ScheduledTask>(done, m_tasks.save(task)); }
    void removeTask(QString name, Completion<void> done) override { answer<void>(done, m_tasks.remove(name)); }
    void setTaskPaused(QString name, bool paused, Completion<ScheduledTask> done) override
    {
        answer<ScheduledTask>(done, m_tasks.change(name, [paused](ScheduledTask &task) { task.enabled = !paused; }));
    }
    void runTask(QString name, Completion<TaskRun> done) override { answer<TaskRun>(done, m_tasks.run(name)); }
    void runDueTask(DueTask, Completion<TaskRun> done) override { done(Error{ErrorCode::NotFound, QStringLiteral("it runs nothing")}); }
    void setTaskProblem(std::int64_t, QString, Completion<void> done) override { done({}); }

    [[nodiscard]] Result<JobPage> list(const JobQuery &query, std::stop_token stop = {}) const override
    {
        ++m_listCalls;
        while (m_gateClosed && !stop.stop_requested())
            std::this_thread::yield();
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, QStringLiteral("stopped")};
        const std::lock_guard lock(m_mutex);
        m_queries.append(query);
        if (m_error)
            return *m_error;
        return pageOf(query);
    }
    [[nodiscard]] Result<std::optional<JobResult>> find(std::int64_t id) const override
    {
        const std::lock_guard lock(m_mutex);
        if (m_error)
            return *m_error;
        const auto found = m_jobs.find(id);
        return found == m_jobs.end() ? std::optional<JobResult>() : std::optional(resultOf(found->second));
    }
    [[nodiscard]] Result<std::optional<JobResult>> find(const QString &refId) const override
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, job] : m_jobs) {
            if (job.refId == refId)
                return std::optional(resultOf(job));
        }
        return std::optional<JobResult>();
    }
    [[nodiscard]] Result<QList<LogLine>> logs(std::int64_t jobId, std::int64_t afterId, int limit) const override
    {
        return linesWhere([=](const LogLine &line) { return line.jobId == jobId && line.id > afterId; }, limit, false);
    }
    [[nodiscard]] Result<QList<LogLine>> recentLog(std::optional<std::int64_t> afterId, int limit) const override
    {
        return linesWhere([=](const LogLine &line) { return !afterId || line.id > *afterId; }, limit, !afterId);
    }
    [[nodiscard]] Result<QList<WaitReason>> waitingFor(const Job &) const override
    {
        const std::lock_guard lock(m_mutex);
        return m_waitReasons;
    }
    [[nodiscard]] Result<QList<JobSummary>> related(const JobSummary &job, int limit) const override
    {
        const std::lock_guard lock(m_mutex);
        QList<JobSummary> found;
        for (const auto &[id, other] : m_jobs) {
            if (found.size() < limit && id != job.id && (other.parentId == job.id || other.dependsOn == job.id || job.parentId == id))
                found.append(summaryOf(other));
        }
        return found;
    }
    [[nodiscard]] Result<JobCounts> counts() const override
    {
        const std::lock_guard lock(m_mutex);
        if (m_error)
            return *m_error;
        JobCounts counts;
        for (const auto &[id, job] : m_jobs) {
            counts.queued += job.state == JobState::Queued;
            counts.running += job.state == JobState::Started;
            counts.failedRecently += job.state == JobState::Failed;
        }
        return counts;
    }
    [[nodiscard]] Result<QList<YearMonth>> months() const override { return QList<YearMonth>{{2026, 11}, {2026, 10}}; }
    [[nodiscard]] Result<QList<ScheduledTask>> scheduledTasks() const override { return m_tasks.all(); }
    [[nodiscard]] Result<QList<TaskOccurrence>> occurrences(std::int64_t, int) const override { return QList<TaskOccurrence>(); }
    [[nodiscard]] Result<QList<WorkerInfo>> workers() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_workers;
    }
    [[nodiscard]] Result<QList<HostInfo>> hosts() const override { return QList<HostInfo>(); }
    [[nodiscard]] Result<QList<JobStat>> stats(const StatsQuery &) const override { return QList<JobStat>(); }
    [[nodiscard]] Result<QList<CheckFinding>> check(bool) override { return QList<CheckFinding>(); }
    [[nodiscard]] Result<void> rebuildStats() override { return {}; }
    [[nodiscard]] Result<QList<PrunedMonth>> prune(const PruneRequest &) override { return QList<PrunedMonth>(); }

    [[nodiscard]] int subscribe(ChangeListener listener) override
    {
        const std::lock_guard lock(m_listenerMutex);
        m_listeners[++m_lastListener] = std::move(listener);
        return m_lastListener;
    }
    void unsubscribe(int subscription) override
    {
        const std::lock_guard lock(m_listenerMutex);
        m_listeners.erase(subscription);
    }

private:
    template <typename T>
    void set(T &member, T value)
    {
        const std::lock_guard lock(m_mutex);
        member = std::move(value);
    }
    template <typename T>
    void answer(const Completion<T> &done, Result<T> result)
    {
        done(std::move(result));
        tell();
    }
    static bool isIn(const Job &job, Pane pane)
    {
        switch (pane) {
        case Pane::All: return true;
        case Pane::Queue: return !isFinished(job.state);
        case Pane::Completed: return job.state == JobState::Completed;
        case Pane::Failed: return job.state == JobState::Failed || job.state == JobState::Cancelled;
        }
        return false;
    }
    static bool fits(const Job &job, const JobFilter &filter)
    {
        if (!filter.states.isEmpty() && !filter.states.contains(job.state))
            return false;
        if (filter.worker && *filter.worker != job.worker)
            return false;
        if ((!filter.name.isEmpty() && filter.name != job.name()) || (!filter.tag.isEmpty() && filter.tag != job.tag))
            return false;
        const QString hay = QStringLiteral("%1 %2 %3 %4 %5").arg(job.id).arg(job.refId, job.name(), job.worker, job.tag)
            + (job.error ? job.error->message : QString());
        return filter.text.isEmpty() || hay.contains(filter.text, Qt::CaseInsensitive);
    }
    [[nodiscard]] JobPage pageOf(const JobQuery &query) const
    {
        JobPage page;
        auto take = [&](const Job &job) {
            if (!isIn(job, query.pane) || !fits(job, query.filter))
                return true;
            page.more = page.jobs.size() == query.limit;
            if (!page.more)
                page.jobs.append(job);
            return !page.more;
        };
        if (m_makeMany && query.isFromBelow()) {
            for (std::int64_t id = *query.afterId + 1; id <= m_manyLast && take(m_makeMany(id));)
                ++id;
            std::reverse(page.jobs.begin(), page.jobs.end());
            return page;
        }
        if (m_makeMany) {
            std::int64_t id = std::min(query.beforeId.value_or(m_manyLast + 1), m_manyLast + 1) - 1;
            while (id > std::max(query.afterId.value_or(0), std::int64_t{0}) && take(m_makeMany(id)))
                --id;
            return page;
        }
        if (query.isFromBelow()) {
            for (auto at = m_jobs.upper_bound(*query.afterId); at != m_jobs.end() && take(at->second);)
                ++at;
            std::reverse(page.jobs.begin(), page.jobs.end());
        } else {
            auto at = query.beforeId ? m_jobs.lower_bound(*query.beforeId) : m_jobs.end();
            const auto last = query.afterId ? m_jobs.upper_bound(*query.afterId) : m_jobs.begin();
            while (at != last && take((--at)->second)) { }
        }
        return page;
    }
    static JobSummary summaryOf(const Job &job)
    {
        JobSummary summary;
        summary.id = job.id;
        summary.parentId = job.parentId;
        summary.refId = job.refId;
        summary.worker = job.worker;
        summary.tag = job.tag;
        summary.batchId = job.batchId;
        summary.command = job.command;
        summary.request = job.request;
        summary.createdDate = job.createdDate;
        summary.state = job.state;
        summary.attempts = job.attempts;
        summary.durationMs = job.durationMs;
        return summary;
    }
    [[nodiscard]] JobResult resultOf(const Job &job) const
    {
        JobResult result{summaryOf(job), {}, {}, {}, m_attempts};
        (isIn(job, Pane::Queue) ? result.queued : isIn(job, Pane::Completed) ? result.completed : result.failed) = job;
        return result;
    }
    template <typename Wanted>
    Result<QList<LogLine>> linesWhere(Wanted wanted, int limit, bool newest) const
    {
        const std::lock_guard lock(m_mutex);
        QList<LogLine> found;
        for (const LogLine &line : m_lines) {
            if (wanted(line) && (newest || found.size() < limit))
                found.append(line);
        }
        return found.size() > limit ? found.last(limit) : found;
    }
    void act(const JobSelection &selection, QList<JobSelection> &record, JobState to, const QString &code,
             const Completion<QList<ActionResult>> &done)
    {
        QList<ActionResult> results;
        {
            const std::lock_guard lock(m_mutex);
            record.append(selection);
            for (auto &[id, job] : m_jobs) {
                if (!selection.ids.contains(id) && !(selection.filter && fits(job, *selection.filter)))
                    continue;
                if (isFinished(job.state) != (to == JobState::Queued)) {
                    results.append({id, false, isFinished(job.state) ? QStringLiteral("finished") : QStringLiteral("notFinished"),
                                    QStringLiteral("it is %1").arg(QString(toText(job.state)))});
                    continue;
                }
                job.state = to;
                ++job.generation;
                results.append({id, true, code, {}});
            }
        }
        done(results);
        tell();
    }

    mutable std::mutex m_mutex;
    std::mutex m_listenerMutex;
    StoreInfo m_info{.location = QStringLiteral("/fake"), .ours = true, .createdBy = QStringLiteral("stint test")};
    std::map<std::int64_t, Job> m_jobs;
    std::int64_t m_manyLast = 0;
    std::function<Job(std::int64_t)> m_makeMany;
    std::atomic<std::int64_t> m_lastId = 0;
    QList<LogLine> m_lines;
    FakeTasks m_tasks;
    QList<WorkerInfo> m_workers;
    QList<JobAttempt> m_attempts;
    QList<WaitReason> m_waitReasons;
    std::optional<Error> m_error;
    std::atomic_bool m_gateClosed = false;
    mutable std::atomic_int m_listCalls = 0;
    mutable QList<JobQuery> m_queries;
    QList<JobSelection> m_requeues;
    QList<JobSelection> m_cancels;
    std::map<int, ChangeListener> m_listeners;
    int m_lastListener = 0;
};

} // namespace stint::test
