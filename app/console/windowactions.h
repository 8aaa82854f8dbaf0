// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace stint {

/// The actions of the window with their texts and shortcuts, and the menus they stand in. GUI thread.
class WindowActions final : public QObject
{
    Q_OBJECT

public:
    explicit WindowActions(QWidget *window);

    /// `panes` are the pane actions in order, `details` shows and hides the dock.
    void fill(QMenuBar *bar, const QList<QAction *> &panes, QAction *details);
    /// Draws the icons anew, after a change of theme.
    void paintIcons();
    void setIcon(QAction *action, const QString &icon);
    /// A pane's action, with Alt and its number.
    QAction *addPane(const QString &title, int number);

private:
    QHash<QAction *, QString> m_icons; // before the actions, which enter theirs

public:
    QMenu *places; ///< attach, recents, close

    QAction *attach;
    QAction *attachReadOnly;
    QAction *closeStore;
    QAction *exportRows;
    QAction *quit;
    QAction *copy;
    QAction *copyId;
    QAction *copyRefId;
    QAction *selectAll;
    QAction *findText;
    QAction *goTo;
    QAction *refresh;
    QAction *pauseRefresh;
    QAction *resetLayout;
    QAction *open;
    QAction *requeue;
    QAction *cancel;
    QAction *requeueShown; ///< the job of the details dock
    QAction *cancelShown;
    QAction *addSchedule;
    QAction *editSchedule;
    QAction *pauseSchedule; ///< or resume it
    QAction *runSchedule;
    QAction *deleteSchedule;
    QAction *startHost;
    QAction *stopHost;
    QAction *showJournal;
    QAction *about;
    QActionGroup *themes;

private:
    QAction *make(const QString &text, const QList<QKeySequence> &shortcuts = {}, const QString &icon = {});

    QWidget *m_window;
};

} // namespace stint
