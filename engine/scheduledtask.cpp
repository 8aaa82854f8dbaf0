// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduledtask.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr QLatin1StringView catchUpPrefix{"catch-up:"};

/// In the order of TaskOccurrence::Outcome.
constexpr std::array outcomes{"Enqueued"_L1, "Started"_L1, "Overlapped"_L1, "Missed"_L1, "Refused"_L1};

/// Nothing, where no option differs from its default.
std::optional<TaskOptions> toTaskOptions(const JobOptions &job, bool transient)
{
    TaskOptions options{.refId = job.refId,
                        .parentId = job.parentId,
                        .worker = job.worker,
                        .runAfter = job.runAfter,
                        .callback = job.callback,
                        .dependsOn = job.dependsOn,
                        .userId = job.userId,
                        .retryLimit = job.retryLimit,
                        .replyTo = job.replyTo,
                        .tag = job.tag,
                        .batchId = job.batchId,
                        .createdBy = job.createdBy,
                        .args = job.args,
                        .uniqueKey = job.uniqueKey};
    if (job.timeout)
        options.timeoutSecs = static_cast<int>(job.timeout->count());
    if (transient)
        options.runCommand = true;
    if (job.priority != 0)
        options.priority = job.priority;
    if (job.backoff)
        options.backoff = job.backoff->toText();
    return options == TaskOptions{} ? std::nullopt : std::optional(options);
}

JobOptions toJobOptions(const TaskOptions &task)
{
    JobOptions options{.worker = task.worker,
                       .callback = task.callback,
                       .dependsOn = task.dependsOn,
                       .runAfter = task.runAfter,
                       .retryLimit = task.retryLimit,
                       .backoff = RetryPolicy::parse(task.backoff),
                       .refId = task.refId,
                       .tag = task.tag,
                       .batchId = task.batchId,
                       .createdBy = task.createdBy,
                       .userId = task.userId,
                       .replyTo = task.replyTo,
                       .args = task.args,
                       .parentId = task.parentId,
                       .priority = task.priority.value_or(0),
                       .uniqueKey = task.uniqueKey};
    if (task.timeoutSecs)
        options.timeout = std::chrono::seconds{*task.timeoutSecs};
    return options;
}

} // namespace

QString MissedRuns::toText() const
{
    switch (policy) {
    case Policy::Once: break;
    case Policy::Skip: return u"skip"_s;
    case Policy::CatchUp: return catchUpPrefix + QString::number(limit);
    }
    return u"once"_s;
}

std::optional<MissedRuns> MissedRuns::parse(QStringView text)
{
    if (text == u"once")
        return once();
    if (text == u"skip")
        return skip();
    if (!text.startsWith(catchUpPrefix))
        return {};
    bool ok = false;
    const int limit = text.sliced(catchUpPrefix.size()).toInt(&ok);
    return ok && limit >= 1 && limit <= largestLimit ? std::optional(catchUp(limit)) : std::nullopt;
}

std::optional<Timestamp> ScheduledTask::expectedRun(Timestamp now) const
{
    if (!enabled || nextRun)
        return enabled ? nextRun : std::nullopt;
    const auto schedule = Schedule::of(*this);
    if (!schedule)
        return {};
    if (schedule->isInterval())
        return lastRun ? std::max(*lastRun + schedule->interval(), now) : now;
    return schedule->next(lastRun.value_or(now));
}

NewJob ScheduledTask::job() const
{
    return {.name = jobName(),
            .isApi = isApi(),
            .requestBody = requestBody.isNull() ? QByteArrayLiteral("{}") : requestBody,
            .requestName = request,
            .options = options ? toJobOptions(*options) : JobOptions{}};
}

ScheduledTask NewTask::toTask() const
{
    return {.name = name.isEmpty() ? job.name : name,
            .interval = schedule.isInterval() ? std::optional(schedule.interval()) : std::nullopt,
            .cronExpression = schedule.expression(),
            .requestType = job.isApi ? requesttype::api : requesttype::command,
            .command = job.isApi ? QString() : job.name,
            .request = job.isApi            ? job.name
                : job.requestName.isEmpty() ? u"NoArgs"_s
                                            : job.requestName,
            .requestBody = job.requestBody,
            .options = toTaskOptions(job.options, transient),
            .zone = schedule.zone(),
            .missedRuns = missedRuns,
            .noOverlap = noOverlap,
            .enabled = !paused.value_or(false)};
}

QLatin1StringView toText(TaskOccurrence::Outcome outcome) noexcept
{
    return outcomes[static_cast<std::size_t>(outcome)];
}

TaskOccurrence::Outcome parseTaskOutcome(QByteArrayView text) noexcept
{
    const auto found
        = std::ranges::find_if(outcomes, [text](QLatin1StringView name) { return QByteArrayView(name.data(), name.size()) == text; });
    return found == outcomes.end() ? TaskOccurrence::Outcome::Refused : static_cast<TaskOccurrence::Outcome>(found - outcomes.begin());
}

} // namespace stint
