// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/jobactions.h"

#include "app/console/connection.h"
#include "app/console/dialogs/confirmdialog.h"
#include "app/console/journal.h"
#include "app/console/messagestrip.h"
#include "models/displaytext.h"

#include <QCoreApplication>
#include <QPointer>

namespace stint {

namespace {

/// Those of the choice's states that the action can be for.
JobSelection narrowed(JobSelection selection, const QList<JobState> &states)
{
    if (selection.filter && selection.filter->states.isEmpty())
        selection.filter->states = states;
    return selection;
}

/// Calls `then` on the GUI thread, if `receiver` still lives.
template <typename T, typename Then>
Completion<T> onGuiThread(QObject *receiver, Then then)
{
    return [guard = QPointer<QObject>(receiver), then](Result<T> outcome) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, then, outcome] {
                if (guard)
                    then(outcome);
            },
            Qt::QueuedConnection);
    };
}

} // namespace

JobActions::JobActions(Connection &connection, const Journal &journal, MessageStrip *strip, QWidget *window)
    : m_connection(connection)
    , m_journal(journal)
    , m_strip(strip)
    , m_window(window)
{
    m_countdown.setInterval(1000);
    connect(&m_countdown, &QTimer::timeout, this, [this] {
        if (--m_secondsLeft <= 0)
            flush();
        else
            showCountdown();
    });
}

JobActions::~JobActions() = default;

void JobActions::requeue(const JobChoice &choice, const JobQuery &query)
{
    if (choice.isEmpty() || !m_connection.canWrite())
        return;
    flush();
    const JobSelection selection = narrowed(choice.selection, {JobState::Failed, JobState::Cancelled});
    if (!selection.filter && selection.ids.size() <= undoLimit)
        offerUndo(selection);
    else if (confirm(Verb::Requeue, choice, query))
        act(Verb::Requeue, selection);
}

void JobActions::cancel(const JobChoice &choice, const JobQuery &query)
{
    if (choice.isEmpty() || !m_connection.canWrite())
        return;
    flush();
    if (confirm(Verb::Cancel, choice, query))
        act(Verb::Cancel, narrowed(choice.selection, {JobState::Queued, JobState::Started, JobState::Executed}));
}

bool JobActions::confirm(Verb verb, const JobChoice &choice, const JobQuery &query)
{
    const bool isCancel = verb == Verb::Cancel;
    const bool isOne = choice.selection.ids.size() == 1;
    const QString title = isCancel ? isOne ? tr("Cancel job %1?").arg(choice.selection.ids.constFirst()) : tr("Cancel these jobs?")
                                   : tr("Requeue these jobs?");
    const QString consequence = isCancel
        ? tr("Queued jobs will never run. Running jobs are asked to stop and end as cancelled. Jobs that depend on them "
             "are cancelled too. This cannot be undone, but cancelled jobs can be requeued.")
        : tr("They start anew at attempt 1 and may run at once. Their failure stays in the history.");
    ConfirmDialog dialog(title, consequence, isCancel ? ConfirmDialog::Verb{tr("Cancel 1 job"), tr("Cancel %1 jobs")}
                                  : ConfirmDialog::Verb{tr("Requeue 1 job"), tr("Requeue %1 jobs")},
                         isCancel ? isOne ? tr("Keep it") : tr("Keep them") : tr("Do nothing"), m_window);
    if (choice.selection.filter) {
        JobQuery counted = query;
        counted.filter = narrowed(choice.selection, isCancel ? QList{JobState::Queued, JobState::Started, JobState::Executed}
                                                             : QList{JobState::Failed, JobState::Cancelled}).filter.value();
        dialog.countMatches(m_connection.store(), counted);
    } else {
        MatchCount count;
        count.total = choice.count;
        count.byState = choice.byState;
        count.exact = true;
        dialog.setCount(count);
    }
    return dialog.exec() == QDialog::Accepted && m_connection.canWrite();
}

