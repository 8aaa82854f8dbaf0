// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/sqlite/sqlitereader.h"

namespace stint {

/// What a store says beside its jobs: logs, counts, workers, hosts, and why a job waits. Any thread. Throws SqliteError.
class StoreStatus final
{
public:
    StoreStatus(const SqliteReader &reader, std::shared_ptr<const Clock> clock)
        : m_reader(reader)
        , m_clock(std::move(clock))
    {
    }

    [[nodiscard]] QList<LogLine> logs(std::int64_t jobId, std::int64_t afterId, int limit) const;
    [[nodiscard]] QList<LogLine> recentLog(std::optional<std::int64_t> afterId, int limit) const;
    [[nodiscard]] QList<WaitReason> waitingFor(const Job &job) const;
    [[nodiscard]] QList<JobSummary> related(const JobSummary &job, int limit) const;
    [[nodiscard]] JobCounts counts() const;
    [[nodiscard]] QList<WorkerInfo> workers() const;
    [[nodiscard]] QList<HostInfo> hosts() const;
    [[nodiscard]] QList<std::int64_t> cancelRequests(const QString &hostId) const;
    [[nodiscard]] QList<OrphanedJob> orphans() const;

private:
    [[nodiscard]] QList<LogLine> archivedLog(std::int64_t jobId, std::int64_t afterId, int limit) const;

    const SqliteReader &m_reader;
    std::shared_ptr<const Clock> m_clock;
};

} // namespace stint
