// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/bulkaction.h"

namespace stint {

namespace {
constexpr int chunkSize = 200;
} // namespace

BulkAction::BulkAction(JobSelection selection, Pane pane, List list, Chunk act, Completion<QList<ActionResult>> done)
    : m_selection(std::move(selection))
    , m_query{.pane = pane, .month = m_selection.month, .filter = m_selection.filter.value_or(JobFilter{}), .limit = chunkSize}
    , m_list(std::move(list))
    , m_act(std::move(act))
    , m_done(std::move(done))
    , m_exhausted(!m_selection.filter)
{
}

void BulkAction::next()
{
    if (m_next >= m_selection.ids.size() && !m_exhausted) {
        if (const auto found = findMore(); !found)
            return m_done(found.error());
    }
    if (m_next >= m_selection.ids.size())
        return m_done(std::move(m_results));
    const QList<std::int64_t> chunk = m_selection.ids.mid(m_next, chunkSize);
    m_next += chunk.size();
    m_act(chunk, [self = shared_from_this()](Result<QList<ActionResult>> results) {
        if (!results)
            return self->m_done(results.error());
        self->m_results += *results;
        self->next();
    });
}

Result<void> BulkAction::findMore()
{
    const auto page = m_list(m_query);
    if (!page)
        return page.error();
    for (const Job &job : page->jobs) {
        m_selection.ids.append(job.id);
        m_query.beforeId = job.id;
    }
    m_exhausted = !page->more;
    return {};
}

} // namespace stint
