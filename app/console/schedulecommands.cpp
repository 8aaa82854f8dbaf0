// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/schedulecommands.h"

#include "app/console/connection.h"
#include "app/console/dialogs/questiondialog.h"
#include "app/console/dialogs/scheduledialog.h"
#include "app/console/journal.h"
#include "app/console/messagestrip.h"
#include "app/console/onguithread.h"
#include "app/console/pages/scheduledpage.h"
#include "app/console/panes.h"
#include "app/console/windowactions.h"
#include "engine/clock.h"
#include "models/displaytext.h"

#include <QAction>

namespace stint {

namespace {

std::optional<Error> failureOf(const auto &outcome)
{
    return outcome ? std::nullopt : std::optional(outcome.error());
}

QString nextRunOf(const ScheduledTask &task)
{
    const Timestamp now = SystemClock().now();
    const auto next = task.expectedRun(now);
    return next ? displaytext::shortTime(*next, now) : QString();
}

} // namespace

ScheduleCommands::ScheduleCommands(WindowActions &actions, Connection &connection, Panes &panes, const Journal &journal,
                                   MessageStrip *strip, QWidget *window)
    : m_connection(connection)
    , m_panes(panes)
    , m_page(panes.scheduled())
    , m_journal(journal)
    , m_strip(strip)
    , m_window(window)
{
    connect(actions.addSchedule, &QAction::triggered, this, [this] { openDialog({}); });
    connect(m_page, &ScheduledPage::editWanted, actions.editSchedule, &QAction::trigger);
    auto onTask = [this](QAction *action, auto act) {
        connect(action, &QAction::triggered, this, [this, act] {
            if (const ScheduledTask *task = m_page->task(); task && m_connection.canWrite())
                act(*task);
        });
    };
    onTask(actions.editSchedule, [this](const ScheduledTask &task) { openDialog(task); });
    onTask(actions.pauseSchedule, [this](const ScheduledTask &task) { setPaused(task.name, task.enabled); });
    onTask(actions.runSchedule, [this](const ScheduledTask &task) { runNow(task.name); });
    onTask(actions.deleteSchedule, [this](const ScheduledTask &task) { askToRemove(task); });
}

bool ScheduleCommands::report(const QString &action, const QString &location, const QString &name, const std::optional<Error> &error)
{
    m_journal.record(action, location, name, error ? error->message : QStringLiteral("done"));
    if (error)
        m_strip->say(MessageStrip::Kind::Error, displaytext::errorText(*error));
    return !error;
}

void ScheduleCommands::openDialog(const std::optional<ScheduledTask> &edited)
{
    if (!m_connection.canWrite())
        return;
    m_panes.show(m_page->key());
    auto *dialog = new ScheduleDialog(edited, m_page->names(), KnownCommands(m_connection.hosts()), m_window);
    connect(dialog, &ScheduleDialog::saveWanted, this, [this, dialog, isNew = !edited](const NewTask &task) { save(task, dialog, isNew); });
    connect(&m_connection, &Connection::changed, dialog, &QDialog::reject); // it was for the other store
    dialog->open();
}

void ScheduleCommands::save(const NewTask &task, ScheduleDialog *dialog, bool isNew)
{
    if (!m_connection.canWrite())
        return dialog->refuse({ErrorCode::ReadOnly, m_connection.whyReadOnly()});
    Q_EMIT aboutToAct();
    auto done = onGuiThread<ScheduledTask>(
        this,
        [this, isNew, name = task.name, location = m_connection.location(), dialog = QPointer(dialog)](const Result<ScheduledTask> &saved) {
            m_journal.record(isNew ? QStringLiteral("addSchedule") : QStringLiteral("editSchedule"), location, name,
                             saved ? QStringLiteral("done") : saved.error().message);
            if (!saved && dialog)
                return dialog->refuse(saved.error());
            if (!saved)
                return m_strip->say(MessageStrip::Kind::Error, displaytext::errorText(saved.error()));
            if (dialog)
                dialog->accept();
            const QString next = nextRunOf(*saved);
            m_strip->say(MessageStrip::Kind::Done,
                         next.isEmpty() ? tr("Saved schedule %1; it is paused.").arg(name)
                                        : tr("Saved schedule %1. Next run: %2.").arg(name, next));
            m_page->choose(name);
        });
    m_connection.store()->saveTask(task, std::move(done));
}

void ScheduleCommands::setPaused(const QString &name, bool paused)
{
    if (!m_connection.canWrite())
        return;
    Q_EMIT aboutToAct();
    auto done
        = onGuiThread<ScheduledTask>(this, [this, name, paused, location = m_connection.location()](const Result<ScheduledTask> &task) {
              if (!report(paused ? QStringLiteral("pauseSchedule") : QStringLiteral("resumeSchedule"), location, name, failureOf(task)))
                  return;
              if (paused)
                  m_strip->say(MessageStrip::Kind::Done, tr("Paused schedule %1: what it has begun goes on, nothing new starts.").arg(name),
                               {{tr("Resume"), [this, name] { setPaused(name, false); }}});
              else
                  m_strip->say(MessageStrip::Kind::Done, tr("Resumed schedule %1. Next run: %2.").arg(name, nextRunOf(*task)),
                               {{tr("Pause"), [this, name] { setPaused(name, true); }}});
          });
    m_connection.store()->setTaskPaused(name, paused, std::move(done));
}

void ScheduleCommands::runNow(const QString &name)
{
    Q_EMIT aboutToAct();
    auto done = onGuiThread<TaskRun>(this, [this, name, location = m_connection.location()](const Result<TaskRun> &run) {
        if (!report(QStringLiteral("runSchedule"), location, name, failureOf(run)))
            return;
        if (run->jobs.isEmpty())
            return m_strip->say(MessageStrip::Kind::Done, tr("Asked the host to run schedule %1 now.").arg(name));
        const std::int64_t job = run->jobs.constFirst().id;
        m_strip->say(MessageStrip::Kind::Done, tr("Schedule %1 runs now, as job %2.").arg(name).arg(job),
                     {{tr("Open job"), [this, job] { Q_EMIT openJob(job); }}});
    });
    m_connection.store()->runTask(name, std::move(done));
}

void ScheduleCommands::askToRemove(const ScheduledTask &task)
{
    const QString next = nextRunOf(task);
    auto *question = new QuestionDialog(
        tr("Delete schedule %1?").arg(task.name),
        (next.isEmpty() ? tr("It will not run again.") : tr("It will not run again; its next run would be at %1.").arg(next))
            + tr(" Jobs that it has enqueued stay, with their results. This cannot be undone; one that is paused instead can be resumed."),
        tr("Delete schedule"), tr("Keep it"), m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QDialog::accepted, this, [this, name = task.name] { remove(name); });
    connect(&m_connection, &Connection::changed, question, &QDialog::reject);
    question->open();
}

void ScheduleCommands::remove(const QString &name)
{
    if (!m_connection.canWrite())
        return;
    Q_EMIT aboutToAct();
    auto done = onGuiThread<void>(this, [this, name, location = m_connection.location()](const Result<void> &removed) {
        if (report(QStringLiteral("deleteSchedule"), location, name, failureOf(removed)))
            m_strip->say(MessageStrip::Kind::Done, tr("Deleted schedule %1. Its jobs stay.").arg(name));
    });
    m_connection.store()->removeTask(name, std::move(done));
}

} // namespace stint
