// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/jobrow.h"

namespace stint::postgres::jobrow {

namespace {

using rowreading::Column;
using rowreading::jobColumns;
using rowreading::Trait;

QByteArray makeList(bool queue, RowDetail detail)
{
    QByteArray list;
    for (const Column &column : jobColumns) {
        const bool absent
            = (!queue && (column.traits & Trait::QueueOnly)) || (detail == RowDetail::Light && (column.traits & Trait::Heavy));
        list += list.isEmpty() ? "" : ", ";
        if (absent)
            list += "NULL";
        else
            list += '"' + QByteArray(column.name) + ((column.traits & Trait::Date) ? "\"::text" : "\"");
    }
    return list;
}

} // namespace

const QByteArray &queueList(RowDetail detail)
{
    static const QByteArray light = makeList(true, RowDetail::Light);
    static const QByteArray full = makeList(true, RowDetail::Full);
    return detail == RowDetail::Light ? light : full;
}

const QByteArray &archiveList(RowDetail detail)
{
    static const QByteArray light = makeList(false, RowDetail::Light);
    static const QByteArray full = makeList(false, RowDetail::Full);
    return detail == RowDetail::Light ? light : full;
}

const QByteArray &sharedColumns()
{
    static const QByteArray list = [] {
        QByteArray shared;
        for (const Column &column : jobColumns) {
            if (!(column.traits & Trait::QueueOnly))
                shared += (shared.isEmpty() ? "\"" : ", \"") + QByteArray(column.name) + '"';
        }
        return shared;
    }();
    return list;
}

const char *const selectSummaries
    = R"(SELECT s."Id", s."ParentId", s."RefId", s."Worker", s."Tag", s."BatchId", s."CreatedDate"::text, s."CreatedBy", s."RequestType",
s."Command", s."Request", s."Response", s."UserId", s."Callback", coalesce(b."StartedDate", s."StartedDate")::text,
s."CompletedDate"::text, coalesce(b."State", s."State"), s."DurationMs", coalesce(b."Attempts", s."Attempts"), s."ErrorCode",
s."ErrorMessage" FROM "JobSummary" s LEFT JOIN "BackgroundJob" b ON b."Id" = s."Id")";

QByteArray selectTasks(bool withExtras)
{
    return QByteArray(R"(SELECT t."Id", t."Name", t."Interval", t."CronExpression", t."RequestType", t."Command", t."Request",
t."RequestBody", t."Options", t."LastRun"::text, t."LastJobId", )")
        + (withExtras ? R"(t."Zone", t."MissedRuns", t."NoOverlap", t."Enabled", t."NextRun"::text, t."RunRequested"::text, t."Problem")"
                      : "NULL, NULL, 0, 1, NULL, NULL, NULL")
        + R"(, coalesce(b."State", s."State") FROM "ScheduledTask" t LEFT JOIN "BackgroundJob" b ON b."Id" = t."LastJobId"
LEFT JOIN "JobSummary" s ON s."Id" = t."LastJobId")";
}

const char *const attemptList = R"("JobId", "Generation", "Attempt", "Outcome", "StartedDate"::text, "EndedDate"::text, "Error", "Logs",
"RequestBody", "Discarded")";

const char *const logLineList = R"("Id", "JobId", "Attempt", "Level", "LoggedDate"::text, "Message")";

} // namespace stint::postgres::jobrow
