// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/jobrunner.h"

#include "engine/failpoint.h"
#include "engine/logging.h"
#include "engine/running/runnerpool.h"

#include <optional>

namespace stint {

namespace {

constexpr std::chrono::milliseconds recordRetryDelay{1000};

Retry unknownCallback(const QString &name)
{
    return Retry{JobError{QString(joberror::notFound), QStringLiteral("this host knows no callback command \"%1\"").arg(name), {}, {}, {}},
                 {}};
}

} // namespace

JobRunner::JobRunner(JobStore &store, const CommandRegistry &registry, const HostOptions &options, const Clock &clock, EnteredJobs &entered,
                     Services services)
    : m_store(store)
    , m_registry(registry)
    , m_options(options)
    , m_clock(clock)
    , m_entered(entered)
    , m_completer(options, clock)
    , m_services(std::move(services))
{
}

void JobRunner::run(const std::shared_ptr<Attempt> &attempt)
{
    const Job &job = attempt->job;
    const int place = m_entered.enter(job.id, job.generation);
    passFailpoint("run.entered");
    if (attempt->stopReason() == StopReason::Cancel && job.state == JobState::Started) // between its claim and now
        return record(attempt, m_completer.conclude(*attempt, nullptr, Cancel{}, {m_clock.now()}), place, true);
    if (job.state == JobState::Executed)
        return runCallback(attempt, place);

    const CommandEntry *const entry = m_registry.find(job.name(), job.isApi());
    if (!entry)
        return record(attempt,
                      m_completer.refuse(*attempt, {QString(joberror::notFound), QStringLiteral("no command of that name"), {}, {}, {}}),
                      place, true);
    std::optional<UserContext> user;
    if (!job.userId.isEmpty()) {
        user = resolveUser(m_options.users, job.userId);
        if (!user)
            return record(
                attempt,
                m_completer.refuse(*attempt, {QString(joberror::notFound), QStringLiteral("User not found"), {}, QList<FieldError>{}, {}}),
                place, true);
    }
    m_services.started(*attempt);
    const auto context = makeContext(attempt, std::move(user), std::nullopt);
    runCommand(*entry, job.requestBody, context, [this, attempt, entry, context, place, start = RunStart{m_clock.now()}](CommandEnd ended) {
        if (!ended.dispose)
            RunnerPool::endsNow();
        passFailpoint("run.returned");
        AttemptEnd end = m_completer.conclude(*attempt, entry, std::move(ended.outcome), start);
        std::tie(end.progress, end.status) = context->lastUpdate();
        if (end.kind == AttemptEnd::Kind::Execute)
            beginCallback(attempt, end, place, ended.dispose);
        else
            record(attempt, end, place, true, ended.dispose);
    });
}

void JobRunner::giveBack(const std::vector<std::shared_ptr<Attempt>> &attempts)
{
    QList<JobRef> jobs;
    QList<std::int64_t> generations;
    for (const auto &attempt : attempts) {
        jobs.append({attempt->job.id, attempt->job.refId});
        generations.append(attempt->job.generation);
    }
    release(jobs, generations);
}

/// Tries again while the store cannot take it: nobody else would ever run these jobs.
void JobRunner::release(const QList<JobRef> &jobs, const QList<std::int64_t> &generations)
{
    m_store.release(jobs, generations, [this, jobs, generations](const Result<void> &released) {
        if (released)
            return m_services.givenBack(static_cast<int>(jobs.size()));
        m_services.problem(released.error().message);
        m_services.runLater(recordRetryDelay, [this, jobs, generations] { release(jobs, generations); });
    });
}

std::shared_ptr<AttemptContext> JobRunner::makeContext(const std::shared_ptr<Attempt> &attempt, std::optional<UserContext> user,
                                                       std::optional<Job> notifiedJob) const
{
    const CommandEntry *const entry = m_registry.find(attempt->job.name(), attempt->job.isApi());
    const bool toApplication = !entry || entry->options.logToApplication;
    return std::make_shared<AttemptContext>(
        attempt, m_store, m_clock, std::move(user), std::move(notifiedJob),
        [this, toApplication](const LogLine &line) {
            if (toApplication)
                qCDebug(logJob).noquote() << line.jobId << line.message;
            m_services.logged(line);
        },
        m_services.runLater);
}

/// The work is done. Once that is on disk the callback runs: it alone is repeated if this host dies now.
void JobRunner::beginCallback(const std::shared_ptr<Attempt> &executed, const AttemptEnd &end, int place, const Dispose &dispose)
{
    m_store.finish(end, [this, executed, end, place, dispose](Result<void> written) {
        if (!written && written.error().code != ErrorCode::Conflict) {
            m_services.problem(written.error().message);
            return m_services.runLater(recordRetryDelay,
                                       [this, executed, end, place, dispose] { beginCallback(executed, end, place, dispose); });
        }
        disposeLater(dispose);
        if (!written) {
            m_entered.leave(place);
            m_services.returned(*executed);
            return m_services.finalised(*executed, end);
        }
        Job job = executed->job;
        job.state = JobState::Executed;
        job.startedDate = end.startedDate;
        job.completedDate = end.endedDate;
        job.response = end.response;
        job.responseBody = end.responseBody;
        const auto attempt = std::make_shared<Attempt>(std::move(job));
        attempt->hasLogs = executed->hasLogs.load();
        m_services.callbackBegins(attempt);
        m_services.runOnPool([this, attempt, place] { runCallback(attempt, place); });
    });
}

void JobRunner::runCallback(const std::shared_ptr<Attempt> &attempt, int place)
{
    const Job &job = attempt->job;
    if (job.callbackAttempts > m_completer.retryLimit(job, nullptr) + m_options.interruptionLimit) // its runs have killed their hosts
        return record(
            attempt,
            m_completer.refuse(
                *attempt,
                {QString(joberror::hostLost), QStringLiteral("its host died again and again while its callback ran"), {}, {}, {}}),
            place, true);
    passFailpoint("callback.before-begin");
    const auto begun = waitFor<void>([&](Completion<void> done) { m_store.beginCallback(job.id, job.generation, std::move(done)); });
    if (!begun && begun.error().code != ErrorCode::Conflict) {
        m_services.problem(begun.error().message);
        return m_services.runLater(
            recordRetryDelay, [this, attempt, place] { m_services.runOnPool([this, attempt, place] { runCallback(attempt, place); }); });
    }
    if (!begun) { // the row is no longer this attempt's
        m_entered.leave(place);
        m_services.returned(*attempt);
        return m_services.finalised(*attempt, {.kind = AttemptEnd::Kind::Refund, .jobId = job.id, .generation = job.generation});
    }
    passFailpoint("callback.begun");
    const Timestamp startedDate = job.startedDate.value_or(m_clock.now());
    const int tries = job.callbackAttempts + 1;
    const auto conclude = [this, attempt, place, startedDate, tries](const CommandEnd &ended) {
        if (!ended.dispose)
            RunnerPool::endsNow();
        passFailpoint("callback.returned");
        record(attempt, m_completer.concludeCallback(*attempt, tries, ended.outcome, startedDate), place, true, ended.dispose);
    };
    const CommandEntry *const entry = m_registry.find(job.callback, false);
    if (!entry)
        return conclude({unknownCallback(job.callback), nullptr});
    m_services.started(*attempt);
    const auto user = job.userId.isEmpty() ? std::nullopt : resolveUser(m_options.users, job.userId);
    runCommand(*entry, job.responseBody, makeContext(attempt, user, job), conclude);
}

/// Hands the end to the store; tries again while the store cannot take it, for the job must not be lost.
void JobRunner::record(const std::shared_ptr<Attempt> &attempt, const AttemptEnd &end, int place, bool returned, const Dispose &dispose)
{
    if (returned)
        m_services.returned(*attempt);
    m_store.finish(end, [this, attempt, end, place, dispose](Result<void> written) {
        if (!written && written.error().code != ErrorCode::Conflict) {
            m_services.problem(QStringLiteral("the end of job %1 is not recorded yet: %2").arg(end.jobId).arg(written.error().message));
            return m_services.runLater(recordRetryDelay,
                                       [this, attempt, end, place, dispose] { record(attempt, end, place, false, dispose); });
        }
        disposeLater(dispose);
        if (!written)
            qCWarning(logHost).noquote() << written.error().message;
        m_entered.leave(place);
        m_services.finalised(*attempt, end);
    });
}

/// On the dispatcher's thread: a command that ended from within its stop callback did so there.
void JobRunner::disposeLater(const Dispose &dispose)
{
    if (dispose)
        m_services.runLater({}, dispose);
}

} // namespace stint
