// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/metricsfile.h"

#include "engine/clock.h"

#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

/// A label's value, with what the format escapes.
QByteArray quoted(const QString &text)
{
    QByteArray value = text.toUtf8();
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return '"' + value + '"';
}

QByteArray head(const char *name, const char *type, const char *help)
{
    return QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

QByteArray sample(const char *name, const QByteArray &labels, const QByteArray &value)
{
    return name + ('{' + labels + "} ") + value + '\n';
}

QByteArray integer(std::int64_t value)
{
    return QByteArray::number(static_cast<qlonglong>(value));
}

QByteArray workerMetrics(const QList<WorkerInfo> &workers, Timestamp now)
{
    QByteArray depth = head("stint_jobs_queued", "gauge", "Jobs in the queue, by worker; counting stops at 10000.");
    QByteArray age = head("stint_oldest_queued_seconds", "gauge", "Since the oldest job of the queue was enqueued, by worker.");
    QByteArray running = head("stint_jobs_running", "gauge", "Jobs that run now, by worker.");
    for (const WorkerInfo &worker : workers) {
        const QByteArray label = "worker=" + quoted(worker.name);
        depth += sample("stint_jobs_queued", label, integer(worker.queued));
        running += sample("stint_jobs_running", label, integer(worker.running));
        if (worker.oldestQueued)
            age += sample("stint_oldest_queued_seconds", label,
                          QByteArray::number(std::chrono::duration<double>(now - *worker.oldestQueued).count(), 'f', 1));
    }
    return depth + running + age;
}

QLatin1StringView outcomeOf(JobState state)
{
    switch (state) {
    case JobState::Completed: return "completed"_L1;
    case JobState::Failed: return "failed"_L1;
    case JobState::Cancelled: return "cancelled"_L1;
    default: return "retried"_L1;
    }
}

} // namespace

MetricsFile::MetricsFile(JobHost &host, const JobStore &store, QString path, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_path(std::move(path))
{
    connect(&host, &JobHost::jobsStarted, this, &MetricsFile::takeStarted);
    connect(&host, &JobHost::jobsEnded, this, &MetricsFile::takeEnded);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const auto written = write();
        if (!written && !m_failed)
            Q_EMIT problem(written.error().message);
        m_failed = !written;
    });
    m_timer.start();
}

void MetricsFile::takeStarted(const QList<JobEvent> &jobs)
{
    for (const JobEvent &job : jobs)
        ++m_started[job.name];
}

void MetricsFile::takeEnded(const QList<JobEvent> &jobs)
{
    for (const JobEvent &job : jobs) {
        ++m_ended[{job.name, outcomeOf(job.state)}];
        Durations &durations = m_durations[job.name];
        const double seconds = job.durationMs / 1000.0;
        const auto bound = std::lower_bound(bounds.begin(), bounds.end(), seconds);
        if (bound != bounds.end())
            ++durations.upTo[static_cast<std::size_t>(bound - bounds.begin())];
        ++durations.runs;
        durations.seconds += seconds;
    }
}

Result<QByteArray> MetricsFile::toText() const
{
    const auto workers = m_store.workers();
    if (!workers)
        return workers.error();
    QByteArray text = workerMetrics(*workers, SystemClock().now());
    text += head("stint_attempts_started_total", "counter", "Attempts that this host has started, by command.");
    for (const auto &[command, count] : m_started)
        text += sample("stint_attempts_started_total", "command=" + quoted(command), integer(count));
    text += head("stint_attempts_ended_total", "counter", "Attempts that have ended on this host, by command and outcome.");
    for (const auto &[key, count] : m_ended)
        text += sample("stint_attempts_ended_total", "command=" + quoted(key.first) + ",outcome=" + quoted(key.second), integer(count));
    text += head("stint_attempt_duration_seconds", "histogram", "How long attempts took on this host, by command.");
    for (const auto &[command, durations] : m_durations) {
        const QByteArray label = "command=" + quoted(command);
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            sum += durations.upTo[i];
            text += sample("stint_attempt_duration_seconds_bucket", label + ",le=\"" + QByteArray::number(bounds[i]) + '"', integer(sum));
        }
        text += sample("stint_attempt_duration_seconds_bucket", label + ",le=\"+Inf\"", integer(durations.runs));
        text += sample("stint_attempt_duration_seconds_sum", label, QByteArray::number(durations.seconds, 'f', 3));
        text += sample("stint_attempt_duration_seconds_count", label, integer(durations.runs));
    }
    return text;
}

Result<void> MetricsFile::write()
{
    const auto text = toText();
    if (!text)
        return text.error();
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*text) != text->size() || !file.commit())
        return Error{ErrorCode::Io, u"%1: %2"_s.arg(m_path, file.errorString())};
    return {};
}

} // namespace stint::cli
