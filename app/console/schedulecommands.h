// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/store/jobstore.h"

#include <QObject>

class QWidget;

namespace stint {

class Connection;
class Journal;
class MessageStrip;
class Panes;
class ScheduleDialog;
class ScheduledPage;
class WindowActions;

/// What the actions of the Schedules menu do to the chosen scheduled task, or to a new one: asks where it cannot be taken
/// back, has the store do it, says what came of it, and records it. GUI thread.
class ScheduleCommands final : public QObject
{
    Q_OBJECT

public:
    /// `strip` is where outcomes are shown, `window` the parent of dialogs.
    ScheduleCommands(WindowActions &actions, Connection &connection, Panes &panes, const Journal &journal, MessageStrip *strip,
                     QWidget *window);

Q_SIGNALS:
    /// The strip is about to be used: what it offers to undo is to be settled first.
    void aboutToAct();
    void openJob(qint64 id);

private:
    void openDialog(const std::optional<ScheduledTask> &edited);
    void save(const NewTask &task, ScheduleDialog *dialog, bool isNew);
    void setPaused(const QString &name, bool paused);
    void runNow(const QString &name);
    void askToRemove(const ScheduledTask &task);
    void remove(const QString &name);
    /// Records an action, and says so where it failed. Whether it did not.
    bool report(const QString &action, const QString &location, const QString &name, const std::optional<Error> &error);

    Connection &m_connection;
    Panes &m_panes;
    ScheduledPage *m_page;
    const Journal &m_journal;
    MessageStrip *m_strip;
    QWidget *m_window;
};

} // namespace stint
