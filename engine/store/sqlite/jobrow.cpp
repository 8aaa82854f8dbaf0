// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/jobrow.h"

namespace stint::jobrow {

namespace {

using rowreading::Column;
using rowreading::jobColumns;
using rowreading::Trait;

QByteArray quoted(const Column &column)
{
    return '"' + QByteArray(column.name) + '"';
}

} // namespace

QByteArray selectList(const QStringList &present, RowDetail detail)
{
    QByteArray list;
    for (const Column &column : jobColumns) {
        const bool absent = !present.contains(QLatin1StringView(column.name));
        if (!list.isEmpty())
            list += ", ";
        if (absent || (detail == RowDetail::Light && (column.traits & Trait::Heavy)))
            list += "NULL";
        else
            list += quoted(column);
    }
    return list;
}

const QByteArray &fullList()
{
    static const QByteArray list = [] {
        QByteArray all;
        for (const Column &column : jobColumns)
            all += (all.isEmpty() ? "" : ", ") + quoted(column);
        return all;
    }();
    return list;
}

QByteArray selectSummaries(bool withLiveRow)
{
    return QByteArray("SELECT s.Id, s.ParentId, s.RefId, s.Worker, s.Tag, s.BatchId, s.CreatedDate, s.CreatedBy, s.RequestType, s.Command, "
                      "s.Request, s.Response, s.UserId, s.Callback, coalesce(b.StartedDate, s.StartedDate), s.CompletedDate, "
                      "coalesce(b.State, s.State), s.DurationMs, coalesce(b.Attempts, s.Attempts), s.ErrorCode, s.ErrorMessage "
                      "FROM JobSummary s LEFT JOIN BackgroundJob b ON b.Id = ")
        // A null is looked up nowhere: most rows cost no look into the queue.
        + (withLiveRow ? "iif(s.State IN ('Completed', 'Failed', 'Cancelled'), NULL, s.Id)" : "NULL");
}

QByteArray selectTasks(const TaskColumns &present)
{
    return QByteArray("SELECT t.Id, t.Name, t.Interval, t.CronExpression, t.RequestType, t.Command, t.Request, t.RequestBody, t.Options, "
                      "t.LastRun, t.LastJobId, ")
        + (present.extras ? "t.Zone, t.MissedRuns, t.NoOverlap, t.Enabled, t.NextRun, t.RunRequested, t.Problem, "
                          : "NULL, NULL, NULL, 1, NULL, NULL, NULL, ")
        + (present.summaries ? "coalesce(b.State, s.State) FROM ScheduledTask t LEFT JOIN BackgroundJob b ON b.Id = t.LastJobId "
                               "LEFT JOIN JobSummary s ON s.Id = t.LastJobId"
                             : "NULL FROM ScheduledTask t");
}

const char *const attemptList = "JobId, Generation, Attempt, Outcome, StartedDate, EndedDate, Error, Logs, RequestBody, Discarded";

const char *const logLineList = "Id, JobId, Attempt, Level, LoggedDate, Message";

QByteArray sharedColumns(const QStringList &from, const QStringList &to)
{
    QByteArray list;
    for (const Column &column : jobColumns) {
        const QLatin1StringView name(column.name);
        if (from.contains(name) && to.contains(name))
            list += (list.isEmpty() ? "" : ", ") + quoted(column);
    }
    return list;
}

} // namespace stint::jobrow
