// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"

#include <QHash>

#include <chrono>

namespace stint {

/// Log lines whose transaction failed, job by job, until they are on disk. Not thread-safe.
class UnwrittenLines final
{
public:
    /// Keeps up to a megabyte for each job, 16 in all; of the rest it knows how many lines there were.
    void keep(const QList<LogLine> &lines);
    void forget(std::int64_t jobId);

    /// How far the lines of a job go at a moment.
    struct Mark {
        qsizetype lines = 0;
        int refused = 0;
    };
    [[nodiscard]] Mark markOf(std::int64_t jobId) const;
    /// Those up to there are on disk; what came after stays.
    void forgetUpTo(std::int64_t jobId, Mark mark);

    [[nodiscard]] bool has(std::int64_t jobId) const { return m_jobs.contains(jobId); }
    /// The lines of a job in their order; the last one says how many had no room.
    [[nodiscard]] QList<LogLine> of(std::int64_t jobId) const;
    /// The disk has failed just now.
    void rest();
    /// Whether it has within the last second and these jobs have lines here: new ones are best kept with them.
    [[nodiscard]] bool restFor(const QList<LogLine> &lines) const;
    /// The jobs of `lines` that have some here.
    [[nodiscard]] QList<std::int64_t> jobsOf(const QList<LogLine> &lines) const;

private:
    struct Kept {
        QList<LogLine> lines;
        qsizetype bytes = 0;
        LogLine refused;      ///< the last one
        int refusedCount = 0; ///< of lines that had no room
    };
    QHash<std::int64_t, Kept> m_jobs;
    qsizetype m_bytes = 0;
    std::chrono::steady_clock::time_point m_restUntil;
};

} // namespace stint
