// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/hostreport.h"

#include "app/cli/celltext.h"

#include <QTime>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

QString subject(const JobEvent &job)
{
    const QString worker = job.worker.isEmpty() ? u""_s : u" on "_s + job.worker;
    const QString attempt = job.attempt > 1 ? u" (attempt %1)"_s.arg(job.attempt) : u""_s;
    return QString::number(job.id) + u' ' + job.name + worker + attempt;
}

QString outcome(const JobEvent &job)
{
    switch (job.state) {
    case JobState::Queued: return u"will be retried"_s;
    case JobState::Completed: return u"completed"_s;
    case JobState::Failed: return u"failed"_s;
    case JobState::Cancelled: return u"cancelled"_s;
    case JobState::Started:
    case JobState::Executed: break;
    }
    return u"done, callback to come"_s;
}

QString reason(const JobEvent &job)
{
    if (job.errorCode.isEmpty() && job.message.isEmpty())
        return {};
    return u": %1 %2"_s.arg(job.errorCode, job.message.section(u'\n', 0, 0)).trimmed();
}

} // namespace

HostReport::HostReport(JobHost &host, Output &output, QObject *parent)
    : QObject(parent)
    , m_output(output)
{
    m_second.setInterval(std::chrono::seconds{1});
    m_second.setSingleShot(true);
    connect(&m_second, &QTimer::timeout, this, &HostReport::endSecond);
    connect(&host, &JobHost::jobsStarted, this, &HostReport::takeStarted);
    connect(&host, &JobHost::jobsEnded, this, &HostReport::takeEnded);
}

void HostReport::say(const QString &text)
{
    m_output.line(QTime::currentTime().toString(u"HH:mm:ss  "_s) + printable(text));
    m_output.flush();
}

void HostReport::finish()
{
    m_second.stop();
    endSecond();
}

void HostReport::takeStarted(const QList<JobEvent> &jobs)
{
    if (isBusy(jobs.size())) {
        m_tally.started += jobs.size();
        return;
    }
    for (const JobEvent &job : jobs)
        say(u"started %1"_s.arg(subject(job)));
}

void HostReport::takeEnded(const QList<JobEvent> &jobs)
{
    const bool busy = isBusy(jobs.size());
    for (const JobEvent &job : jobs) {
        if (!busy)
            say(u"%1 %2 in %3%4"_s.arg(outcome(job), subject(job), celltext::duration(std::chrono::milliseconds(job.durationMs)),
                                       reason(job)));
        else if (job.state == JobState::Completed)
            ++m_tally.completed;
        else if (job.state == JobState::Failed)
            ++m_tally.failed;
        else if (job.state == JobState::Cancelled)
            ++m_tally.cancelled;
        else if (job.state == JobState::Queued)
            ++m_tally.retried;
    }
}

bool HostReport::isBusy(qsizetype moreEvents)
{
    if (!m_second.isActive())
        m_second.start();
    m_events += moreEvents;
    return m_wasBusy || m_events > eventsASecond;
}

void HostReport::endSecond()
{
    QStringList parts;
    const auto add = [&parts](qsizetype count, const QString &what) {
        if (count > 0)
            parts.append(QString::number(count) + u' ' + what);
    };
    add(m_tally.started, u"started"_s);
    add(m_tally.completed, u"completed"_s);
    add(m_tally.retried, u"to be retried"_s);
    add(m_tally.failed, u"failed"_s);
    add(m_tally.cancelled, u"cancelled"_s);
    if (!parts.isEmpty())
        say(parts.join(u", "_s));
    m_wasBusy = m_events > eventsASecond;
    m_events = 0;
    m_tally = {};
}

} // namespace stint::cli
