// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/rowvalues.h"

#include <QSysInfo>

#include <algorithm>
#include <chrono>
#include <cmath>

#include <unistd.h>

namespace stint::rowvalues {

AttemptOutcome parseOutcome(QByteArrayView text)
{
    for (const auto outcome : {AttemptOutcome::Failed, AttemptOutcome::Interrupted, AttemptOutcome::Refunded, AttemptOutcome::Cancelled,
                               AttemptOutcome::Completed}) {
        if (text == toText(outcome))
            return outcome;
    }
    return AttemptOutcome::Failed;
}

LogLevel parseLevel(QByteArrayView text)
{
    for (const auto level : {LogLevel::Debug, LogLevel::Warning, LogLevel::Error}) {
        if (text == toText(level))
            return level;
    }
    return LogLevel::Info;
}

AttemptOutcome outcomeOf(JobState state)
{
    return state == JobState::Completed ? AttemptOutcome::Completed
        : state == JobState::Cancelled  ? AttemptOutcome::Cancelled
                                        : AttemptOutcome::Failed;
}

QList<LogLine> splitLogs(const Job &job, std::int64_t afterId, int limit)
{
    QList<LogLine> lines;
    if (job.logs.isEmpty())
        return lines;
    std::int64_t number = 0;
    for (const QStringView message : QStringTokenizer{QStringView(job.logs), u'\n'}) {
        if (++number > afterId && lines.size() < limit)
            lines.append({.id = number, .jobId = job.id, .attempt = job.attempts, .message = message.toString()});
    }
    return lines;
}

QByteArray joinIds(const QList<std::int64_t> &ids)
{
    QByteArray text;
    for (const std::int64_t id : ids)
        text += (text.isEmpty() ? "" : ",") + QByteArray::number(static_cast<qlonglong>(id));
    return text;
}

QList<std::int64_t> parseIds(const QByteArray &text)
{
    QList<std::int64_t> ids;
    for (const QByteArray &id : text.isEmpty() ? QByteArrayList{} : text.split(','))
        ids.append(id.toLongLong());
    return ids;
}

bool wantsEstimate(const Job &job)
{
    return job.state == JobState::Started && job.progress.value_or(0) <= 0 && job.startedDate;
}

double estimatedProgress(const Job &job, double lastDurationMs, Timestamp now)
{
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - *job.startedDate).count();
    return std::clamp(std::round(100.0 * static_cast<double>(elapsed) / lastDurationMs) / 100.0, 0.0, 1.0);
}

QString actor()
{
    const QString user = qEnvironmentVariable("USER", QStringLiteral("uid%1").arg(::getuid()));
    return QStringLiteral("%1@%2:%3").arg(user, QSysInfo::machineHostName()).arg(::getpid());
}

} // namespace stint::rowvalues
