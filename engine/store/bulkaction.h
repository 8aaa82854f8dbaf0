// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

#include <memory>

namespace stint {

/// An action on selected jobs, a few hundred a transaction, so that none is long. A filter is turned into ids by pages
/// downwards from the newest job there was when the action's turn came, on a thread where neither the caller nor the
/// writer waits for it. Keeps itself alive until it is done.
class BulkAction final : public std::enable_shared_from_this<BulkAction>
{
public:
    /// How it reaches the store.
    struct Services {
        std::function<Result<JobPage>(const JobQuery &query)> list;
        /// Does something where reading may take its time; false if the store is being closed.
        std::function<bool(std::function<void()>)> readLater;
        /// The highest id there is, once all that was written before is on disk.
        std::function<void(Completion<std::int64_t>)> newestId;
        /// Acts on some jobs in one transaction.
        std::function<void(QList<std::int64_t> ids, Completion<QList<ActionResult>> done)> act;
    };

    BulkAction(JobSelection selection, Pane pane, Services services, Completion<QList<ActionResult>> done);

    void start();

private:
    void next();
    void findMore();

    JobSelection m_selection;
    JobQuery m_query;
    Services m_services;
    Completion<QList<ActionResult>> m_done;
    QList<ActionResult> m_results;
    qsizetype m_next = 0;
    bool m_exhausted;
};

} // namespace stint
