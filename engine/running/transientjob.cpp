// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/transientjob.h"

namespace stint {

namespace {

Job toJob(const NewJob &request, const Clock &clock)
{
    Job job;
    job.worker = request.options.worker.isEmpty() ? QString() : request.options.worker;
    job.tag = request.options.tag;
    job.createdBy = request.options.createdBy;
    job.userId = request.options.userId;
    job.replyTo = request.options.replyTo;
    job.args = request.options.args;
    job.parentId = request.options.parentId;
    job.requestType = request.isApi ? requesttype::api : requesttype::command;
    job.command = request.isApi ? QString() : request.name;
    job.request = request.isApi ? request.name : request.requestName;
    job.requestBody = request.requestBody;
    job.retryLimit = 0;
    if (request.options.timeout)
        job.timeoutSecs = static_cast<int>(request.options.timeout->count());
    job.createdDate = clock.now();
    return job;
}

} // namespace

/// What its command is given: lines and progress stay in memory.
class TransientJob::Context final : public JobContext
{
public:
    Context(std::shared_ptr<TransientJob> run, std::optional<UserContext> user)
        : m_run(std::move(run))
        , m_user(std::move(user))
    {
    }

    using JobContext::log;
    const Job &job() const override { return m_run->m_attempt.job; }
    Result<std::optional<Job>> parentJob() const override
    {
        if (!job().parentId)
            return std::optional<Job>();
        const auto found = m_run->m_store->find(*job().parentId);
        if (!found)
            return found.error();
        return *found && (*found)->job() ? std::optional(*(*found)->job()) : std::nullopt;
    }
    const Job *notifiedJob() const override { return nullptr; }
    const std::optional<UserContext> &user() const override { return m_user; }
    std::stop_token stopToken() const override { return m_run->m_attempt.stopToken(); }
    void log(LogLevel, const QString &message) override
    {
        m_run->change([&](Job &now) { now.logs = now.logs.isNull() ? message : now.logs + u'\n' + message; });
    }
    void update(double progress, const QString &status) override
    {
        m_run->change([&](Job &now) {
            now.progress = progress;
            if (!status.isNull())
                now.status = status;
        });
    }
    Result<QList<JobRef>> enqueue(const QList<NewJob> &jobs) override
    {
        EnqueueRequest request{{jobs.begin(), jobs.end()}, {}, 0};
        return waitFor<QList<JobRef>>(
            [&](Completion<QList<JobRef>> done) { m_run->m_store->enqueue(std::move(request), std::move(done)); });
    }
    Result<void> recordProcess(const ProcessGroup &) override { return {}; } // nothing of this run is kept

private:
    std::shared_ptr<TransientJob> m_run;
    std::optional<UserContext> m_user;
};

TransientJob::TransientJob(const NewJob &job, std::shared_ptr<JobStore> store, const Clock &clock, const HostOptions &options,
                           Finished finished)
    : m_attempt(toJob(job, clock))
    , m_store(std::move(store))
    , m_clock(clock)
    , m_options(options)
    , m_finished(std::move(finished))
    , m_job(m_attempt.job)
{
}

Job TransientJob::job() const
{
    const std::lock_guard lock(m_mutex);
    return m_job;
}

void TransientJob::change(const std::function<void(Job &)> &edit)
{
    const std::lock_guard lock(m_mutex);
    edit(m_job);
}

void TransientJob::run(const CommandEntry *entry, const JobCompleter &completer, Ended ended)
{
    m_ended = std::move(ended);
    const RunStart start{m_clock.now()};
    const auto refuse = [&](const QString &message) {
        finish(completer.refuse(m_attempt, {QString(joberror::notFound), message, {}, {}, {}}));
    };
    if (!entry)
        return refuse(QStringLiteral("no command of that name"));
    std::optional<UserContext> user;
    if (!m_attempt.job.userId.isEmpty()) {
        user = resolveUser(m_options.users, m_attempt.job.userId);
        if (!user)
            return refuse(QStringLiteral("User not found"));
    }
    change([&](Job &now) {
        now.state = JobState::Started;
        now.startedDate = start.date;
    });
    if (m_attempt.stopReason() != StopReason::None)
        return finish(completer.conclude(m_attempt, entry, Cancel{}, start));
    runCommand(*entry, m_attempt.job.requestBody, std::make_shared<Context>(shared_from_this(), std::move(user)),
               [self = shared_from_this(), entry, &completer, start](CommandEnd end) {
                   self->finish(completer.conclude(self->m_attempt, entry, std::move(end.outcome), start), end.dispose);
               });
}

void TransientJob::finish(const AttemptEnd &end, const Dispose &dispose)
{
    change([&](Job &now) {
        now.state = end.kind == AttemptEnd::Kind::Complete || end.kind == AttemptEnd::Kind::Execute ? JobState::Completed
            : end.kind == AttemptEnd::Kind::Fail || end.kind == AttemptEnd::Kind::Retry             ? JobState::Failed
                                                                                                    : JobState::Cancelled;
        now.completedDate = end.endedDate;
        now.durationMs = end.durationMs;
        now.response = end.response;
        now.responseBody = end.responseBody;
        now.error = end.error;
        now.errorCode = end.error ? end.error->errorCode : QString();
        if (now.state == JobState::Completed)
            now.progress = 1;
    });
    if (m_finished)
        m_finished(job());
    if (m_ended)
        m_ended(dispose);
}

} // namespace stint
