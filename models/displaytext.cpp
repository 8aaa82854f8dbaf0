// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/displaytext.h"

#include "engine/crondescription.h"
#include "engine/store/jobstore.h"

#include <QCoreApplication>
#include <QLocale>

namespace stint::displaytext {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(stint::DisplayText)
};

using namespace std::chrono;

constexpr auto dateTimePattern = "yyyy-MM-dd HH:mm:ss";

QString twoUnits(std::int64_t whole, const QString &wholeUnit, std::int64_t rest, const QString &restUnit)
{
    const QString first = QStringLiteral("%1 %2").arg(whole).arg(wholeUnit);
    return rest == 0 ? first : QStringLiteral("%1 %2 %3").arg(first).arg(rest).arg(restUnit);
}

/// The largest unit alone, for ages.
QString coarse(milliseconds length)
{
    if (length < minutes{1})
        return Text::tr("%1 s").arg(duration_cast<seconds>(length).count());
    if (length < hours{1})
        return Text::tr("%1 min").arg(duration_cast<minutes>(length).count());
    if (length < hours{48})
        return Text::tr("%1 h").arg(duration_cast<hours>(length).count());
    return Text::tr("%1 days").arg(duration_cast<days>(length).count());
}

QString sentence(const QString &text)
{
    if (text.isEmpty())
        return text;
    const QString begun = text.front().toUpper() + text.mid(1);
    return begun.endsWith(QLatin1Char('.')) ? begun : begun + QLatin1Char('.');
}

} // namespace

QString stateWord(JobState state)
{
    switch (state) {
    case JobState::Queued: return Text::tr("Queued");
    case JobState::Started: return Text::tr("Running");
    case JobState::Executed: return Text::tr("Callback");
    case JobState::Completed: return Text::tr("Completed");
    case JobState::Failed: return Text::tr("Failed");
    case JobState::Cancelled: return Text::tr("Cancelled");
    }
    return {};
}

QString outcomeWord(AttemptOutcome outcome)
{
    switch (outcome) {
    case AttemptOutcome::Failed: return Text::tr("Failed");
    case AttemptOutcome::Interrupted: return Text::tr("Interrupted");
    case AttemptOutcome::Refunded: return Text::tr("Given back");
    case AttemptOutcome::Cancelled: return Text::tr("Cancelled");
    case AttemptOutcome::Completed: return Text::tr("Completed");
    }
    return {};
}

QString levelWord(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return Text::tr("Debug");
    case LogLevel::Info: return Text::tr("Info");
    case LogLevel::Warning: return Text::tr("Warning");
    case LogLevel::Error: return Text::tr("Error");
    }
    return {};
}

QString paneTitle(Pane pane)
{
    switch (pane) {
    case Pane::Queue: return Text::tr("Queue");
    case Pane::All: return Text::tr("All jobs");
    case Pane::Completed: return Text::tr("Completed");
    case Pane::Failed: return Text::tr("Failed");
    }
    return {};
}

QString monthName(YearMonth month)
{
    return QLocale().toString(QDate(month.year, month.month, 1), QStringLiteral("MMMM yyyy"));
}

QString shortTime(Timestamp moment, Timestamp now)
{
    const QDateTime local = toDateTime(moment).toLocalTime();
    return local.date() == toDateTime(now).toLocalTime().date() ? local.toString(u"HH:mm:ss")
                                                                : local.toString(QLatin1StringView(dateTimePattern));
}

QString shortTime(const std::optional<Timestamp> &moment, Timestamp now)
{
    return moment ? shortTime(*moment, now) : QString();
}

QString fullTime(Timestamp moment)
{
    const QDateTime utc = toDateTime(moment);
    const QDateTime local = utc.toLocalTime();
    const QString pattern = QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz");
    if (local.offsetFromUtc() == 0)
        return Text::tr("%1 UTC").arg(utc.toString(pattern));
    return Text::tr("%1 %2 (%3 UTC)").arg(local.toString(pattern), local.timeZoneAbbreviation(), utc.toString(u"HH:mm:ss"));
}

QString age(Timestamp moment, Timestamp now)
{
    if (moment > now)
        return Text::tr("in %1").arg(coarse(duration_cast<milliseconds>(moment - now)));
    return Text::tr("%1 ago").arg(coarse(duration_cast<milliseconds>(now - moment)));
}

