// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/joboptions.h"
#include "engine/jobstats.h"
#include "engine/result.h"
#include "engine/usercontext.h"

#include <exception>
#include <optional>
#include <stop_token>

namespace stint {

/// Thrown by JobContext::throwIfCancelled(); the runner turns it into the job's cancellation or time-out.
class JobCancelled final : public std::exception
{
public:
    [[nodiscard]] const char *what() const noexcept override { return "the job was asked to stop"; }
};

/// A failure with a code of your own. Thrown by a command, it is retried like any exception.
class JobException final : public std::exception
{
public:
    explicit JobException(JobError error)
        : m_error(std::move(error))
        , m_what(m_error.message.toUtf8())
    {
    }
    JobException(QString code, QString message)
        : JobException(JobError{std::move(code), std::move(message), {}, {}, {}})
    {
    }

    [[nodiscard]] const JobError &error() const noexcept { return m_error; }
    [[nodiscard]] const char *what() const noexcept override { return m_what.constData(); }

private:
    JobError m_error;
    QByteArray m_what;
};

/// What a command is given while it runs: one attempt of one job. Every call may come from any thread.
class JobContext
{
public:
    virtual ~JobContext() = default;

    /// The job as it was when this attempt began.
    [[nodiscard]] virtual const Job &job() const = 0;
    /// The job it depends on, or else its parent, with that one's request and result. Reads the store: blocks.
    [[nodiscard]] virtual Result<std::optional<Job>> parentJob() const = 0;
    /// The job whose result a callback is given; nothing for other commands.
    [[nodiscard]] virtual const Job *notifiedJob() const = 0;
    /// The user in whose name it runs; nothing where the job has no userId.
    [[nodiscard]] virtual const std::optional<UserContext> &user() const = 0;

    /// Signalled on cancellation, time-out, and when the host stops.
    [[nodiscard]] virtual std::stop_token stopToken() const = 0;
    /// Throws JobCancelled once the stop token is signalled.
    void throwIfCancelled() const
    {
        if (stopToken().stop_requested())
            throw JobCancelled();
    }

    /// Appends a line to the job's log. Never waits for the disk; kept before the job's end is recorded.
    virtual void log(LogLevel level, const QString &message) = 0;
    void log(const QString &message) { log(LogLevel::Info, message); }

    /// Reports how far it is: `progress` from 0 to 1, `status` in a few words. A null status keeps the last one.
    virtual void update(double progress, const QString &status = {}) = 0;

    /// Enqueues durably: blocks until it is on disk. With `dependsOn` = job().id the new jobs are this attempt's
    /// batch: they run only if it succeeds, and are discarded with it if it will run again.
    [[nodiscard]] virtual Result<QList<JobRef>> enqueue(const QList<NewJob> &jobs) = 0;

    /// Records a process group that must not outlive the host. Blocks until it is on disk.
    [[nodiscard]] virtual Result<void> recordProcess(const ProcessGroup &group) = 0;

protected:
    JobContext() = default;
    Q_DISABLE_COPY_MOVE(JobContext)
};

} // namespace stint
