// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/waitreasons.h"

#include <algorithm>

namespace stint {

namespace {

void addParent(QList<WaitReason> &reasons, std::int64_t parent, const std::optional<JobSummary> &summary)
{
    if (!summary)
        reasons.append({QStringLiteral("dependsOn"), QStringLiteral("it waits for job %1, of which nothing is known").arg(parent)});
    else if (summary->state != JobState::Completed)
        reasons.append({QStringLiteral("dependsOn"),
                        QStringLiteral("it waits for job %1 (%2), which is %3")
                            .arg(parent)
                            .arg(summary->name(), QString(toText(summary->state)).toLower())});
}

void addWorker(QList<WaitReason> &reasons, const QString &worker, const WaitFacts &facts)
{
    if (facts.workerPaused)
        reasons.append(
            {QStringLiteral("workerPaused"),
             worker.isNull() ? QStringLiteral("jobs without a worker are paused") : QStringLiteral("worker %1 is paused").arg(worker)});
    if (facts.workerRuns)
        reasons.append({QStringLiteral("workerBusy"), QStringLiteral("worker %1 runs job %2").arg(worker).arg(*facts.workerRuns)});
}

bool canRun(const HostInfo &host, const Job &job)
{
    return std::any_of(host.commands.cbegin(), host.commands.cend(),
                       [&](const CommandInfo &command) { return command.name == job.name() && command.isApi == job.isApi(); });
}

} // namespace

QList<WaitReason> waitReasons(const Job &job, const WaitFacts &facts, Timestamp now)
{
    QList<WaitReason> reasons;
    if (job.dependsOn)
        addParent(reasons, *job.dependsOn, facts.parent);
    if (job.runAfter && *job.runAfter > now)
        reasons.append({QStringLiteral("runAfter"), QStringLiteral("not before %1").arg(toIsoText(*job.runAfter))});
    else if (job.dueDate && *job.dueDate > now)
        reasons.append(
            {QStringLiteral("retry"), QStringLiteral("attempt %1 follows at %2").arg(job.attempts).arg(toIsoText(*job.dueDate))});
    addWorker(reasons, job.worker, facts);
    if (facts.isHosted && !facts.host)
        reasons.append({QStringLiteral("noHost"), QStringLiteral("no host runs the jobs of this store")});
    if (facts.host && !canRun(*facts.host, job))
        reasons.append({QStringLiteral("unknownCommand"), QStringLiteral("no running host knows %1").arg(job.name())});
    else if (!facts.host && job.unknownCommand)
        reasons.append({QStringLiteral("unknownCommand"), QStringLiteral("no host so far knew %1").arg(job.name())});
    if (reasons.isEmpty() && facts.host)
        reasons.append({QStringLiteral("concurrency"), QStringLiteral("it is next: the host's places are taken")});
    return reasons;
}

} // namespace stint
