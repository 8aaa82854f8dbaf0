// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/jobcolumns.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace stint::jobcolumns {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(stint::JobColumns)
};

struct Description {
    JobColumn column;
    const char *key;
    const char *title;
    const char *stored; ///< column of the store that holds what is shown; empty: none that can be searched
    bool number = false;
    bool inSummary = true; ///< Pane::All has it
};

constexpr std::array descriptions{
    Description{JobColumn::State, "state", QT_TRANSLATE_NOOP("stint::JobColumns", "State"), "State"},
    Description{JobColumn::Id, "id", QT_TRANSLATE_NOOP("stint::JobColumns", "Id"), "Id", true},
    Description{JobColumn::Name, "name", QT_TRANSLATE_NOOP("stint::JobColumns", "Name"), "Command"},
    Description{JobColumn::Progress, "progress", QT_TRANSLATE_NOOP("stint::JobColumns", "Progress"), "Status", false, false},
    Description{JobColumn::Duration, "duration", QT_TRANSLATE_NOOP("stint::JobColumns", "Duration"), "", true},
    Description{JobColumn::ErrorCode, "errorCode", QT_TRANSLATE_NOOP("stint::JobColumns", "Error"), "ErrorCode"},
    Description{JobColumn::ErrorMessage, "errorMessage", QT_TRANSLATE_NOOP("stint::JobColumns", "Message"), "ErrorMessage"},
    Description{JobColumn::Attempts, "attempts", QT_TRANSLATE_NOOP("stint::JobColumns", "Att."), "", true},
    Description{JobColumn::Worker, "worker", QT_TRANSLATE_NOOP("stint::JobColumns", "Worker"), "Worker"},
    Description{JobColumn::Tag, "tag", QT_TRANSLATE_NOOP("stint::JobColumns", "Tag"), "Tag"},
    Description{JobColumn::Created, "created", QT_TRANSLATE_NOOP("stint::JobColumns", "Created"), "CreatedDate"},
    Description{JobColumn::RunAfter, "runAfter", QT_TRANSLATE_NOOP("stint::JobColumns", "Run after"), "RunAfter", false, false},
    Description{JobColumn::Started, "started", QT_TRANSLATE_NOOP("stint::JobColumns", "Started"), "StartedDate"},
    Description{JobColumn::Ended, "ended", QT_TRANSLATE_NOOP("stint::JobColumns", "Ended"), "CompletedDate"},
    Description{JobColumn::Waited, "waited", QT_TRANSLATE_NOOP("stint::JobColumns", "Waited"), "", true},
    Description{JobColumn::RefId, "refId", QT_TRANSLATE_NOOP("stint::JobColumns", "RefId"), "RefId"},
    Description{JobColumn::Parent, "parent", QT_TRANSLATE_NOOP("stint::JobColumns", "Parent"), "ParentId", true},
    Description{JobColumn::DependsOn, "dependsOn", QT_TRANSLATE_NOOP("stint::JobColumns", "Depends on"), "DependsOn", true, false},
    Description{JobColumn::Batch, "batch", QT_TRANSLATE_NOOP("stint::JobColumns", "Batch"), "BatchId"},
    Description{JobColumn::Type, "type", QT_TRANSLATE_NOOP("stint::JobColumns", "Type"), "RequestType"},
    Description{JobColumn::Request, "request", QT_TRANSLATE_NOOP("stint::JobColumns", "Request"), "Request"},
    Description{JobColumn::Response, "response", QT_TRANSLATE_NOOP("stint::JobColumns", "Response"), "Response"},
    Description{JobColumn::Callback, "callback", QT_TRANSLATE_NOOP("stint::JobColumns", "Callback"), "Callback"},
    Description{JobColumn::User, "user", QT_TRANSLATE_NOOP("stint::JobColumns", "User"), "UserId"},
    Description{JobColumn::CreatedBy, "createdBy", QT_TRANSLATE_NOOP("stint::JobColumns", "Created by"), "CreatedBy"},
    Description{JobColumn::ReplyTo, "replyTo", QT_TRANSLATE_NOOP("stint::JobColumns", "Reply to"), "", false, false},
    Description{JobColumn::Priority, "priority", QT_TRANSLATE_NOOP("stint::JobColumns", "Priority"), "", true, false},
    Description{JobColumn::RetryLimit, "retryLimit", QT_TRANSLATE_NOOP("stint::JobColumns", "Retry limit"), "", true, false},
    Description{JobColumn::Timeout, "timeout", QT_TRANSLATE_NOOP("stint::JobColumns", "Time-out"), "", true, false},
    Description{JobColumn::Notified, "notified", QT_TRANSLATE_NOOP("stint::JobColumns", "Notified"), "NotifiedDate", false, false},
    Description{JobColumn::LastActivity, "lastActivity", QT_TRANSLATE_NOOP("stint::JobColumns", "Last activity"), "LastActivityDate", false,
                false},
    Description{JobColumn::Status, "status", QT_TRANSLATE_NOOP("stint::JobColumns", "Status"), "Status", false, false},
};
static_assert(descriptions.size() == jobColumnCount);

const Description &of(JobColumn column)
{
    return descriptions.at(static_cast<std::size_t>(column));
}

} // namespace

QLatin1StringView key(JobColumn column)
{
    return QLatin1StringView(of(column).key);
}

std::optional<JobColumn> parse(QStringView key)
{
    for (const Description &description : descriptions) {
        if (key == QLatin1StringView(description.key))
            return description.column;
    }
    return std::nullopt;
}

QString title(JobColumn column)
{
    return Text::tr(of(column).title);
}

QString hint(JobColumn column)
{
    switch (column) {
    case JobColumn::Attempts: return Text::tr("Attempts, of those allowed");
    case JobColumn::Waited: return Text::tr("From its creation to its start");
    case JobColumn::Ended: return Text::tr("When it completed, failed or was cancelled");
    case JobColumn::ReplyTo: return Text::tr("Credentials are masked");
    default: return title(column);
    }
}

bool isNumber(JobColumn column)
{
    return of(column).number;
}

QList<JobColumn> available(Pane pane)
{
    QList<JobColumn> columns;
    for (const Description &description : descriptions) {
        if (pane != Pane::All || description.inSummary)
            columns.append(description.column);
    }
    return columns;
}

QList<JobColumn> defaults(Pane pane)
{
    using enum JobColumn;
    switch (pane) {
    case Pane::Queue: return {State, Id, Name, Progress, Duration, Attempts, Worker, Tag, RunAfter, Waited};
    case Pane::All: return {State, Id, Name, Duration, ErrorMessage, Attempts, Worker, Tag, Created};
    case Pane::Completed: return {State, Id, Name, Duration, Waited, Attempts, Worker, Tag, Response, Created};
    case Pane::Failed: return {State, Id, Name, Duration, ErrorCode, ErrorMessage, Attempts, Worker, Ended};
    }
    return {};
}

QStringList searched(Pane pane, const QList<JobColumn> &columns)
{
    QStringList names;
    for (const JobColumn column : columns) {
        const Description &description = of(column);
        if (pane == Pane::All && !description.inSummary)
            continue;
        QString name = QString::fromLatin1(description.stored);
        if (column == JobColumn::ErrorMessage && pane != Pane::All)
            name = QStringLiteral("Error");
        if (!name.isEmpty() && !names.contains(name))
            names.append(name);
        if (column == JobColumn::Name && !names.contains(QStringLiteral("Request")))
            names.append(QStringLiteral("Request"));
    }
    return names;
}

} // namespace stint::jobcolumns