void JobActions::offerUndo(const JobSelection &selection)
{
    m_pending = selection;
    m_secondsLeft = undoSeconds;
    m_strip->say(MessageStrip::Kind::Notice, QString(),
                 {{tr("Undo"),
                   [this] {
                       m_pending.reset();
                       m_countdown.stop();
                       m_strip->hide();
                   }},
                  {tr("Now"), [this] { flush(); }}},
                 false);
    showCountdown();
    m_countdown.start();
}

void JobActions::showCountdown()
{
    const int count = static_cast<int>(m_pending->ids.size());
    m_strip->setText(count == 1 ? tr("Requeue job %1 in %2 s").arg(m_pending->ids.constFirst()).arg(m_secondsLeft)
                                : tr("Requeue %1 jobs in %2 s").arg(count).arg(m_secondsLeft));
}

void JobActions::flush()
{
    m_countdown.stop();
    if (m_pending)
        act(Verb::Requeue, *std::exchange(m_pending, std::nullopt));
}

void JobActions::act(Verb verb, const JobSelection &selection)
{
    const auto &store = m_connection.store();
    if (!store)
        return;
    m_strip->say(MessageStrip::Kind::Notice, verb == Verb::Cancel ? tr("Cancelling…") : tr("Requeueing…"), {}, false);
    auto done = onGuiThread<QList<ActionResult>>(this, [this, verb, selection, location = m_connection.location()](const Result<QList<ActionResult>> &outcome) {
        report(verb, selection, location, outcome);
    });
    if (verb == Verb::Cancel)
        store->cancel(selection, std::move(done));
    else
        store->requeue(selection, {}, std::move(done));
}

void JobActions::report(Verb verb, const JobSelection &selection, const QString &location, const Result<QList<ActionResult>> &outcome)
{
    m_journal.record(verb == Verb::Cancel ? QStringLiteral("cancel") : QStringLiteral("requeue"), location, selection, outcome);
    if (m_pending)
        return; // the strip is in use for what can still be undone
    if (!outcome) {
        m_strip->say(MessageStrip::Kind::Error, tr("%1: %2").arg(displaytext::errorHeadline(outcome.error().code), outcome.error().message),
                     {{tr("Retry"), [this, verb, selection] { act(verb, selection); }}});
        return;
    }
    QMap<QString, int> counts;
    bool allDone = true;
    for (const ActionResult &result : *outcome) {
        ++counts[displaytext::actionOutcome(result)];
        allDone = allDone && result.done;
    }
    QStringList parts;
    for (auto part = counts.cbegin(); part != counts.cend(); ++part)
        parts.append(outcome->size() == 1 ? tr("Job %1: %2").arg(outcome->constFirst().id).arg(part.key())
                                          : tr("%1 %2").arg(displaytext::count(part.value()), part.key()));
    m_strip->say(allDone ? MessageStrip::Kind::Done : MessageStrip::Kind::Notice,
                 parts.isEmpty() ? tr("No job matched any more; nothing was changed.") : parts.join(QStringLiteral(", ")));
}

void JobActions::setWorkerPaused(const QString &worker, bool paused)
{
    if (!m_connection.canWrite())
        return;
    const QString name = worker.isEmpty() ? tr("the jobs without worker") : worker;
    auto done = onGuiThread<void>(this, [this, name, paused, location = m_connection.location()](const Result<void> &outcome) {
        m_journal.record(paused ? QStringLiteral("pauseWorker") : QStringLiteral("resumeWorker"), location, name,
                         outcome ? QStringLiteral("done") : outcome.error().message);
        if (outcome)
            m_strip->say(MessageStrip::Kind::Done, paused ? tr("Paused %1: what runs goes on, nothing new starts.").arg(name)
                                                          : tr("Resumed %1.").arg(name));
        else
            m_strip->say(MessageStrip::Kind::Error, outcome.error().message);
    });
    m_connection.store()->setWorkerPaused(worker, paused, std::move(done));
}

} // namespace stint
