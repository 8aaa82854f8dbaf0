// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/bulkoperation.h"

#include "app/console/onguithread.h"

namespace stint {

BulkOperation::BulkOperation(std::shared_ptr<JobStore> store, JobVerb verb, JobSelection selection, const JobQuery &query, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_verb(verb)
    , m_selection(std::move(selection))
    , m_query(query)
    , m_waiting(m_selection.ids)
    , m_isAllFound(!m_selection.filter)
{
    m_query.filter = m_selection.filter.value_or(JobFilter{});
    m_query.beforeId.reset();
    m_query.afterId.reset();
    m_query.limit = chunkSize;
}

void BulkOperation::start()
{
    next();
}

void BulkOperation::stop()
{
    m_stopped = true;
}

void BulkOperation::next()
{
    if (m_stopped || (m_waiting.isEmpty() && m_isAllFound)) {
        end();
    } else if (m_waiting.isEmpty()) {
        findMore();
    } else {
        act(m_waiting.first(std::min<qsizetype>(chunkSize, m_waiting.size())));
    }
}

void BulkOperation::findMore()
{
    m_reader.read(
        StoreReader::Running::Keep, [store = m_store, query = m_query](const std::stop_token &stop) { return store->list(query, stop); },
        [this](const Result<JobPage> &page) {
            if (!page)
                return end(page.error());
            for (const Job &job : page->jobs) {
                m_waiting.append(job.id);
                m_query.beforeId = job.id;
            }
            m_isAllFound = !page->more;
            next();
        });
}

void BulkOperation::act(QList<std::int64_t> ids)
{
    m_waiting.remove(0, ids.size());
    JobSelection some;
    some.ids = std::move(ids);
    auto done = onGuiThread<QList<ActionResult>>(this, [this](const Result<QList<ActionResult>> &results) { accept(results); });
    if (m_verb == JobVerb::Cancel)
        m_store->cancel(some, std::move(done));
    else
        m_store->requeue(some, {}, std::move(done));
}

void BulkOperation::accept(Result<QList<ActionResult>> results)
{
    if (!results)
        return end(results.error());
    for (ActionResult &result : *results) {
        result.code = *m_texts.insert(result.code);
        result.detail = *m_texts.insert(result.detail);
        m_refusedCount += result.done ? 0 : 1;
    }
    m_results += *results;
    Q_EMIT progressed();
    next();
}

void BulkOperation::end(std::optional<Error> error)
{
    m_error = std::move(error);
    Q_EMIT ended();
}

} // namespace stint
