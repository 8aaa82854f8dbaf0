// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/attemptcontext.h"

#include <algorithm>
#include <cmath>

namespace stint {

namespace {
/// Progress is for people to look at: more often than this it is not written.
constexpr std::chrono::milliseconds updateInterval{100};
} // namespace

AttemptContext::AttemptContext(std::shared_ptr<Attempt> attempt, JobStore &store, const Clock &clock, std::optional<UserContext> user,
                               std::optional<Job> notifiedJob, Logged logged, Later later)
    : m_attempt(std::move(attempt))
    , m_store(store)
    , m_clock(clock)
    , m_user(std::move(user))
    , m_notifiedJob(std::move(notifiedJob))
    , m_logged(std::move(logged))
    , m_later(std::move(later))
{
}

Result<std::optional<Job>> AttemptContext::parentJob() const
{
    const auto parentId = job().dependsOn ? job().dependsOn : job().parentId;
    if (!parentId)
        return std::optional<Job>();
    const auto found = m_store.find(*parentId);
    if (!found)
        return found.error();
    return *found && (*found)->job() ? std::optional(*(*found)->job()) : std::nullopt;
}

void AttemptContext::log(LogLevel level, const QString &message)
{
    const LogLine line{.jobId = job().id, .attempt = job().attempts, .level = level, .date = m_clock.now(), .message = message};
    m_attempt->hasLogs = true;
    m_store.appendLog({line});
    m_logged(line);
}

void AttemptContext::update(double progress, const QString &status)
{
    const std::lock_guard lock(m_mutex);
    m_progress = std::isfinite(progress) ? std::clamp(progress, 0.0, 1.0) : 0.0;
    if (!status.isNull())
        m_status = status;
    const auto elapsed = std::chrono::steady_clock::now() - m_lastWrite;
    if (elapsed >= updateInterval)
        return writeUpdate();
    if (std::exchange(m_writeIsDue, true))
        return;
    m_later(std::chrono::ceil<std::chrono::milliseconds>(updateInterval - elapsed), [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self)
            return;
        const std::lock_guard relock(self->m_mutex);
        self->writeUpdate();
    });
}

void AttemptContext::writeUpdate()
{
    m_writeIsDue = false;
    m_lastWrite = std::chrono::steady_clock::now();
    m_store.updateProgress({{job().id, job().generation, m_progress, m_status}});
}

Result<QList<JobRef>> AttemptContext::enqueue(const QList<NewJob> &jobs)
{
    EnqueueRequest request{{jobs.begin(), jobs.end()}, job().id, job().generation};
    return waitFor<QList<JobRef>>([&](Completion<QList<JobRef>> done) { m_store.enqueue(std::move(request), std::move(done)); });
}

Result<void> AttemptContext::recordProcess(const ProcessGroup &group)
{
    return waitFor<void>([&](Completion<void> done) { m_store.recordProcess(job().id, group, std::move(done)); });
}

std::pair<std::optional<double>, QString> AttemptContext::lastUpdate() const
{
    const std::lock_guard lock(m_mutex);
    return {m_progress, m_status};
}

} // namespace stint
