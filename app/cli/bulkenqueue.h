// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/joblinefile.h"
#include "engine/store/jobstore.h"

namespace stint::cli {

/// `{"id":1,"refId":"…"}`
[[nodiscard]] QByteArray toJson(const JobRef &ref);

/// Enqueues a file of job lines. What is wrong with a line is found before the first job is enqueued; then they are
/// recorded in transactions of up to 1,000. Main thread.
class BulkEnqueue final
{
public:
    BulkEnqueue(const QString &fileName, const NewJob &defaults);

    /// Whether every line can be read.
    [[nodiscard]] Result<void> checkLines();
    /// Whether the store can take every job: a running host knows it, its parent is there, its RefId is not.
    [[nodiscard]] Result<void> checkAgainst(const JobStore &store);

    using Recorded = std::function<void(const QList<JobRef> &)>;
    /// `recorded` is told of each transaction. An error says which lines were not enqueued.
    [[nodiscard]] Result<void> run(JobStore &store, const Recorded &recorded);

private:
    [[nodiscard]] Result<void> record(JobStore &store, const Recorded &recorded, std::int64_t lastLine);

    JobLineFile m_file;
    NewJob m_defaults;
    bool m_refersToJobs = false; ///< some line has a dependsOn or a refId
    EnqueueRequest m_request;
    std::int64_t m_firstLine = 0;
    std::int64_t m_recorded = 0;
};

} // namespace stint::cli
