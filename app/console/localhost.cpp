// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/localhost.h"

#include "engine/clock.h"

namespace stint {

namespace {

constexpr int stopDeadline = 15'000; ///< ms; the host's own is shorter

LogLevel levelOf(const QString &line)
{
    if (line.contains(QLatin1StringView("error"), Qt::CaseInsensitive) || line.contains(QLatin1StringView("critical"), Qt::CaseInsensitive))
        return LogLevel::Error;
    return line.contains(QLatin1StringView("warning"), Qt::CaseInsensitive) ? LogLevel::Warning : LogLevel::Info;
}

} // namespace

LocalHost::LocalHost(const QString &program, QObject *parent)
    : QObject(parent)
{
    m_process.setProgram(program);
    connect(&m_process, &QProcess::started, this, &LocalHost::changed);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] { readOutput(QProcess::StandardOutput); });
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] { readOutput(QProcess::StandardError); });
    connect(&m_process, &QProcess::finished, this, &LocalHost::end);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        Q_EMIT changed();
        Q_EMIT died(tr("%1 cannot be started: %2").arg(m_process.program(), m_process.errorString()));
    });
}

LocalHost::~LocalHost()
{
    m_process.disconnect(this);
    if (!isRunning())
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(stopDeadline))
        m_process.kill();
    m_process.waitForFinished();
}

void LocalHost::start(const QString &folder)
{
    m_folder = folder;
    m_stopping = false;
    m_lastError.clear();
    m_process.setArguments({QStringLiteral("--db"), folder, QStringLiteral("host")});
    m_process.start(QIODevice::ReadOnly);
    Q_EMIT changed();
}

void LocalHost::stop()
{
    m_stopping = true;
    m_process.terminate();
    Q_EMIT changed();
}

void LocalHost::readOutput(QProcess::ProcessChannel channel)
{
    m_process.setReadChannel(channel);
    QList<LogLine> lines;
    while (m_process.canReadLine()) {
        const QString text = QString::fromUtf8(m_process.readLine()).trimmed();
        if (text.isEmpty())
            continue;
        if (channel == QProcess::StandardError)
            m_lastError = text;
        lines.append({.id = 0, .jobId = 0, .attempt = 1, .level = levelOf(text), .date = SystemClock().now(), .message = text});
    }
    if (!lines.isEmpty())
        Q_EMIT wrote(lines);
}

void LocalHost::end()
{
    readOutput(QProcess::StandardOutput);
    readOutput(QProcess::StandardError);
    const bool asked = std::exchange(m_stopping, false);
    Q_EMIT changed();
    if (asked)
        return;
    const QString how = m_process.exitStatus() == QProcess::CrashExit
        ? tr("The local host crashed.")
        : tr("The local host ended with exit code %1.").arg(m_process.exitCode());
    Q_EMIT died(m_lastError.isEmpty() ? how : how + QLatin1Char(' ') + m_lastError);
}

} // namespace stint
