// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/jobactions.h"

#include "app/console/bulkoperation.h"
#include "app/console/connection.h"
#include "app/console/dialogs/confirmdialog.h"
#include "app/console/dialogs/resultsdialog.h"
#include "app/console/journal.h"
#include "app/console/messagestrip.h"
#include "app/console/onguithread.h"
#include "app/console/operationline.h"
#include "app/console/operationsstrip.h"
#include "models/displaytext.h"

namespace stint {

namespace {

constexpr int refusalsSaid = 3; ///< more are shown in a dialog

QString outcomeLine(const ActionResult &result)
{
    return JobActions::tr("Job %1: %2").arg(result.id).arg(displaytext::actionOutcome(result));
}

/// `12 requeued, 3 not finished yet`.
QString countsOf(const QList<ActionResult> &results)
{
    QMap<QPair<bool, QString>, std::int64_t> counts; // what was done comes first
    for (const ActionResult &result : results)
        ++counts[{!result.done, displaytext::actionOutcome(result)}];
    QStringList parts;
    for (auto part = counts.cbegin(); part != counts.cend(); ++part)
        parts.append(JobActions::tr("%1 %2").arg(displaytext::count(part.value()), part.key().second));
    return parts.join(QStringLiteral(", "));
}

} // namespace

JobActions::JobActions(Connection &connection, const Journal &journal, MessageStrip *strip, OperationsStrip *operations, QWidget *window)
    : m_connection(connection)
    , m_journal(journal)
    , m_strip(strip)
    , m_operations(operations)
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
    if (!choice.selection.filter && choice.selection.ids.size() <= undoLimit)
        offerUndo(choice);
    else
        ask(JobVerb::Requeue, choice, query);
}

void JobActions::cancel(const JobChoice &choice, const JobQuery &query)
{
    if (choice.isEmpty() || !m_connection.canWrite())
        return;
    flush();
    ask(JobVerb::Cancel, choice, query);
}

void JobActions::ask(JobVerb verb, const JobChoice &choice, const JobQuery &query)
{
    JobSelection selection = choice.selection;
    const QList<JobState> states = selection.filter ? jobverb::states(verb, query.pane) : jobverb::states(verb);
    ConfirmDialog dialog(verb, jobverb::question(verb, selection.ids), states, selection.ids.size() == 1, m_window);
    if (selection.filter) {
        dialog.countMatches(m_connection.store(), query);
        if (selection.filter->states.isEmpty())
            selection.filter->states = states;
    } else {
        MatchCount count;
        count.total = choice.count;
        count.byState = choice.byState;
        count.exact = true;
        dialog.setCount(count);
    }
    if (dialog.exec() != QDialog::Accepted || !m_connection.canWrite())
        return;
    if (selection.filter || selection.ids.size() > undoLimit)
        actOnMany(verb, selection, query, selection.filter ? dialog.total() : selection.ids.size());
    else
        act(verb, selection);
}

void JobActions::offerUndo(const JobChoice &choice)
{
    m_pending = choice.selection;
    m_pendingCount = choice.count;
    for (auto state = choice.byState.cbegin(); state != choice.byState.cend(); ++state)
        m_pendingCount -= jobverb::states(JobVerb::Requeue).contains(state.key()) ? 0 : state.value();
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
    const qsizetype chosen = m_pending->ids.size();
    if (chosen == 1)
        m_strip->setText(tr("Requeue job %1 in %2 s").arg(m_pending->ids.constFirst()).arg(m_secondsLeft));
    else if (m_pendingCount < chosen)
        m_strip->setText(
            tr("Requeue %1 of %2 jobs in %3 s: the others are not finished").arg(m_pendingCount).arg(chosen).arg(m_secondsLeft));
    else
        m_strip->setText(tr("Requeue %1 jobs in %2 s").arg(chosen).arg(m_secondsLeft));
}

void JobActions::flush()
{
    m_countdown.stop();
    if (m_pending)
        act(JobVerb::Requeue, *std::exchange(m_pending, std::nullopt));
}

void JobActions::finish()
{
    flush();
    for (const QPointer<BulkOperation> &operation : std::exchange(m_running, {})) {
        if (operation)
            m_journal.record(jobverb::key(operation->verb()), m_connection.location(), operation->selection(), operation->results(),
                             QStringLiteral("the window was closed"));
    }
}

void JobActions::act(JobVerb verb, const JobSelection &selection)
{
    const auto &store = m_connection.store();
    if (!store)
        return;
    m_strip->say(MessageStrip::Kind::Hint, verb == JobVerb::Cancel ? tr("Cancelling…") : tr("Requeueing…"), {}, false);
    auto done = onGuiThread<QList<ActionResult>>(
        this, [this, verb, selection, location = m_connection.location()](const Result<QList<ActionResult>> &outcome) {
            report(verb, selection, location, outcome);
        });
    if (verb == JobVerb::Cancel)
        store->cancel(selection, std::move(done));
    else
        store->requeue(selection, {}, std::move(done));
}

