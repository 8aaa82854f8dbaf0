// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/running/attempt.h"
#include "engine/store/jobstore.h"

#include <map>
#include <mutex>

namespace stint {

/// What a host's workers have done since it was last reported to the store. Any thread.
class WorkerTally final
{
public:
    struct Report {
        QList<WorkerDelta> workers;
        QList<RunDuration> durations; ///< of the last runs, by name and worker
    };

    void countBegin(const QString &worker, Timestamp now);
    void countEnd(const Job &job, const AttemptEnd &end, Timestamp now);

    /// What there is to report, which then counts as reported.
    [[nodiscard]] Report take();
    /// It could not be reported after all: it goes into the next report.
    void putBack(const Report &report);

private:
    WorkerDelta &delta(const QString &worker, Timestamp now);

    std::mutex m_mutex;
    std::map<QString, WorkerDelta> m_deltas;
    std::map<std::pair<QString, QString>, int> m_durations;
};

} // namespace stint
