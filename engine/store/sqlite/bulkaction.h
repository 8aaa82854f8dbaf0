// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

#include <memory>

namespace stint {

/// An action on selected jobs, a few hundred a transaction, so that none is long. A filter is turned into ids by pages
/// downwards from the newest job there was at its start. Keeps itself alive until it is done.
class BulkAction final : public std::enable_shared_from_this<BulkAction>
{
public:
    /// Acts on some jobs in one transaction.
    using Chunk = std::function<void(QList<std::int64_t> ids, Completion<QList<ActionResult>> done)>;
    using List = std::function<Result<JobPage>(const JobQuery &query)>;

    BulkAction(JobSelection selection, Pane pane, List list, Chunk act, Completion<QList<ActionResult>> done);

    void next();

private:
    [[nodiscard]] Result<void> findMore();

    JobSelection m_selection;
    JobQuery m_query;
    List m_list;
    Chunk m_act;
    Completion<QList<ActionResult>> m_done;
    QList<ActionResult> m_results;
    qsizetype m_next = 0;
    bool m_exhausted;
};

} // namespace stint
