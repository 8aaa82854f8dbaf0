// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/taskledger.h"

#include "engine/failpoint.h"
#include "engine/scheduling/dueplan.h"
#include "engine/store/admission.h"

using namespace Qt::StringLiterals;

namespace stint::taskledger {

namespace {

using Outcome = TaskOccurrence::Outcome;

Error noSuchTask(const QString &name)
{
    return {ErrorCode::NotFound, u"there is no scheduled task \"%1\""_s.arg(name)};
}

/// Each job has a RefId of its own. One that the options give can be had by one job only, the first; later ones get
/// theirs as every job does.
NewJob jobOf(TaskTable &table, const ScheduledTask &task)
{
    NewJob job = task.job();
    if (!job.options.refId.isEmpty() && (task.lastJobId || table.hasJob(job.options.refId)))
        job.options.refId.clear();
    return job;
}

std::optional<QString> whyOverlaps(TaskTable &table, const ScheduledTask &task, bool isBusy)
{
    if (!task.noOverlap)
        return {};
    if (isBusy)
        return u"its last run is not finished"_s;
    if (task.lastJobId && table.isUnfinished(*task.lastJobId))
        return u"job %1 of its last run is not finished"_s.arg(*task.lastJobId);
    return {};
}

/// Runs a task for one moment, and notes in `run` what came of it.
TaskOccurrence runFor(TaskTable &table, Timestamp moment, TaskRun &run)
{
    ScheduledTask &task = run.task;
    const Timestamp now = table.now();
    if (task.isTransient()) {
        ++run.transientRuns;
        task.lastRun = now;
        return {moment, Outcome::Started, now, {}};
    }
    const auto ref = table.enqueue(jobOf(table, task), {{u"schedule"_s, task.name}, {u"occurrence"_s, toIsoText(moment)}});
    if (!ref) {
        task.problem = ref.error().message;
        return {moment, Outcome::Refused, now, {}};
    }
    passFailpoint("task.enqueued");
    run.jobs.append(*ref);
    task.lastRun = now;
    task.lastJobId = ref->id;
    task.lastJobState = JobState::Queued;
    task.problem = QString();
    return {moment, Outcome::Enqueued, now, ref->id};
}

/// Runs an occurrence, unless it has been run already or may not run beside the one before.
void settle(TaskTable &table, Timestamp moment, bool isBusy, TaskRun &run)
{
    const std::int64_t id = run.task.id;
    if (table.isRecorded(id, moment))
        return;
    if (whyOverlaps(table, run.task, isBusy || run.transientRuns > 0))
        table.addOccurrence(id, {moment, Outcome::Overlapped, table.now(), {}});
    else
        table.addOccurrence(id, runFor(table, moment, run));
}

/// A moment for a run beside the schedule.
Timestamp freeMoment(TaskTable &table, std::int64_t taskId)
{
    Timestamp moment = table.now();
    while (table.isRecorded(taskId, moment))
        moment += Ticks(1);
    return moment;
}

void followSchedule(TaskTable &table, const DueTask &due, TaskRun &run)
{
    ScheduledTask &task = run.task;
    const auto schedule = Schedule::of(task);
    if (!schedule) {
        task.problem = schedule.error().message;
        task.nextRun.reset();
        return;
    }
    const DuePlan plan = DuePlan::of(task, *schedule, due.aliveSince, table.now());
    if (plan.missed && !table.isRecorded(task.id, *plan.missed))
        table.addOccurrence(task.id, {*plan.missed, Outcome::Missed, table.now(), {}});
    for (const Timestamp moment : plan.runs)
        settle(table, moment, due.isBusy, run);
    task.nextRun = plan.nextRun;
    if (!task.nextRun)
        task.problem = u"it is never due again"_s;
}

Result<void> checkValid(const NewTask &task, const ScheduledTask &row)
{
    const auto invalid = [&row](const QString &message) {
        return Error{ErrorCode::InvalidArgument, u"schedule \"%1\": %2"_s.arg(row.name, message)};
    };
    if (const auto valid = admission::checkValid(task.job); !valid)
        return valid.error();
    if (const auto schedule = Schedule::of(row); !schedule)
        return invalid(schedule.error().message);
    if (task.transient && task.job.isApi)
        return invalid(u"only a command can be run without a job"_s);
    if (MissedRuns::parse(task.missedRuns.toText()) != task.missedRuns)
        return invalid(u"of missed runs 1 to %1 can be caught up on"_s.arg(MissedRuns::largestLimit));
    return {};
}

bool haveSameSchedule(const ScheduledTask &a, const ScheduledTask &b)
{
    return a.interval == b.interval && a.cronExpression == b.cronExpression && a.zone == b.zone;
}

} // namespace

Result<ScheduledTask> save(TaskTable &table, const NewTask &newTask)
{
    ScheduledTask task = newTask.toTask();
    if (const auto valid = checkValid(newTask, task); !valid)
        return valid.error();
    const auto known = table.find(task.name);
    if (known) {
        task.id = known->id;
        task.lastRun = known->lastRun;
        task.lastJobId = known->lastJobId;
        task.lastJobState = known->lastJobState;
        task.runRequested = known->runRequested;
        task.enabled = newTask.paused ? !*newTask.paused : known->enabled;
    }
    const bool goesOn = known && known->nextRun && haveSameSchedule(task, *known) && (task.lastRun || !newTask.startNow);
    task.nextRun = goesOn ? known->nextRun : DuePlan::firstRun(task, *Schedule::of(task), newTask.startNow, table.now());
    if (known && task == *known)
        return task;
    if (const auto isKnown = table.checkKnown(newTask.job); !isKnown)
        return isKnown.error();
    if (known)
        table.update(task);
    else
        task.id = table.insert(task);
    table.recordAction("saveSchedule"_L1, task.name);
    return task;
}

Result<void> remove(TaskTable &table, const QString &name)
{
    const auto task = table.find(name);
    if (!task)
        return noSuchTask(name);
    table.remove(*task);
    table.recordAction("removeSchedule"_L1, name);
    return {};
}

Result<ScheduledTask> setPaused(TaskTable &table, const QString &name, bool paused)
{
    auto task = table.find(name);
    if (!task)
        return noSuchTask(name);
    if (task->enabled == !paused)
        return *task;
    task->enabled = !paused;
    if (const auto schedule = Schedule::of(*task); schedule && task->enabled) {
        const Timestamp now = table.now();
        const bool isOnGrid = schedule->isInterval() && task->lastRun && !DuePlan::isAstray(*task, *schedule, now);
        task->nextRun = isOnGrid ? schedule->next(now, *task->nextRun) : DuePlan::firstRun(*task, *schedule, false, now);
    }
    table.update(*task);
    table.recordAction(paused ? "pauseSchedule"_L1 : "resumeSchedule"_L1, name);
    return *task;
}

Result<TaskRun> runNow(TaskTable &table, const QString &name)
{
    auto task = table.find(name);
    if (!task)
        return noSuchTask(name);
    if (const auto why = whyOverlaps(table, *task, false))
        return Error{ErrorCode::Conflict, u"schedule \"%1\": %2"_s.arg(name, *why)};
    TaskRun run{.task = *task};
    if (task->isTransient()) {
        run.task.runRequested = table.now();
    } else {
        const TaskOccurrence occurrence = runFor(table, freeMoment(table, task->id), run);
        if (occurrence.outcome == Outcome::Refused)
            return Error{ErrorCode::Conflict, u"schedule \"%1\": %2"_s.arg(name, run.task.problem)};
        table.addOccurrence(task->id, occurrence);
    }
    table.update(run.task);
    table.recordAction("runSchedule"_L1, name);
    return run;
}

Result<TaskRun> runDue(TaskTable &table, const DueTask &due)
{
    const auto task = table.find(due.id);
    if (!task)
        return Error{ErrorCode::NotFound, u"there is no scheduled task %1"_s.arg(due.id)};
    TaskRun run{.task = *task};
    if (run.task.runRequested) {
        settle(table, freeMoment(table, due.id), due.isBusy, run);
        run.task.runRequested.reset();
    }
    if (task->enabled && task->nextRun == due.nextRun)
        followSchedule(table, due, run);
    run.hasNewProblem = !run.task.problem.isEmpty() && run.task.problem != task->problem;
    if (run.task != *task)
        table.update(run.task);
    passFailpoint("task.settled");
    return run;
}

Result<void> setProblem(TaskTable &table, std::int64_t taskId, const QString &problem)
{
    auto task = table.find(taskId);
    if (!task)
        return Error{ErrorCode::NotFound, u"there is no scheduled task %1"_s.arg(taskId)};
    if (task->problem == problem)
        return {};
    task->problem = problem;
    table.update(*task);
    return {};
}

} // namespace stint::taskledger
