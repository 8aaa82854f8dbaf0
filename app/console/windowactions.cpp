// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/windowactions.h"

#include "app/console/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QMenuBar>
#include <QWidget>

namespace stint {

WindowActions::WindowActions(QWidget *window)
    : QObject(window)
    , places(new QMenu(window))
    , attach(make(tr("Attach a folder…"), {QKeySequence::Open}, QStringLiteral("folder")))
    , attachReadOnly(make(tr("Attach a folder read-only…"), {QKeySequence(tr("Ctrl+Shift+O"))}, QStringLiteral("lock")))
    , closeStore(make(tr("Close the store"), {QKeySequence(tr("Ctrl+W"))}))
    , exportRows(make(tr("Export…"), {QKeySequence(tr("Ctrl+E"))}, QStringLiteral("export")))
    , quit(make(tr("Quit"), {QKeySequence(tr("Ctrl+Q"))}))
    , copy(make(tr("Copy rows"), {QKeySequence::Copy}, QStringLiteral("copy")))
    , copyId(make(tr("Copy id")))
    , copyRefId(make(tr("Copy RefId")))
    , selectAll(make(tr("Select all matching"), {QKeySequence::SelectAll}))
    , findText(make(tr("Filter"), {QKeySequence::Find, QKeySequence(tr("Ctrl+K"))}, QStringLiteral("search")))
    , goTo(make(tr("Go to id or RefId…"), {QKeySequence(tr("Ctrl+G"))}))
    , refresh(make(tr("Refresh"), {QKeySequence(Qt::Key_F5)}, QStringLiteral("refresh")))
    , pauseRefresh(make(tr("Pause refresh"), {QKeySequence(tr("Ctrl+P"))}, QStringLiteral("pause")))
    , resetLayout(make(tr("Reset layout")))
    , open(make(tr("Open details"), {}, QStringLiteral("open")))
    , requeue(make(tr("Requeue"), {QKeySequence(Qt::Key_R)}, QStringLiteral("requeue")))
    , cancel(make(tr("Cancel…"), {QKeySequence::Delete}, QStringLiteral("cancel")))
    , requeueShown(make(tr("Requeue"), {}, QStringLiteral("requeue")))
    , cancelShown(make(tr("Cancel…"), {}, QStringLiteral("cancel")))
    , addSchedule(make(tr("Add a schedule…"), {}, QStringLiteral("add")))
    , editSchedule(make(tr("Edit…"), {QKeySequence(Qt::Key_F2)}, QStringLiteral("edit")))
    , pauseSchedule(make(tr("Pause"), {}, QStringLiteral("pause")))
    , runSchedule(make(tr("Run now"), {}, QStringLiteral("start")))
    , deleteSchedule(make(tr("Delete…"), {QKeySequence::Delete}, QStringLiteral("delete")))
    , startHost(make(tr("Start a local host"), {}, QStringLiteral("start")))
    , stopHost(make(tr("Stop the local host"), {}, QStringLiteral("stop")))
    , showJournal(make(tr("Show what I did…")))
    , about(make(tr("About Stint Console")))
    , themes(new QActionGroup(this))
    , m_window(window)
{
    for (QAction *action : {attach, attachReadOnly, closeStore, exportRows, quit, selectAll, findText, goTo, refresh, pauseRefresh})
        window->addAction(action);
    // These keys act only while a table has the focus.
    for (QAction *action : {copy, requeue, cancel, editSchedule, deleteSchedule})
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    pauseRefresh->setCheckable(true);
    for (const theme::Choice choice : {theme::Choice::System, theme::Choice::Light, theme::Choice::Dark}) {
        auto *action = new QAction(choice == theme::Choice::System      ? tr("As the desktop")
                                       : choice == theme::Choice::Light ? tr("Light")
                                                                        : tr("Dark"),
                                   themes);
        action->setCheckable(true);
        action->setData(theme::toText(choice));
    }
    paintIcons();
}

QAction *WindowActions::make(const QString &text, const QList<QKeySequence> &shortcuts, const QString &icon)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(shortcuts);
    if (!icon.isEmpty())
        m_icons.insert(action, icon);
    return action;
}

QAction *WindowActions::addPane(const QString &title, int number)
{
    QAction *action = make(title, {QKeySequence(QStringLiteral("Alt+%1").arg(number))});
    action->setCheckable(true);
    m_window->addAction(action);
    return action;
}

void WindowActions::setIcon(QAction *action, const QString &icon)
{
    if (m_icons.value(action) == icon)
        return;
    m_icons.insert(action, icon);
    action->setIcon(theme::icon(icon));
}

void WindowActions::paintIcons()
{
    for (auto entry = m_icons.cbegin(); entry != m_icons.cend(); ++entry)
        entry.key()->setIcon(theme::icon(entry.value()));
}

void WindowActions::fill(QMenuBar *bar, const QList<QAction *> &panes, QAction *details)
{
    QMenu *file = bar->addMenu(tr("&File"));
    file->addActions({attach, attachReadOnly});
    file->addSeparator();
    file->addActions({exportRows, closeStore});
    file->addSeparator();
    file->addAction(quit);

    QMenu *edit = bar->addMenu(tr("&Edit"));
    edit->addActions({copy, copyId, copyRefId});
    edit->addSeparator();
    edit->addActions({selectAll, findText, goTo});

    QMenu *view = bar->addMenu(tr("&View"));
    auto *group = new QActionGroup(this);
    for (QAction *pane : panes) {
        group->addAction(pane);
        view->addAction(pane);
    }
    view->addSeparator();
    view->addAction(details);
    QMenu *theme = view->addMenu(tr("Theme"));
    theme->addActions(themes->actions());
    view->addAction(resetLayout);
    view->addSeparator();
    view->addActions({refresh, pauseRefresh});

    QMenu *jobs = bar->addMenu(tr("&Jobs"));
    jobs->setToolTipsVisible(true);
    jobs->addActions({open, requeue});
    jobs->addSeparator();
    jobs->addAction(cancel);

    QMenu *schedules = bar->addMenu(tr("&Schedules"));
    schedules->setToolTipsVisible(true);
    schedules->addActions({addSchedule, editSchedule});
    schedules->addSeparator();
    schedules->addActions({pauseSchedule, runSchedule});
    schedules->addSeparator();
    schedules->addAction(deleteSchedule);

    QMenu *host = bar->addMenu(tr("H&ost"));
    host->setToolTipsVisible(true);
    host->addActions({startHost, stopHost});

    QMenu *help = bar->addMenu(tr("&Help"));
    help->addActions({showJournal, about});
}

} // namespace stint
