// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/jobverb.h"

#include "models/displaytext.h"

#include <QCoreApplication>

namespace stint::jobverb {

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(stint::JobVerb)
};
} // namespace

QList<JobState> states(JobVerb verb)
{
    // Of a job whose callback runs the work is done: there is nothing left to cancel.
    return verb == JobVerb::Cancel ? QList{JobState::Queued, JobState::Started}
                                   : QList{JobState::Completed, JobState::Failed, JobState::Cancelled};
}

QList<JobState> states(JobVerb verb, Pane pane)
{
    if (verb == JobVerb::Requeue && pane == Pane::All)
        return {JobState::Failed, JobState::Cancelled};
    return states(verb);
}

QString key(JobVerb verb)
{
    return verb == JobVerb::Cancel ? QStringLiteral("cancel") : QStringLiteral("requeue");
}

QString question(JobVerb verb, const QList<std::int64_t> &ids)
{
    if (ids.size() == 1)
        return verb == JobVerb::Cancel ? Text::tr("Cancel job %1?").arg(ids.constFirst())
                                       : Text::tr("Requeue job %1?").arg(ids.constFirst());
    return verb == JobVerb::Cancel ? Text::tr("Cancel these jobs?") : Text::tr("Requeue these jobs?");
}

QString consequence(JobVerb verb, const QList<JobState> &states)
{
    if (verb == JobVerb::Cancel)
        return Text::tr("Queued jobs will never run. Running jobs are asked to stop and end as cancelled. Jobs that depend on them "
                        "are cancelled too. This cannot be undone, but cancelled jobs can be requeued.");
    const QString evidence = Text::tr("What came of them so far stays among their attempts.");
    if (states.contains(JobState::Completed))
        return Text::tr("They start anew at attempt 1 and may run at once, also those that have run with success. %1").arg(evidence);
    return Text::tr("They start anew at attempt 1 and may run at once. %1").arg(evidence);
}

QString button(JobVerb verb, std::int64_t count, bool exact)
{
    if (count == 0 && exact)
        return verb == JobVerb::Cancel ? Text::tr("Nothing to cancel") : Text::tr("Nothing to requeue");
    if (count == 1 && exact)
        return verb == JobVerb::Cancel ? Text::tr("Cancel 1 job") : Text::tr("Requeue 1 job");
    return (verb == JobVerb::Cancel ? Text::tr("Cancel %1 jobs") : Text::tr("Requeue %1 jobs")).arg(displaytext::count(count, exact));
}

QString keep(JobVerb verb, bool one)
{
    if (verb == JobVerb::Requeue)
        return Text::tr("Do nothing");
    return one ? Text::tr("Keep it") : Text::tr("Keep them");
}

QString underWay(JobVerb verb, std::int64_t total)
{
    if (total == 0)
        return verb == JobVerb::Cancel ? Text::tr("Cancelling jobs") : Text::tr("Requeueing jobs");
    return (verb == JobVerb::Cancel ? Text::tr("Cancelling %1 jobs") : Text::tr("Requeueing %1 jobs")).arg(displaytext::count(total));
}

QString whyLeftAlone(JobVerb verb, JobState state)
{
    if (verb == JobVerb::Cancel)
        return state == JobState::Executed ? Text::tr("only their callback is left") : Text::tr("finished already");
    return state == JobState::Completed ? Text::tr("choose them in the pane Completed to run them again") : Text::tr("not finished yet");
}

} // namespace stint::jobverb
