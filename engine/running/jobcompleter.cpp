// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/jobcompleter.h"

#include <QRandomGenerator>

#include <algorithm>

namespace stint {

namespace {

JobError jobError(QLatin1StringView code, const QString &message)
{
    return {QString(code), message, {}, {}, {}};
}

/// What a failure is called if the attempt had been asked to stop.
std::optional<JobError> stopError(StopReason reason, std::chrono::seconds timeout)
{
    switch (reason) {
    case StopReason::Cancel: return joberror::jobWasCancelled();
    case StopReason::Timeout: return jobError(joberror::timeout, QStringLiteral("it took longer than %1").arg(toDurationText(timeout)));
    default: return {};
    }
}

} // namespace

Outcome<JsonResult> JobCompleter::caught()
{
    try {
        throw;
    } catch (const JobCancelled &) {
        return Cancel{};
    } catch (const JobException &failure) {
        return Retry{failure.error(), {}};
    } catch (const std::exception &failure) {
        return Retry{jobError(joberror::exception, QString::fromUtf8(failure.what())), {}};
    } catch (...) {
        return Retry{jobError(joberror::exception, QStringLiteral("the command threw something that is not a std::exception")), {}};
    }
}

int JobCompleter::retryLimit(const Job &job, const CommandEntry *entry) const
{
    if (entry && entry->options.retryLimit)
        return *entry->options.retryLimit;
    return job.retryLimit.value_or(m_options.retryLimit);
}

std::chrono::seconds JobCompleter::timeout(const Job &job, const CommandEntry *entry) const
{
    if (entry && entry->options.timeout)
        return *entry->options.timeout;
    return job.timeoutSecs ? std::chrono::seconds(*job.timeoutSecs) : m_options.timeout;
}

std::chrono::milliseconds JobCompleter::backoff(const Job &job, const CommandEntry *entry, int attempt) const
{
    const auto own = entry && entry->options.backoff ? entry->options.backoff : RetryPolicy::parse(job.backoff);
    return own.value_or(m_options.backoff).delayAfter(attempt, QRandomGenerator::global()->generateDouble());
}

AttemptEnd JobCompleter::begin(const Attempt &attempt, Timestamp startedDate, std::chrono::steady_clock::duration ran) const
{
    return {.jobId = attempt.job.id,
            .generation = attempt.job.generation,
            .startedDate = startedDate,
            .endedDate = m_clock.now(),
            .durationMs = static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(ran).count()),
            .hasLogs = attempt.hasLogs || attempt.job.attempts > 1 || attempt.job.interruptions > 0 || attempt.job.generation > 1};
}

AttemptEnd JobCompleter::conclude(const Attempt &attempt, const CommandEntry *entry, Outcome<JsonResult> outcome,
                                  const RunStart &start) const
{
    const Job &job = attempt.job;
    AttemptEnd end = begin(attempt, start.date, std::chrono::steady_clock::now() - start.moment);
    if (auto *const done = std::get_if<JsonResult>(&outcome)) {
        // Work that is done counts, even if the command was asked to stop meanwhile.
        end.kind = job.callback.isEmpty() ? AttemptEnd::Kind::Complete : AttemptEnd::Kind::Execute;
        end.response = done->typeName;
        end.responseBody = done->json.isEmpty() ? QByteArray() : done->json;
        return end;
    }
    const StopReason reason = attempt.stopReason();
    end.error = stopError(reason, timeout(job, entry));
    if (reason == StopReason::HostStop) {
        end.kind = AttemptEnd::Kind::Refund;
    } else if (reason == StopReason::Cancel) {
        end.kind = AttemptEnd::Kind::Cancel;
    } else if (reason == StopReason::Timeout) {
        fail(end, job, entry, Retry{*end.error, {}});
    } else if (const auto *const cancel = std::get_if<Cancel>(&outcome)) {
        end.kind = AttemptEnd::Kind::Cancel;
        end.error
            = jobError(joberror::cancelled, cancel->reason.isEmpty() ? QStringLiteral("the command cancelled itself") : cancel->reason);
    } else if (const auto *const forGood = std::get_if<Fail>(&outcome)) {
        end.kind = AttemptEnd::Kind::Fail;
        end.error = forGood->error;
    } else {
        fail(end, job, entry, std::get<Retry>(outcome));
    }
    return end;
}

void JobCompleter::fail(AttemptEnd &end, const Job &job, const CommandEntry *entry, const Retry &failure) const
{
    end.error = failure.error;
    if (job.attempts > retryLimit(job, entry)) {
        end.kind = AttemptEnd::Kind::Fail;
        return;
    }
    end.kind = AttemptEnd::Kind::Retry;
    end.dueDate = end.endedDate + failure.after.value_or(backoff(job, entry, job.attempts));
}

AttemptEnd JobCompleter::concludeCallback(const Attempt &attempt, int callbackAttempts, const Outcome<JsonResult> &outcome,
                                          Timestamp startedDate) const
{
    const Job &job = attempt.job;
    // With the work before it, which may have been done by an earlier host.
    AttemptEnd end = begin(attempt, startedDate, std::max(m_clock.now() - startedDate, Ticks(0)));
    if (std::holds_alternative<JsonResult>(outcome)) {
        end.kind = AttemptEnd::Kind::Complete;
        end.notifiedDate = end.endedDate;
        return end;
    }
    if (attempt.stopReason() == StopReason::HostStop) {
        end.kind = AttemptEnd::Kind::Refund;
        return end;
    }
    const auto *const retry = std::get_if<Retry>(&outcome);
    const auto *const forGood = std::get_if<Fail>(&outcome);
    end.error = attempt.stopReason() == StopReason::Timeout ? stopError(StopReason::Timeout, timeout(job, nullptr))
        : retry                                             ? std::optional(retry->error)
        : forGood                                           ? std::optional(forGood->error)
                  : std::optional(jobError(joberror::cancelled, QStringLiteral("the callback cancelled itself")));
    if (!forGood && callbackAttempts <= retryLimit(job, nullptr)) {
        end.kind = AttemptEnd::Kind::Refund;
        end.dueDate = end.endedDate + (retry && retry->after ? *retry->after : backoff(job, nullptr, callbackAttempts));
        return end;
    }
    end.kind = AttemptEnd::Kind::Fail;
    return end;
}

AttemptEnd JobCompleter::refuse(const Attempt &attempt, JobError error) const
{
    AttemptEnd end = begin(attempt, m_clock.now(), {});
    end.kind = AttemptEnd::Kind::Fail;
    end.error = std::move(error);
    return end;
}

} // namespace stint
