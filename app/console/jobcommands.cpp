// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/jobcommands.h"

#include "app/console/details/detailsdock.h"
#include "app/console/jobactions.h"
#include "app/console/pages/jobtableview.h"
#include "app/console/panes.h"
#include "app/console/windowactions.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

namespace stint {

namespace {

JobChoice choiceOf(const JobResult &job)
{
    JobChoice choice;
    choice.selection.ids = {job.summary.id};
    choice.count = 1;
    choice.byState = {{job.summary.state, 1}};
    return choice;
}

JobQuery queryOfAll()
{
    return {.pane = Pane::All, .month = {}, .filter = {}, .beforeId = {}, .afterId = {}};
}

} // namespace

JobCommands::JobCommands(WindowActions &actions, const Panes &panes, const DetailsDock &details, JobActions &jobActions)
    : m_actions(actions)
    , m_panes(panes)
    , m_details(details)
    , m_jobActions(jobActions)
{
    connectChosen();
    connectShown();
}

void JobCommands::connectChosen()
{
    auto onJobs = [this](QAction *action, auto act) {
        connect(action, &QAction::triggered, this, [this, act] {
            if (JobsPage *jobs = m_panes.currentJobs())
                act(jobs);
        });
    };
    onJobs(m_actions.copy, [](const JobsPage *jobs) { QGuiApplication::clipboard()->setText(jobs->table()->selectedText()); });
    onJobs(m_actions.selectAll, [](JobsPage *jobs) { jobs->selectAllMatching(); });
    onJobs(m_actions.requeue, [this](const JobsPage *jobs) { m_jobActions.requeue(jobs->choice(), jobs->query()); });
    onJobs(m_actions.cancel, [this](const JobsPage *jobs) { m_jobActions.cancel(jobs->choice(), jobs->query()); });
    onJobs(m_actions.open, [this](const JobsPage *jobs) {
        if (jobs->table()->currentId() > 0)
            Q_EMIT openJob(jobs->table()->currentId());
    });
}

void JobCommands::connectShown()
{
    auto onJob = [this](QAction *action, auto act) {
        connect(action, &QAction::triggered, this, [this, act] {
            if (const JobResult *job = m_details.job())
                act(*job);
        });
    };
    onJob(m_actions.requeueShown, [this](const JobResult &job) { m_jobActions.requeue(choiceOf(job), queryOfAll()); });
    onJob(m_actions.cancelShown, [this](const JobResult &job) { m_jobActions.cancel(choiceOf(job), queryOfAll()); });
    onJob(m_actions.copyId, [](const JobResult &job) { QGuiApplication::clipboard()->setText(QString::number(job.summary.id)); });
    onJob(m_actions.copyRefId, [](const JobResult &job) { QGuiApplication::clipboard()->setText(job.summary.refId); });
}

} // namespace stint
