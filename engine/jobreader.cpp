// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobreader.h"

#include <algorithm>

namespace stint {

namespace {
constexpr qsizetype pageBytes = 4 * 1024 * 1024;
constexpr int firstFullPage = 50;

qsizetype sizeOf(const Job &job)
{
    return job.requestBody.size() + job.responseBody.size() + job.logs.size() * 2 + 512;
}
} // namespace

JobReader::JobReader(const JobStore &store, JobQuery query)
    : m_store(store)
    , m_query(std::move(query))
    , m_longestPage(std::max(m_query.limit, 1))
{
    m_query.limit = m_query.detail == RowDetail::Full ? std::min(firstFullPage, m_longestPage) : m_longestPage;
}

Result<QList<Job>> JobReader::next(std::stop_token stop)
{
    if (m_atEnd)
        return QList<Job>();
    auto page = m_store.list(m_query, std::move(stop));
    if (!page)
        return page.error();
    for (const QString &problem : std::as_const(page->problems)) {
        if (!m_problems.contains(problem))
            m_problems.append(problem);
    }
    m_atEnd = !page->more || page->jobs.isEmpty();
    if (!page->jobs.isEmpty()) {
        m_query.beforeId = page->jobs.constLast().id;
        fitPage(page->jobs);
    }
    return std::move(page->jobs);
}

void JobReader::moveTo(std::optional<std::int64_t> afterId, std::optional<std::int64_t> beforeId)
{
    m_query.afterId = afterId;
    m_query.beforeId = beforeId;
    m_atEnd = false;
}

/// So many rows that they hold about `pageBytes`, should the next ones be like these.
void JobReader::fitPage(const QList<Job> &jobs)
{
    qsizetype bytes = 0;
    for (const Job &job : jobs)
        bytes += sizeOf(job);
    const qsizetype fitting = pageBytes / (bytes / jobs.size());
    m_query.limit = static_cast<int>(std::clamp<qsizetype>(fitting, 1, m_longestPage));
}

} // namespace stint
