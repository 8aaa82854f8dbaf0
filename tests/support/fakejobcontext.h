// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"

#include <functional>
#include <mutex>
#include <optional>

namespace stint::test {

/// A context that keeps what a command tells it. Every call may come from any thread; the hooks are called on the
/// command's thread.
class FakeJobContext final : public JobContext
{
public:
    struct Line {
        LogLevel level = LogLevel::Info;
        QString message;

        friend bool operator==(const Line &, const Line &) = default;
    };
    struct Update {
        double progress = 0;
        QString status;
    };

    using JobContext::log;
    const Job &job() const override { return attempt; }
    Result<std::optional<Job>> parentJob() const override { return std::optional<Job>(); }
    const Job *notifiedJob() const override { return nullptr; }
    const std::optional<UserContext> &user() const override { return m_user; }
    std::stop_token stopToken() const override { return stop.get_token(); }
    void log(LogLevel level, const QString &message) override
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_lineCount;
            if (m_lines.size() < linesKept)
                m_lines.append({level, message});
        }
        if (onLog)
            onLog(message);
    }
    void update(double progress, const QString &status) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_updates.append({progress, status});
        }
        if (onUpdate)
            onUpdate(progress);
    }
    Result<QList<JobRef>> enqueue(const QList<NewJob> &) override { return QList<JobRef>(); }
    Result<void> recordProcess(const ProcessGroup &group) override
    {
        const std::lock_guard lock(m_mutex);
        m_processes.append(group);
        return onRecord ? onRecord(group) : Result<void>();
    }

    [[nodiscard]] QList<Line> lines() const
    {
        const std::lock_guard lock(m_mutex);
        return m_lines;
    }
    [[nodiscard]] QStringList messages(LogLevel level) const
    {
        QStringList messages;
        for (const Line &line : lines()) {
            if (line.level == level)
                messages.append(line.message);
        }
        return messages;
    }
    [[nodiscard]] qint64 lineCount() const
    {
        const std::lock_guard lock(m_mutex);
        return m_lineCount;
    }
    [[nodiscard]] QList<Update> updates() const
    {
        const std::lock_guard lock(m_mutex);
        return m_updates;
    }
    [[nodiscard]] QList<ProcessGroup> processes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_processes;
    }

    Job attempt;
    std::stop_source stop;
    std::function<void(const QString &)> onLog;
    std::function<void(double)> onUpdate;
    std::function<Result<void>(const ProcessGroup &)> onRecord;

private:
    static constexpr qsizetype linesKept = 100'000;

    std::optional<UserContext> m_user;
    mutable std::mutex m_mutex;
    QList<Line> m_lines;
    qint64 m_lineCount = 0;
    QList<Update> m_updates;
    QList<ProcessGroup> m_processes;
};

/// How a run ended, with what a command may throw.
template <typename Response>
struct Ran {
    std::optional<Response> result;
    bool isCancelled = false;
    bool isFinal = false; ///< failed for good
    JobError error;
};

template <typename C>
Ran<typename C::Response> runCommand(const typename C::Request &request, JobContext &context)
{
    Ran<typename C::Response> ran;
    try {
        auto outcome = C().run(request, context);
        if (auto *result = std::get_if<typename C::Response>(&outcome)) {
            ran.result = std::move(*result);
        } else if (auto *failure = std::get_if<Fail>(&outcome)) {
            ran.isFinal = true;
            ran.error = failure->error;
        } else if (auto *retry = std::get_if<Retry>(&outcome)) {
            ran.error = retry->error;
        } else {
            ran.isCancelled = true;
        }
    } catch (const JobCancelled &) {
        ran.isCancelled = true;
    } catch (const JobException &failure) {
        ran.error = failure.error();
    }
    return ran;
}

} // namespace stint::test
