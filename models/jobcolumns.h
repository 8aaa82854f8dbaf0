// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobquery.h"

#include <QList>
#include <QStringList>

namespace stint {

/// The columns of the job tables.
enum class JobColumn : std::uint8_t {
    State,
    Id,
    Name,
    Progress, ///< share and status of a running job
    Duration,
    ErrorCode,
    ErrorMessage, ///< its first line
    Attempts,
    Worker,
    Tag,
    Created,
    RunAfter,
    Started,
    Ended,
    Waited, ///< from its creation to its start
    RefId,
    Parent,
    DependsOn,
    Batch,
    Type,     ///< command or API
    Request,  ///< type name
    Response, ///< type name
    Callback,
    User,
    CreatedBy,
    ReplyTo, ///< credentials masked
    Priority,
    RetryLimit,
    Timeout,
    Notified,
    LastActivity,
    Status,
};
inline constexpr int jobColumnCount = static_cast<int>(JobColumn::Status) + 1;

/// What the columns are called, and which a pane has. Any thread.
namespace jobcolumns {

/// For settings; never translated.
[[nodiscard]] QLatin1StringView key(JobColumn column);
[[nodiscard]] std::optional<JobColumn> parse(QStringView key);
[[nodiscard]] QString title(JobColumn column);
/// Explains a title that needs it.
[[nodiscard]] QString hint(JobColumn column);
[[nodiscard]] bool isNumber(JobColumn column);

/// All that a pane's rows can hold, in the order in which they are offered.
[[nodiscard]] QList<JobColumn> available(Pane pane);
/// Those a pane shows unless told otherwise, in order.
[[nodiscard]] QList<JobColumn> defaults(Pane pane);
/// The store's columns to search for a text that people see in `columns`.
[[nodiscard]] QStringList searched(Pane pane, const QList<JobColumn> &columns);

} // namespace jobcolumns

} // namespace stint
