// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/hostcommands.h"

#include "app/console/connection.h"
#include "app/console/journal.h"
#include "app/console/messagestrip.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

namespace stint {

HostCommands::HostCommands(Connection &connection, const Journal &journal, MessageStrip *strip, QWidget *window)
    : m_connection(connection)
    , m_journal(journal)
    , m_strip(strip)
    , m_window(window)
    , m_host(QCoreApplication::applicationDirPath() + QStringLiteral("/stint"))
{
    connect(&m_host, &LocalHost::wrote, this, &HostCommands::wrote);
    connect(&m_host, &LocalHost::changed, this, &HostCommands::changed);
    connect(&m_host, &LocalHost::died, this, &HostCommands::showDeath);
    m_look.setInterval(200);
    connect(&m_look, &QTimer::timeout, this, [this] {
        if (!QFileInfo::exists(m_host.folder() + QStringLiteral("/jobs.db")))
            return;
        m_look.stop();
        Q_EMIT storeMade(m_host.folder());
    });
}

void HostCommands::start(const QString &folder)
{
    m_strip->hide();
    m_host.start(folder);
    m_journal.record(QStringLiteral("startHost"), folder, folder, QString());
    if (m_connection.location() != QFileInfo(folder).absoluteFilePath() || !m_connection.isAttached())
        m_look.start();
}

void HostCommands::startElsewhere()
{
    const QString folder = QFileDialog::getExistingDirectory(m_window, tr("Start a local host in this folder"));
    if (!folder.isEmpty())
        start(folder);
}

void HostCommands::stop()
{
    m_host.stop();
}

void HostCommands::showDeath(const QString &reason)
{
    m_look.stop();
    m_strip->say(MessageStrip::Kind::Error, reason,
                 {{tr("Restart"), [this] { start(m_host.folder()); }}, {tr("Show log"), [this] { Q_EMIT logWanted(); }}});
}

bool HostCommands::mayClose() const
{
    const auto &counts = m_connection.counts();
    if (!m_host.isRunning() || !counts || counts->running == 0)
        return true;
    return QMessageBox::question(
               m_window, tr("Stop the local host?"),
               tr("Jobs that it runs now: %1. They are asked to stop and run again with the next host.").arg(counts->running),
               QMessageBox::Close | QMessageBox::Cancel, QMessageBox::Cancel)
        == QMessageBox::Close;
}

} // namespace stint
