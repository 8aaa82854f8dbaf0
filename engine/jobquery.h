// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"

#include <QStringList>

#include <cstdint>
#include <optional>

namespace stint {

/// The tables of jobs that people look at.
enum class Pane : std::uint8_t {
    Queue,     ///< jobs not finished
    All,       ///< every job in short form
    Completed, ///< archive: finished with success
    Failed,    ///< archive: failed and cancelled
};
[[nodiscard]] QLatin1StringView toText(Pane pane) noexcept;
[[nodiscard]] std::optional<Pane> parsePane(QStringView text) noexcept;

/// Which jobs are meant. Conditions are joined by AND; an empty filter means all.
struct JobFilter {
    QList<JobState> states;
    std::optional<QString> worker; ///< a null text: jobs without worker
    QString name;                  ///< command, or an API's request type; exact
    QString tag;
    QString batchId;
    QString text;            ///< found, in any case, in one of textColumns
    QStringList textColumns; ///< column names, e.g. `ErrorCode`; default: id, RefId, name, worker, tag

    [[nodiscard]] bool isEmpty() const
    {
        return states.isEmpty() && !worker && name.isEmpty() && tag.isEmpty() && batchId.isEmpty() && text.isEmpty();
    }
    friend bool operator==(const JobFilter &, const JobFilter &) = default;
};

/// How much of each row is read.
enum class RowDetail : std::uint8_t {
    Light, ///< no bodies, no logs, no stack trace: what a table shows
    Full,  ///< every column
};

/// One page of a pane, newest (highest id) first, by keyset.
struct JobQuery {
    Pane pane = Pane::Queue;
    std::optional<YearMonth> month; ///< archive panes: that month only; All: by CreatedDate
    JobFilter filter;
    std::optional<std::int64_t> beforeId; ///< only ids below this one
    std::optional<std::int64_t> afterId;  ///< only ids above this one; without beforeId the page holds the lowest of them
    int limit = 200;
    RowDetail detail = RowDetail::Light;

    /// Whether the page holds the lowest ids that match, rather than the highest.
    [[nodiscard]] bool isFromBelow() const { return afterId && !beforeId; }
};

/// The rows of a page. Pane::All fills the columns a JobSummary has; `error->message` is its ErrorMessage.
struct JobPage {
    QList<Job> jobs;
    bool more = false;    ///< there are rows beyond the page in its direction
    QStringList problems; ///< e.g. a month file that could not be read and is missing from the page
};

} // namespace stint