QString duration(milliseconds length)
{
    const std::int64_t ms = std::max<std::int64_t>(0, length.count());
    if (ms < 1000)
        return Text::tr("%1 ms").arg(ms);
    if (ms < 60'000 && ms % 1000 == 0)
        return Text::tr("%1 s").arg(ms / 1000);
    if (ms < 60'000)
        return Text::tr("%1 s").arg(QLocale().toString(static_cast<double>(ms) / 1000, 'f', ms < 10'000 ? 2 : 1));
    const std::int64_t s = ms / 1000;
    if (s >= 600 && s < 3600)
        return Text::tr("%1 min").arg(s / 60);
    if (s < 600)
        return twoUnits(s / 60, Text::tr("min"), s % 60, Text::tr("s"));
    if (s < 86'400)
        return twoUnits(s / 3600, Text::tr("h"), s % 3600 / 60, Text::tr("min"));
    return twoUnits(s / 86'400, Text::tr("d"), s % 86'400 / 3600, Text::tr("h"));
}

QString jobDuration(const Job &job, Timestamp now)
{
    if (isFinished(job.state) || job.state == JobState::Executed)
        return job.startedDate || job.durationMs > 0 ? duration(milliseconds{job.durationMs}) : QString();
    if (job.state == JobState::Started && job.startedDate)
        return duration(duration_cast<milliseconds>(now - *job.startedDate));
    return {};
}

QString jobWait(const Job &job, Timestamp now)
{
    if (job.startedDate)
        return duration(duration_cast<milliseconds>(*job.startedDate - job.createdDate));
    return isFinished(job.state) ? QString() : duration(duration_cast<milliseconds>(now - job.createdDate));
}

QString attempts(const Job &job)
{
    if (job.retryLimit)
        return QStringLiteral("%1/%2").arg(job.attempts).arg(*job.retryLimit + 1);
    return QString::number(job.attempts);
}

std::optional<Timestamp> endOf(const Job &job)
{
    if (job.completedDate)
        return job.completedDate;
    return isFinished(job.state) ? job.lastActivityDate : std::nullopt;
}

QString errorLine(const Job &job)
{
    if (!job.error)
        return {};
    const QString &message = job.error->message;
    const qsizetype end = message.indexOf(QLatin1Char('\n'));
    return (end < 0 ? message : message.left(end)).trimmed();
}

QString count(std::int64_t number, bool exact)
{
    const QString text = QLocale().toString(static_cast<qlonglong>(number));
    return exact ? text : QStringLiteral("≈ ") + text;
}

QString byteSize(qsizetype bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QString scheduleOf(const ScheduledTask &task)
{
    if (const auto cron = CronExpression::parse(task.cronExpression, CronFormat::Auto, task.name)) {
        const QString words = describe(*cron);
        // A time of day is of a zone, and that is not this machine's.
        if (!words.contains(QLatin1Char(':')))
            return words;
        return task.zone.isEmpty() ? Text::tr("%1, UTC").arg(words) : Text::tr("%1, %2 time").arg(words, task.zone);
    }
    if (!task.cronExpression.isEmpty())
        return task.cronExpression;
    return task.interval ? Text::tr("Every %1").arg(duration(duration_cast<milliseconds>(*task.interval))) : QString();
}

QString missedRuns(const MissedRuns &policy)
{
    switch (policy.policy) {
    case MissedRuns::Policy::Once: break;
    case MissedRuns::Policy::Skip: return Text::tr("are passed over");
    case MissedRuns::Policy::CatchUp:
        return policy.limit == 1 ? Text::tr("the newest is made up for") : Text::tr("the newest %1 are made up for").arg(policy.limit);
    }
    return Text::tr("one run makes up for them all");
}

QString requestName(const QString &request)
{
    return request == QLatin1StringView("NoArgs") ? QString() : request;
}

QString waitHeadline(const WaitReason &reason)
{
    if (reason.code == QLatin1StringView("runAfter"))
        return Text::tr("Waits for its date");
    if (reason.code == QLatin1StringView("retry"))
        return Text::tr("Waits for its next attempt");
    if (reason.code == QLatin1StringView("dependsOn"))
        return Text::tr("Waits for another job");
    if (reason.code == QLatin1StringView("workerBusy"))
        return Text::tr("Its worker is busy");
    if (reason.code == QLatin1StringView("workerPaused"))
        return Text::tr("Its worker is paused");
    if (reason.code == QLatin1StringView("noHost"))
        return Text::tr("No host is running");
    if (reason.code == QLatin1StringView("unknownCommand"))
        return Text::tr("No host knows this command");
    if (reason.code == QLatin1StringView("concurrency"))
        return Text::tr("Every place of the host is taken");
    return reason.code;
}

QString waitDetail(const WaitReason &reason, const Job &job, Timestamp now)
{
    const bool isDate = reason.code == QLatin1StringView("runAfter");
    const auto moment = isDate ? job.runAfter : reason.code == QLatin1StringView("retry") ? job.dueDate : std::nullopt;
    return moment ? Text::tr("Not before %1, %2.").arg(shortTime(*moment, now), age(*moment, now)) : sentence(reason.detail);
}

QString actionOutcome(const ActionResult &result)
{
    if (result.code == QLatin1StringView("cancelled"))
        return Text::tr("cancelled");
    if (result.code == QLatin1StringView("cancelRequested"))
        return Text::tr("asked to stop");
    if (result.code == QLatin1StringView("requeued"))
        return Text::tr("requeued");
    if (result.code == QLatin1StringView("notFound"))
        return Text::tr("no such job");
    if (result.code == QLatin1StringView("finished"))
        return Text::tr("already finished");
    if (result.code == QLatin1StringView("notFinished"))
        return Text::tr("not finished yet");
    if (result.code == QLatin1StringView("uniqueKeyTaken"))
        return Text::tr("another job with its unique key is unfinished");
    return result.detail.isEmpty() ? result.code : result.detail;
}

QString errorHeadline(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound: return Text::tr("Not found");
    case ErrorCode::ReadOnly: return Text::tr("Read-only");
    case ErrorCode::Busy: return Text::tr("In use by another process");
    case ErrorCode::Foreign: return Text::tr("Not a job database");
    case ErrorCode::Damaged: return Text::tr("Damaged database");
    case ErrorCode::DiskFull: return Text::tr("Disk full");
    case ErrorCode::Io: return Text::tr("Read or write failed");
    case ErrorCode::InvalidArgument:
    case ErrorCode::Conflict:
    case ErrorCode::Unsupported:
    case ErrorCode::Unknown:
    case ErrorCode::Cancelled:
    case ErrorCode::Internal: break;
    }
    return Text::tr("Failed");
}

QString errorText(const Error &error)
{
    const bool ends = error.message.endsWith(QLatin1Char('.'));
    return Text::tr("%1: %2").arg(errorHeadline(error.code), error.message) + (ends ? QString() : QStringLiteral("."));
}

} // namespace stint::displaytext
