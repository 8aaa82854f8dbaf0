// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/output.h"
#include "engine/store/jobstore.h"

#include <condition_variable>
#include <mutex>

namespace stint::cli {

/// Waits for a job's end, and prints its log lines as they come if it is given an output. Woken by the store: no table
/// is polled. Main thread.
class JobFollower final
{
public:
    /// `store` and `output` must outlive it.
    JobFollower(JobStore &store, Output *output);
    ~JobFollower();
    Q_DISABLE_COPY_MOVE(JobFollower)

    /// Blocks until the job has ended; the job as it then is.
    [[nodiscard]] Result<JobResult> follow(std::int64_t jobId);

private:
    [[nodiscard]] Result<void> printNewLines(std::int64_t jobId);
    void waitForChange();

    JobStore &m_store;
    Output *m_output;
    std::int64_t m_lastLine = 0;
    std::mutex m_mutex;
    std::condition_variable m_wakeUp;
    bool m_changed = false;
    int m_subscription = 0;
};

} // namespace stint::cli
