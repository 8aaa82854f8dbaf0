// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jobfollower.h"

#include "app/cli/jobdetails.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {
constexpr int linesAtOnce = 500;
}

JobFollower::JobFollower(JobStore &store, Output *output)
    : m_store(store)
    , m_output(output)
{
    m_subscription = m_store.subscribe([this](const StoreChange &) {
        const std::lock_guard lock(m_mutex);
        m_changed = true;
        m_wakeUp.notify_one();
    });
}

JobFollower::~JobFollower()
{
    m_store.unsubscribe(m_subscription);
}

Result<JobResult> JobFollower::follow(std::int64_t jobId)
{
    while (true) {
        // First the state, then the lines: when it has ended, all of them are there.
        auto job = m_store.find(jobId);
        if (!job)
            return job.error();
        if (!*job)
            return Error{ErrorCode::NotFound, u"job %1 is gone"_s.arg(jobId)};
        if (auto printed = printNewLines(jobId); !printed)
            return printed.error();
        if (isFinished((*job)->summary.state))
            return std::move(**job);
        waitForChange();
    }
}

Result<void> JobFollower::printNewLines(std::int64_t jobId)
{
    while (m_output) {
        const auto lines = m_store.logs(jobId, m_lastLine, linesAtOnce);
        if (!lines)
            return lines.error();
        for (const LogLine &line : *lines)
            m_output->line(toText(line));
        if (!lines->isEmpty())
            m_lastLine = lines->constLast().id;
        if (lines->size() < linesAtOnce)
            break;
    }
    if (m_output && !m_output->flush())
        return Error{ErrorCode::Io, u"the log cannot be written"_s};
    return {};
}

void JobFollower::waitForChange()
{
    std::unique_lock lock(m_mutex);
    m_wakeUp.wait(lock, [this] { return m_changed; });
    m_changed = false;
}

} // namespace stint::cli
