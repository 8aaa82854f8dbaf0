// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/dueplan.h"

#include <algorithm>

namespace stint {

namespace {

using Policy = MissedRuns::Policy;

constexpr std::chrono::hours repeatLimit{24};

/// A run that was asked for, rather than one of the schedule's: the first of an interval, or of `startNow`.
bool isStart(const ScheduledTask &task, const Schedule &schedule)
{
    return !task.lastRun && (schedule.isInterval() || schedule.next(*task.nextRun - Ticks(1)) != task.nextRun);
}

/// The occurrences from `first`, which is one, up to `last`, at most the newest `limit` of them; oldest first.
QList<Timestamp> newest(const Schedule &schedule, Timestamp first, Timestamp last, int limit)
{
    QList<Timestamp> found;
    auto occurrence = schedule.previous(last + Ticks(1), first);
    while (occurrence && *occurrence > first && found.size() < limit) {
        found.prepend(*occurrence);
        occurrence = schedule.previous(*occurrence, first);
    }
    if (found.size() < limit && first <= last)
        found.prepend(first);
    return found;
}

int runLimit(const MissedRuns &missed)
{
    return missed.policy == Policy::CatchUp ? missed.limit : missed.policy == Policy::Skip ? 0 : 1;
}

} // namespace

DuePlan DuePlan::of(const ScheduledTask &task, const Schedule &schedule, Timestamp aliveSince, Timestamp now)
{
    if (!task.nextRun && task.lastRun && *task.lastRun <= now) // run by another program until now
        return {.nextRun = schedule.next(*task.lastRun, *task.lastRun)};
    if (isAstray(task, schedule, now))
        return {.nextRun = firstRun(task, schedule, false, now)};
    Timestamp first = *task.nextRun;
    if (first > now)
        return {.nextRun = first};
    const Timestamp onTime = std::max(aliveSince, now - punctuality);
    if (first < onTime && isStart(task, schedule))
        first = now;
    DuePlan plan{.nextRun = schedule.next(now, first)};
    // As many as fit into the time that counts as punctual; an interval cannot be shorter than its shortest.
    constexpr int punctualLimit = punctuality / Schedule::shortest + 1;
    if (first >= onTime) {
        plan.runs = newest(schedule, first, now, punctualLimit);
        return plan;
    }
    const auto punctual = schedule.next(onTime - Ticks(1), first);
    if (punctual && *punctual <= now)
        plan.runs = newest(schedule, *punctual, now, punctualLimit);
    const bool isMadeUpFor = task.missedRuns.policy == Policy::Once && !plan.runs.isEmpty();
    const int limit = isMadeUpFor ? 0 : runLimit(task.missedRuns);
    const QList<Timestamp> missed = newest(schedule, first, onTime - Ticks(1), limit);
    if (missed.isEmpty() || missed.first() != first)
        plan.missed = first;
    plan.runs = missed + plan.runs;
    return plan;
}

std::optional<Timestamp> DuePlan::firstRun(const ScheduledTask &task, const Schedule &schedule, bool startNow, Timestamp now)
{
    if (!task.lastRun && (startNow || schedule.isInterval()))
        return now;
    if (!schedule.isInterval())
        return schedule.next(now);
    return *task.lastRun > now ? now + schedule.interval() : std::max(*task.lastRun + schedule.interval(), now);
}

bool DuePlan::isAstray(const ScheduledTask &task, const Schedule &schedule, Timestamp now)
{
    if (!task.nextRun)
        return true;
    const auto next = schedule.next(now, *task.nextRun);
    if (!next || *task.nextRun <= *next)
        return false;
    return schedule.isInterval() || *task.nextRun - *next > repeatLimit;
}

} // namespace stint
