// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/localhost.h"

#include <QTimer>

class QWidget;

namespace stint {

class Connection;
class Journal;
class MessageStrip;

/// Starts and stops a host that is a child of this window, and says so when it dies. GUI thread.
class HostCommands final : public QObject
{
    Q_OBJECT

public:
    /// `strip` is where its death is shown, `window` the parent of dialogs.
    HostCommands(Connection &connection, const Journal &journal, MessageStrip *strip, QWidget *window);

    void start(const QString &folder);
    /// Asks for the folder first.
    void startElsewhere();
    void stop();
    [[nodiscard]] const LocalHost &host() const { return m_host; }
    /// Asks the operator, if closing the window would interrupt jobs.
    [[nodiscard]] bool mayClose() const;

Q_SIGNALS:
    void changed();
    /// The host has made the store of a folder that this window does not show.
    void storeMade(const QString &folder);
    void wrote(const QList<stint::LogLine> &lines);
    void logWanted();

private:
    void showDeath(const QString &reason);

    Connection &m_connection;
    const Journal &m_journal;
    MessageStrip *m_strip;
    QWidget *m_window;
    LocalHost m_host;
    QTimer m_look; ///< for the store that a host is to make
};

} // namespace stint
