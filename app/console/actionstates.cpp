// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/actionstates.h"

#include "app/console/connection.h"
#include "app/console/details/detailsdock.h"
#include "app/console/jobverb.h"
#include "app/console/localhost.h"
#include "app/console/pages/jobspage.h"
#include "app/console/pages/scheduledpage.h"
#include "app/console/panes.h"
#include "app/console/windowactions.h"

#include <QAction>
#include <QCoreApplication>

namespace stint {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(stint::ActionStates)
};

/// An action that changes something: `hint` says what it does, `notSensible` why it makes no sense now.
void allow(QAction *action, const Connection &connection, bool sensible, const QString &hint, const QString &notSensible)
{
    action->setEnabled(connection.canWrite() && sensible);
    action->setToolTip(!connection.canWrite() ? connection.whyReadOnly() : sensible ? hint : notSensible);
}

/// The states of jobs that all match are not known.
bool mayHold(const JobChoice &choice, const QList<JobState> &states)
{
    return choice.byState.isEmpty() || std::ranges::any_of(states, [&](JobState state) { return choice.byState.contains(state); });
}

} // namespace

ActionStates::ActionStates(WindowActions &actions, const Connection &connection, const Panes &panes, const DetailsDock &details,
                           const LocalHost &host)
    : m_actions(actions)
    , m_connection(connection)
    , m_panes(panes)
    , m_details(details)
    , m_host(host)
{
}

void ActionStates::update() const
{
    updateChosen();
    updateShown();
    updateSchedules();
    updateHost();
    const bool attached = m_connection.isAttached();
    for (QAction *action : {m_actions.findText, m_actions.goTo, m_actions.refresh, m_actions.pauseRefresh, m_actions.closeStore})
        action->setEnabled(attached);
}

void ActionStates::updateChosen() const
{
    const JobsPage *jobs = m_connection.isAttached() ? m_panes.currentJobs() : nullptr;
    const JobChoice choice = jobs ? jobs->choice() : JobChoice{};
    const bool some = jobs && !choice.isEmpty();
    const bool canRequeue = some && jobs->pane() != Pane::Queue && mayHold(choice, jobverb::states(JobVerb::Requeue));
    const bool canCancel
        = some && (jobs->pane() == Pane::Queue || jobs->pane() == Pane::All) && mayHold(choice, jobverb::states(JobVerb::Cancel));
    allow(m_actions.requeue, m_connection, canRequeue, Text::tr("Run the chosen jobs again (R)"),
          some ? Text::tr("Only finished jobs can be requeued.") : Text::tr("Choose jobs first."));
    allow(m_actions.cancel, m_connection, canCancel, Text::tr("Cancel the chosen jobs (Del)"),
          some ? Text::tr("These jobs are finished already.") : Text::tr("Choose jobs first."));
    m_actions.open->setEnabled(some);
    m_actions.copy->setEnabled(some);
    m_actions.selectAll->setEnabled(jobs != nullptr);
    const bool canExport = m_connection.isAttached() && m_panes.current()->exported();
    m_actions.exportRows->setEnabled(canExport);
    m_actions.exportRows->setToolTip(canExport ? Text::tr("Write every row that matches to a file, as CSV or JSON lines")
                                               : Text::tr("Choose a pane of jobs or tasks first."));
}

void ActionStates::updateShown() const
{
    const JobResult *shown = m_details.job();
    const bool finished = shown && isFinished(shown->summary.state);
    allow(m_actions.requeueShown, m_connection, finished, Text::tr("Run this job again"), Text::tr("Only a finished job can be requeued."));
    allow(m_actions.cancelShown, m_connection, shown && !finished, Text::tr("Cancel this job"), Text::tr("This job is finished already."));
    m_actions.requeueShown->setVisible(finished);
    m_actions.cancelShown->setVisible(shown && !finished);
    m_actions.copyId->setEnabled(shown != nullptr);
    m_actions.copyRefId->setEnabled(shown != nullptr);
}

void ActionStates::updateSchedules() const
{
    const bool isShown = m_connection.isAttached() && m_panes.current() == m_panes.scheduled();
    const ScheduledTask *task = isShown ? m_panes.scheduled()->task() : nullptr;
    const QString none = isShown ? Text::tr("Choose a schedule first.") : Text::tr("Choose a schedule in the pane Scheduled first.");
    const bool isPaused = task && !task->enabled;
    m_actions.pauseSchedule->setText(isPaused ? Text::tr("Resume") : Text::tr("Pause"));
    m_actions.setIcon(m_actions.pauseSchedule, isPaused ? QStringLiteral("resume") : QStringLiteral("pause"));
    allow(m_actions.addSchedule, m_connection, true, Text::tr("Run a job by the clock"), {});
    allow(m_actions.editSchedule, m_connection, task, Text::tr("Change when it runs, and what (F2)"), none);
    allow(m_actions.pauseSchedule, m_connection, task,
          isPaused ? Text::tr("Run it again, from its next time on") : Text::tr("Run it no more until it is resumed"), none);
    allow(m_actions.runSchedule, m_connection, task, Text::tr("Run it once now, beside its schedule"), none);
    allow(m_actions.deleteSchedule, m_connection, task, Text::tr("Forget this schedule; its jobs stay (Del)"), none);
}

void ActionStates::updateHost() const
{
    const bool here = m_host.isRunning();
    const bool elsewhere = !here && std::ranges::any_of(m_connection.hosts(), &HostInfo::alive);
    allow(m_actions.startHost, m_connection, !here && !elsewhere, QString(),
          here ? Text::tr("It is running.") : Text::tr("Another host runs the jobs of this store."));
    m_actions.stopHost->setEnabled(here && !m_host.isStopping());
    m_actions.stopHost->setToolTip(here ? QString() : Text::tr("This window has started no host."));
}

} // namespace stint
