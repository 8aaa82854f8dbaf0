// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/maintenance/jobrescuer.h"

#include "engine/logging.h"
#include "engine/running/processgroup.h"

#include <future>
#include <vector>

namespace stint {

JobRescuer::JobRescuer(JobStore &store, const Clock &clock, int interruptionLimit)
    : m_store(store)
    , m_clock(clock)
    , m_interruptionLimit(interruptionLimit)
{
}

Result<int> JobRescuer::rescue(const std::optional<EnteredJobs::LeftBehind> &left)
{
    const auto orphans = m_store.orphans();
    if (!orphans)
        return orphans.error();
    QList<JobRef> untouched;
    QList<std::int64_t> generations;
    std::vector<std::future<Result<void>>> recorded;
    for (const OrphanedJob &orphan : *orphans) {
        for (const ProcessGroup &group : orphan.processes)
            killProcessGroup(group);
        const Job &job = orphan.job;
        const bool known = left && left->host == orphan.host;
        if (job.state == JobState::Executed || (known && !left->attempts.contains({job.id, job.generation}))) {
            untouched.append({job.id, job.refId});
            generations.append(job.generation);
            continue;
        }
        qCDebug(logHost).noquote() << "Job" << job.id << job.name() << "was interrupted when its host died";
        const auto promise = std::make_shared<std::promise<Result<void>>>();
        recorded.push_back(promise->get_future());
        m_store.finish(endOf(job), [promise](Result<void> written) { promise->set_value(std::move(written)); });
    }
    for (auto &end : recorded) { // they share commits
        const auto written = end.get();
        if (!written && written.error().code != ErrorCode::Conflict)
            return written.error();
    }
    if (!untouched.isEmpty()) {
        const auto released = waitFor<void>([&](Completion<void> done) { m_store.release(untouched, generations, std::move(done)); });
        if (!released)
            return released.error();
    }
    if (!orphans->isEmpty())
        qCInfo(logHost).noquote() << "A host had died:" << orphans->size() - untouched.size() << "jobs were interrupted,"
                                  << untouched.size() << "go back uncounted";
    return static_cast<int>(orphans->size());
}

AttemptEnd JobRescuer::endOf(const Job &job) const
{
    const Timestamp now = m_clock.now();
    AttemptEnd end{.kind = AttemptEnd::Kind::Interrupt,
                   .jobId = job.id,
                   .generation = job.generation,
                   .startedDate = job.startedDate,
                   .endedDate = now,
                   .error = JobError{QString(joberror::hostLost), QStringLiteral("its host died while it ran"), {}, {}, {}},
                   .hasLogs = true};
    if (job.cancelRequested) {
        end.kind = AttemptEnd::Kind::Cancel;
        end.error = joberror::jobWasCancelled();
    } else if (job.interruptions >= m_interruptionLimit) {
        end.kind = AttemptEnd::Kind::Fail;
        end.error->message = QStringLiteral("its host died %1 times while it ran").arg(job.interruptions + 1);
    }
    return end;
}

} // namespace stint
