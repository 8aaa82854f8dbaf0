// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/panes.h"

#include "app/console/connection.h"
#include "app/console/pages/alljobspage.h"
#include "app/console/pages/completedpage.h"
#include "app/console/pages/failedpage.h"
#include "app/console/pages/jobtableview.h"
#include "app/console/pages/logpage.h"
#include "app/console/pages/queuepage.h"
#include "app/console/pages/scheduledpage.h"
#include "app/console/pages/welcomepage.h"
#include "app/console/pages/workerspage.h"
#include "app/console/settings.h"
#include "app/console/sidebar.h"
#include "app/console/windowactions.h"

#include <QAction>
#include <QStackedWidget>

namespace stint {

Panes::Panes(Connection &connection, Settings &settings, WindowActions *actions, QWidget *window)
    : m_connection(connection)
    , m_settings(settings)
    , m_actions(actions)
    , m_counts(connection)
    , m_sidebar(new Sidebar(window))
    , m_stack(new QStackedWidget(window))
    , m_welcome(new WelcomePage(connection, settings, window))
    , m_scheduled(new ScheduledPage(connection, settings, window))
    , m_log(new LogPage(connection, settings, window))
    , m_workers(new WorkersPage(connection, settings, window))
{
    addJobs(new QueuePage(connection, settings, window));
    addJobs(new AllJobsPage(connection, settings, window));
    addJobs(new CompletedPage(connection, settings, window));
    addJobs(new FailedPage(connection, settings, window));
    add(m_scheduled);
    m_scheduled->setActions(actions->addSchedule, {actions->editSchedule, actions->pauseSchedule, actions->runSchedule},
                            actions->deleteSchedule);
    connect(m_scheduled, &ScheduledPage::currentTaskChanged, this, [this] {
        if (current() == m_scheduled)
            Q_EMIT choiceChanged();
    });
    add(m_log);
    add(m_workers);
    m_stack->addWidget(m_welcome);
    connect(m_sidebar, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            show(m_pages[row]->key());
    });
    connect(m_workers, &WorkersPage::queueWanted, this, [this](const QString &worker) {
        show(jobs(Pane::Queue)->key());
        jobs(Pane::Queue)->setFilterText(worker);
    });
    connect(&m_counts, &PaneCounts::changed, this, &Panes::showCounts);
}

Panes::~Panes()
{
    qDeleteAll(m_pages); // they look at the connection while they are taken down
}

void Panes::add(Page *page)
{
    m_pages.append(page);
    m_stack->addWidget(page);
    m_sidebar->addPage(*page);
    QAction *action = m_actions->addPane(page->title(), static_cast<int>(m_pages.size()));
    m_actionList.append(action);
    connect(action, &QAction::triggered, this, [this, page] {
        show(page->key());
        page->focusTable();
    });
    connect(page, &Page::openJob, this, &Panes::openJob);
    connect(page, &Page::statusChanged, this, &Panes::statusChanged);
}

void Panes::addJobs(JobsPage *page)
{
    add(page);
    m_jobs.append(page);
    for (QAction *action : {m_actions->open, m_actions->requeue, m_actions->cancel, m_actions->copy})
        page->table()->addAction(action);
    connect(page, &JobsPage::choiceChanged, this, [this, page] {
        if (page == current())
            Q_EMIT choiceChanged();
    });
    connect(page, &JobsPage::currentJobChanged, this, [this, page](qint64 id) {
        if (page == current() && id != 0)
            Q_EMIT currentJobChanged(id);
    });
    connect(page, &JobsPage::contextMenuWanted, this, &Panes::menuWanted);
    connect(page, &Page::nextStep, this, [this, page] { show(jobs(page->pane() == Pane::Completed ? Pane::Queue : Pane::All)->key()); });
}

void Panes::show(const QString &key)
{
    const auto found = std::ranges::find(m_pages, key, &Page::key);
    if (found == m_pages.end())
        return;
    const int row = static_cast<int>(found - m_pages.begin());
    m_sidebar->setCurrentRow(row);
    m_actionList[row]->setChecked(true);
    if (m_connection.isAttached())
        m_stack->setCurrentWidget(*found);
    for (Page *page : std::as_const(m_pages))
        page->setActive(page == *found);
    m_settings.setLastPane(key);
    Q_EMIT shown();
}

void Panes::showConnection()
{
    const bool attached = m_connection.isAttached();
    m_sidebar->setVisible(attached);
    m_stack->setCurrentWidget(attached ? static_cast<QWidget *>(current()) : m_welcome);
    show(current()->key());
}

Page *Panes::current() const
{
    return m_pages[std::max(0, m_sidebar->currentRow())];
}

JobsPage *Panes::currentJobs() const
{
    return qobject_cast<JobsPage *>(current());
}

JobsPage *Panes::jobs(Pane pane) const
{
    return *std::ranges::find(m_jobs, pane, &JobsPage::pane);
}

bool Panes::isSettled() const
{
    return current()->isSettled() && m_counts.isSettled();
}

void Panes::resetColumns()
{
    for (JobsPage *page : std::as_const(m_jobs))
        page->resetColumns();
}

void Panes::showCounts()
{
    for (int row = 0; row < m_pages.size(); ++row) {
        const QString count = m_connection.isAttached() ? m_counts.text(m_pages[row]->key()) : QString();
        m_sidebar->setCount(row, count);
        m_sidebar->setAlarming(row, m_pages[row]->key() == QStringLiteral("failed") && !count.isEmpty() && count != QStringLiteral("0"));
    }
}

} // namespace stint
