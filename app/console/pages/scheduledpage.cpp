// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/scheduledpage.h"

#include "app/console/connection.h"
#include "app/console/details/bodyview.h"
#include "app/console/details/fieldlist.h"
#include "app/console/pages/tablelayout.h"
#include "engine/clock.h"
#include "engine/jobjson.h"
#include "engine/store/jsoncolumn.h"
#include "models/displaytext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace stint {

ScheduledPage::ScheduledPage(Connection &connection, Settings &settings, QWidget *parent)
    : ListPage(QStringLiteral("scheduled"), tr("Scheduled"), QStringLiteral("scheduled"), connection, parent)
    , m_fields(new FieldList(this))
    , m_request(new BodyView(tr("Request"), this))
    , m_details(new QWidget(this))
{
    setModel(&m_model);
    setEmptiness(tr("No scheduled task"), tr("Programs register tasks that run by interval or cron expression; they are listed here."));
    setNoun(tr("1 task"), tr("%1 tasks"));
    using enum ScheduledTaskModel::Column;
    QList<TableLayout::Column> columns{{static_cast<int>(Name), QStringLiteral("name"), 200},
                                       {static_cast<int>(Schedule), QStringLiteral("schedule"), 260},
                                       {static_cast<int>(Enabled), QStringLiteral("enabled"), 70},
                                       {static_cast<int>(NextRun), QStringLiteral("nextRun"), 142},
                                       {static_cast<int>(LastRun), QStringLiteral("lastRun"), 142},
                                       {static_cast<int>(LastResult), QStringLiteral("lastResult"), 90},
                                       {static_cast<int>(LastJob), QStringLiteral("lastJob"), 72},
                                       {static_cast<int>(Problem), QStringLiteral("problem"), 160},
                                       {static_cast<int>(Command), QStringLiteral("command"), 140},
                                       {static_cast<int>(Request), QStringLiteral("request"), 130},
                                       {static_cast<int>(Worker), QStringLiteral("worker"), 90},
                                       {static_cast<int>(Tag), QStringLiteral("tag"), 90},
                                       {static_cast<int>(Id), QStringLiteral("id"), 50},
                                       {static_cast<int>(Zone), QStringLiteral("zone"), 120, false},
                                       {static_cast<int>(Type), QStringLiteral("type"), 54, false}};
    new TableLayout(key(), table(), columns, static_cast<int>(Name), settings);

    auto *side = new QHBoxLayout(m_details);
    side->setContentsMargins(0, 6, 0, 0);
    side->setSpacing(8);
    side->addWidget(m_fields, 1);
    side->addWidget(m_request, 1);
    m_details->setFixedHeight(320);
    body()->addWidget(m_details);
    m_details->hide();
    connect(table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { showTask(); });
    connect(m_fields, &FieldList::openJob, this, &Page::openJob);
}

ScheduledPage::~ScheduledPage()
{
    delete table();
}

void ScheduledPage::refresh()
{
    reader().read(
        StoreReader::Running::Keep, [store = connection().store()](const std::stop_token &) { return store->scheduledTasks(); },
        [this](Result<QList<ScheduledTask>> tasks) {
            if (tasks)
                m_model.setRows(std::move(tasks).value());
            if (!table()->currentIndex().isValid() && m_model.rowCount() > 0)
                table()->selectRow(0);
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
    m_details->hide();
}

void ScheduledPage::showTask()
{
    const int row = table()->currentIndex().row();
    m_details->setVisible(row >= 0);
    if (row < 0)
        return;
    const ScheduledTask &task = m_model.at(row);
    QList<FieldList::Field> fields{{tr("Task"), QStringLiteral("%1  (id %2)").arg(task.name).arg(task.id)},
                                   {tr("Runs"), displaytext::scheduleOf(task)},
                                   {tr("Last run"), task.lastRun ? displaytext::fullTime(*task.lastRun) : tr("never")}};
    if (!task.enabled)
        fields.append({tr("Next run"), tr("paused")});
    else if (const auto next = task.expectedRun(SystemClock().now()))
        fields.append({tr("Next run"), displaytext::fullTime(*next)});
    if (!task.problem.isEmpty())
        fields.append({tr("Problem"), task.problem});
    if (!task.cronExpression.isEmpty())
        fields.insert(2, {tr("Cron expression"), task.cronExpression});
    if (task.lastJobId)
        fields.append({tr("Last job"), QString::number(*task.lastJobId), *task.lastJobId});
    fields.append({task.command.isEmpty() ? tr("API") : tr("Command"), task.command.isEmpty() ? task.request : task.command});
    if (task.options) {
        const TaskOptions &options = *task.options;
        const QList<FieldList::Field> optional{
            {tr("Worker"), options.worker},
            {tr("Tag"), options.tag},
            {tr("Callback"), options.callback},
            {tr("User"), options.userId},
            {tr("Batch"), options.batchId},
            {tr("Created by"), options.createdBy},
            {tr("Reply to"), maskedReplyTo(options.replyTo)},
            {tr("Retry limit"), options.retryLimit ? QString::number(*options.retryLimit) : QString()},
            {tr("Time-out"), options.timeoutSecs ? displaytext::duration(std::chrono::seconds{*options.timeoutSecs}) : QString()},
            {tr("Arguments"), options.args ? QString::fromUtf8(jsoncolumn::toColumn(*options.args)) : QString()},
            {tr("Recorded"), options.runCommand.value_or(false) ? tr("no: runs are not stored as jobs") : QString()}};
        for (const FieldList::Field &field : optional) {
            if (!field.value.isEmpty())
                fields.append(field);
        }
    }
    m_fields->setFields(fields);
    m_request->setBody(displaytext::requestName(task.request), task.requestBody);
}

} // namespace stint
