// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/helpcommands.h"

#include "app/console/journal.h"
#include "app/console/windowactions.h"

#include <QAction>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QMessageBox>
#include <QUrl>

namespace stint {

HelpCommands::HelpCommands(WindowActions &actions, const Journal &journal, QWidget *window)
    : m_journal(journal)
    , m_window(window)
{
    connect(actions.showJournal, &QAction::triggered, this, &HelpCommands::showJournal);
    connect(actions.about, &QAction::triggered, this, &HelpCommands::showAbout);
}

void HelpCommands::showJournal()
{
    if (QFileInfo::exists(m_journal.fileName()))
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_journal.fileName()));
    else
        Q_EMIT nothingDone(tr("You have changed nothing yet. What you do is recorded in %1.").arg(m_journal.fileName()));
}

void HelpCommands::showAbout()
{
    QMessageBox::about(m_window, tr("About Stint Console"),
                       tr("<b>Stint Console %1</b><br>A window on durable background jobs.<br>GPL-3.0-or-later")
                           .arg(QCoreApplication::applicationVersion()));
}

} // namespace stint