void JobActions::report(JobVerb verb, const JobSelection &selection, const QString &location, const Result<QList<ActionResult>> &outcome)
{
    const QList<ActionResult> results = outcome ? *outcome : QList<ActionResult>();
    m_journal.record(jobverb::key(verb), location, selection, results, outcome ? QString() : outcome.error().message);
    if (m_pending)
        return; // the strip is in use for what can still be undone
    if (!outcome) {
        m_strip->say(MessageStrip::Kind::Error, displaytext::errorText(outcome.error()),
                     {{tr("Retry"), [this, verb, selection] { act(verb, selection); }}});
        return;
    }
    QStringList refusals;
    for (const ActionResult &result : results) {
        if (!result.done)
            refusals.append(outcomeLine(result));
    }
    QString text = results.size() == 1 ? outcomeLine(results.constFirst()) : countsOf(results);
    if (results.size() > 1 && !refusals.isEmpty() && refusals.size() <= refusalsSaid)
        text += QStringLiteral(". ") + refusals.join(QStringLiteral("; "));
    QList<MessageStrip::Choice> choices;
    if (refusals.size() > refusalsSaid)
        choices.append({tr("Show which…"), [this, text, results] { showResults(text, results); }});
    m_strip->say(refusals.isEmpty() ? MessageStrip::Kind::Done : MessageStrip::Kind::Notice, text, choices);
}

void JobActions::actOnMany(JobVerb verb, const JobSelection &selection, const JobQuery &query, std::int64_t total)
{
    auto *operation = new BulkOperation(m_connection.store(), verb, selection, query);
    OperationLine *line = m_operations->add(operation, jobverb::underWay(verb, total));
    m_running.append(operation);
    connect(line, &OperationLine::stopWanted, operation, &BulkOperation::stop);
    connect(operation, &BulkOperation::progressed, line, [line, operation, verb, total] {
        const std::int64_t refused = operation->refusedCount();
        line->setProgress(operation->results().size(), total);
        line->setText(refused == 0 ? tr("%1: %2 done").arg(jobverb::underWay(verb, total), displaytext::count(operation->results().size()))
                                   : tr("%1: %2 done, %3 refused")
                                         .arg(jobverb::underWay(verb, total), displaytext::count(operation->results().size() - refused),
                                              displaytext::count(refused)));
    });
    connect(operation, &BulkOperation::ended, this, [this, line, operation, total, location = m_connection.location()] {
        m_running.removeAll(operation);
        reportMany(*operation, line, location, total);
    });
    operation->start();
}

void JobActions::reportMany(const BulkOperation &operation, OperationLine *line, const QString &location, std::int64_t total)
{
    const QList<ActionResult> &results = operation.results();
    const auto &error = operation.error();
    m_journal.record(jobverb::key(operation.verb()), location, operation.selection(), results,
                     error                       ? error->message
                         : operation.isStopped() ? QStringLiteral("stopped")
                                                 : QString());
    const std::int64_t untouched = total - results.size();
    QString text = results.isEmpty() ? tr("nothing was changed") : countsOf(results);
    if (error)
        text = tr("%1 Before that: %2.").arg(displaytext::errorText(*error), text);
    else if (operation.isStopped() && untouched > 0)
        text = tr("Stopped: %1, %2 left as they were.").arg(text, displaytext::count(untouched));
    else if (operation.isStopped())
        text = tr("Stopped: %1.").arg(text);
    else if (results.isEmpty())
        text = tr("No job matched any more; nothing was changed.");
    else
        text = tr("%1: %2.").arg(operation.verb() == JobVerb::Cancel ? tr("Cancel") : tr("Requeue"), text);
    QList<OperationLine::Choice> choices;
    if (!results.isEmpty())
        choices.append({operation.refusedCount() > 0 ? tr("Show what was refused…") : tr("Show each…"),
                        [this, text, results] { showResults(text, results); }});
    line->end(text, choices);
}

void JobActions::showResults(const QString &title, const QList<ActionResult> &results)
{
    auto *dialog = new ResultsDialog(title, results, m_window);
    connect(dialog, &ResultsDialog::openJob, this, &JobActions::openJob);
    dialog->show();
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
            m_strip->say(MessageStrip::Kind::Done,
                         paused ? tr("Paused %1: what runs goes on, nothing new starts.").arg(name) : tr("Resumed %1.").arg(name));
        else
            m_strip->say(MessageStrip::Kind::Error, outcome.error().message);
    });
    m_connection.store()->setWorkerPaused(worker, paused, std::move(done));
}

} // namespace stint
