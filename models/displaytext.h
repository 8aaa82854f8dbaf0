// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobquery.h"
#include "engine/jobstats.h"
#include "engine/result.h"
#include "engine/scheduledtask.h"

#include <QString>

#include <optional>

namespace stint {

struct ActionResult;

/// Texts for people, translated; times are local. Any thread.
namespace displaytext {

[[nodiscard]] QString stateWord(JobState state);
[[nodiscard]] QString outcomeWord(AttemptOutcome outcome);
[[nodiscard]] QString levelWord(LogLevel level);
[[nodiscard]] QString paneTitle(Pane pane);
[[nodiscard]] QString monthName(YearMonth month);

/// The time alone if it is today, else date and time; to the second.
[[nodiscard]] QString shortTime(Timestamp moment, Timestamp now);
[[nodiscard]] QString shortTime(const std::optional<Timestamp> &moment, Timestamp now);
/// Local time to the millisecond with its offset, and UTC.
[[nodiscard]] QString fullTime(Timestamp moment);
/// `4 min ago`, `in 3 h`.
[[nodiscard]] QString age(Timestamp moment, Timestamp now);
/// `21 ms`, `30.1 s`, `4 min 5 s`, `3 h 20 min`.
[[nodiscard]] QString duration(std::chrono::milliseconds length);
/// How long it took, or has taken so far; empty if it has not started.
[[nodiscard]] QString jobDuration(const Job &job, Timestamp now);
/// How long it waited for its start, or has waited so far.
[[nodiscard]] QString jobWait(const Job &job, Timestamp now);
/// `2/3`, or `2` where the limit is the host's.
[[nodiscard]] QString attempts(const Job &job);
/// When it ended; the archive of failed jobs has it in another column.
[[nodiscard]] std::optional<Timestamp> endOf(const Job &job);
/// First line of the error's message.
[[nodiscard]] QString errorLine(const Job &job);

/// `12`, or `≈ 10,000` where counting stopped.
[[nodiscard]] QString count(std::int64_t number, bool exact = true);
[[nodiscard]] QString byteSize(qsizetype bytes);
/// When a task runs, in words; a cron expression that has none as it is.
[[nodiscard]] QString scheduleOf(const ScheduledTask &task);
/// What becomes of runs that no host lived for.
[[nodiscard]] QString missedRuns(const MissedRuns &policy);
/// The type name of a request; empty where none was given.
[[nodiscard]] QString requestName(const QString &request);
/// Why a job waits: a headline in words, and more about it.
[[nodiscard]] QString waitHeadline(const WaitReason &reason);
[[nodiscard]] QString waitDetail(const WaitReason &reason, const Job &job, Timestamp now);
/// What became of one job of an action.
[[nodiscard]] QString actionOutcome(const ActionResult &result);
/// What kind of failure it is, in words; the error's own message says the rest.
[[nodiscard]] QString errorHeadline(ErrorCode code);
/// Headline and message, as a sentence.
[[nodiscard]] QString errorText(const Error &error);

} // namespace displaytext

} // namespace stint
