// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/bulkaction.h"

namespace stint {

namespace {
constexpr int chunkSize = 200;
} // namespace

BulkAction::BulkAction(JobSelection selection, Pane pane, Services services, Completion<QList<ActionResult>> done)
    : m_selection(std::move(selection))
    , m_query{.pane = pane, .month = m_selection.month, .filter = m_selection.filter.value_or(JobFilter{}), .limit = chunkSize}
    , m_services(std::move(services))
    , m_done(std::move(done))
    , m_exhausted(!m_selection.filter)
{
}

void BulkAction::start()
{
    if (m_exhausted)
        return next();
    m_services.newestId([self = shared_from_this()](const Result<std::int64_t> &newest) {
        if (!newest)
            return self->m_done(newest.error());
        self->m_query.beforeId = *newest + 1;
        self->next();
    });
}

void BulkAction::next()
{
    if (m_next < m_selection.ids.size()) {
        const QList<std::int64_t> chunk = m_selection.ids.mid(m_next, chunkSize);
        m_next += chunk.size();
        m_services.act(chunk, [self = shared_from_this()](const Result<QList<ActionResult>> &results) {
            if (!results)
                return self->m_done(results.error());
            self->m_results += *results;
            self->next();
        });
    } else if (m_exhausted) {
        m_done(std::move(m_results));
    } else if (!m_services.readLater([self = shared_from_this()] { self->findMore(); })) {
        m_done(Error{ErrorCode::Cancelled, QStringLiteral("the store was closed after %1 jobs").arg(m_results.size())});
    }
}

void BulkAction::findMore()
{
    const auto page = m_services.list(m_query);
    if (!page)
        return m_done(page.error());
    for (const Job &job : page->jobs) {
        m_selection.ids.append(job.id);
        m_query.beforeId = job.id;
    }
    m_exhausted = !page->more;
    next();
}

} // namespace stint
