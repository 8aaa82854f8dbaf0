// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/jobcontext.h"
#include "engine/running/attempt.h"
#include "engine/store/jobstore.h"

#include <memory>
#include <mutex>

namespace stint {

/// What a command of a stored job is given: its lines and its progress go to the store. Any thread.
class AttemptContext final : public JobContext, public std::enable_shared_from_this<AttemptContext>
{
public:
    /// Told of each line, for the host's signals.
    using Logged = std::function<void(const LogLine &)>;
    /// Calls a function after a while.
    using Later = std::function<void(std::chrono::milliseconds, std::function<void()>)>;

    AttemptContext(std::shared_ptr<Attempt> attempt, JobStore &store, const Clock &clock, std::optional<UserContext> user,
                   std::optional<Job> notifiedJob, Logged logged, Later later);

    using JobContext::log;
    const Job &job() const override { return m_attempt->job; }
    Result<std::optional<Job>> parentJob() const override;
    const Job *notifiedJob() const override { return m_notifiedJob ? &*m_notifiedJob : nullptr; }
    const std::optional<UserContext> &user() const override { return m_user; }
    std::stop_token stopToken() const override { return m_attempt->stopToken(); }
    void log(LogLevel level, const QString &message) override;
    void update(double progress, const QString &status) override;
    Result<QList<JobRef>> enqueue(const QList<NewJob> &jobs) override;
    Result<void> recordProcess(const ProcessGroup &group) override;

    /// The progress and status last reported, for the end of the attempt.
    [[nodiscard]] std::pair<std::optional<double>, QString> lastUpdate() const;

private:
    void writeUpdate(); ///< with the lock held

    std::shared_ptr<Attempt> m_attempt;
    JobStore &m_store;
    const Clock &m_clock;
    std::optional<UserContext> m_user;
    std::optional<Job> m_notifiedJob;
    Logged m_logged;
    Later m_later;

    mutable std::mutex m_mutex;
    std::optional<double> m_progress;
    QString m_status;
    std::chrono::steady_clock::time_point m_lastWrite;
    bool m_writeIsDue = false; ///< an update waits until enough time has passed
};

} // namespace stint
