// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/scheduledpage.h"

#include "app/console/connection.h"
#include "app/console/delegates/rowdelegate.h"
#include "app/console/details/taskdetails.h"
#include "app/console/pages/tablelayout.h"
#include "app/console/theme.h"
#include "models/modelroles.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace stint {

namespace {
constexpr int taskDetailsHeight = 320;
} // namespace

ScheduledPage::ScheduledPage(Connection &connection, Settings &settings, QWidget *parent)
    : ListPage(QStringLiteral("scheduled"), tr("Scheduled"), QStringLiteral("scheduled"), connection, parent)
    , m_details(new TaskDetails(this))
    , m_bar(new QHBoxLayout)
{
    setModel(&m_model);
    setEmptiness(tr("No scheduled task"),
                 tr("Add a schedule, here or from a program, to run a job so often or by a cron expression; it is listed here."));
    setNoun(tr("1 task"), tr("%1 tasks"));
    using enum ScheduledTaskModel::Column;
    delegate()->setPausedColumn(static_cast<int>(Enabled));
    delegate()->setStateColumn(static_cast<int>(LastResult));
    QList<TableLayout::Column> columns{
        {static_cast<int>(Enabled), QStringLiteral("enabled"), 84},         {static_cast<int>(Name), QStringLiteral("name"), 170},
        {static_cast<int>(Schedule), QStringLiteral("schedule"), 260},      {static_cast<int>(Zone), QStringLiteral("zone"), 120},
        {static_cast<int>(NextRun), QStringLiteral("nextRun"), 142},        {static_cast<int>(LastRun), QStringLiteral("lastRun"), 142},
        {static_cast<int>(LastResult), QStringLiteral("lastResult"), 100},  {static_cast<int>(LastJob), QStringLiteral("lastJob"), 72},
        {static_cast<int>(Problem), QStringLiteral("problem"), 130},        {static_cast<int>(Command), QStringLiteral("command"), 124},
        {static_cast<int>(Request), QStringLiteral("request"), 130, false}, {static_cast<int>(Worker), QStringLiteral("worker"), 90, false},
        {static_cast<int>(Tag), QStringLiteral("tag"), 90, false},          {static_cast<int>(Id), QStringLiteral("id"), 50, false},
        {static_cast<int>(Type), QStringLiteral("type"), 54, false}};
    new TableLayout(key(), table(), columns, static_cast<int>(Name), settings);

    m_bar->setContentsMargins(8, 5, 8, 5);
    m_bar->setSpacing(4);
    m_bar->addStretch(1);
    body()->insertLayout(0, m_bar);
    m_details->setFixedHeight(taskDetailsHeight);
    body()->addSpacing(6);
    body()->addWidget(m_details);
    m_details->hide();
    table()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table(), &QTableView::customContextMenuRequested, this, &ScheduledPage::openMenu);
    connect(table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ScheduledPage::showTask);
    connect(m_details, &TaskDetails::openJob, this, &Page::openJob);
}

ScheduledPage::~ScheduledPage()
{
    delete table();
}

void ScheduledPage::setActions(QAction *add, const QList<QAction *> &others, QAction *remove)
{
    m_actions = QList<QAction *>{add} + others + QList<QAction *>{remove};
    for (QAction *action : std::as_const(m_actions)) {
        if (action == remove)
            m_bar->addSpacing(12);
        addButton(action);
    }
    table()->addActions(m_actions);
}

void ScheduledPage::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize(theme::buttonIconSize);
    m_bar->addWidget(button);
}

void ScheduledPage::openMenu(const QPoint &where)
{
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    menu.addActions(m_actions);
    menu.insertSeparator(m_actions.constLast());
    if (const ScheduledTask *chosen = task(); chosen && chosen->lastJobId) {
        menu.addSeparator();
        menu.addAction(tr("Open job %1").arg(*chosen->lastJobId), this, [this, job = *chosen->lastJobId] { Q_EMIT openJob(job); });
    }
    menu.exec(table()->viewport()->mapToGlobal(where));
}

void ScheduledPage::activate(const QModelIndex &index)
{
    if (const QVariant job = index.data(JobIdRole); job.isValid())
        Q_EMIT openJob(job.toLongLong());
    else
        Q_EMIT editWanted();
}

void ScheduledPage::refresh()
{
    reader().read(
        StoreReader::Running::Keep, [store = connection().store()](const std::stop_token &) { return store->scheduledTasks(); },
        [this](Result<QList<ScheduledTask>> tasks) {
            if (tasks)
                m_model.setRows(*tasks);
            const auto wanted = m_wanted.isNull() ? -1 : names().indexOf(m_wanted);
            if (wanted >= 0) {
                table()->selectRow(static_cast<int>(wanted));
                m_wanted = QString();
            } else if (!table()->currentIndex().isValid() && m_model.rowCount() > 0) {
                table()->selectRow(0);
            }
            showTask();
            showOutcome(tasks ? std::nullopt : std::optional(tasks.error()));
        });
}

std::optional<JobExport> ScheduledPage::exported() const
{
    JobExport what;
    what.pane.reset();
    return what;
}

void ScheduledPage::clearRows()
{
    m_model.setRows({});
    m_wanted = QString();
    showTask();
}

const ScheduledTask *ScheduledPage::task() const
{
    const int row = table()->currentIndex().row();
    return row >= 0 && row < m_model.rowCount() ? &m_model.at(row) : nullptr;
}

QStringList ScheduledPage::names() const
{
    QStringList names;
    for (int row = 0; row < m_model.rowCount(); ++row)
        names.append(m_model.at(row).name);
    return names;
}

void ScheduledPage::choose(const QString &name)
{
    m_wanted = name;
    if (isActive() && connection().isAttached())
        refresh();
}

void ScheduledPage::showTask()
{
    const ScheduledTask *chosen = task();
    m_details->setVisible(chosen != nullptr);
    if (chosen)
        m_details->setTask(*chosen, connection().info().ours);
    Q_EMIT currentTaskChanged();
}

} // namespace stint
