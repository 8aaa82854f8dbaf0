// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/matchcounter.h"

namespace stint {

namespace {
constexpr int pageSize = 2'000;
} // namespace

MatchCounter::MatchCounter(QObject *parent)
    : QObject(parent)
{
}

void MatchCounter::start(std::shared_ptr<JobStore> store, const JobQuery &query, std::optional<std::int64_t> limit)
{
    cancel();
    m_store = std::move(store);
    m_query = query;
    m_query.beforeId.reset();
    m_query.limit = pageSize;
    m_limit = limit;
    m_count = {};
    m_finished = false;
    m_failed = false;
    readNext();
}

void MatchCounter::cancel()
{
    m_reader.cancel();
    m_finished = true;
}

void MatchCounter::readNext()
{
    m_reader.read(
        StoreReader::Running::Stop, [store = m_store, query = m_query](const std::stop_token &stop) { return store->list(query, stop); },
        [this](Result<JobPage> page) {
            if (page) {
                for (const Job &job : page->jobs) {
                    ++m_count.total;
                    ++m_count.byState[job.state];
                    ++m_count.names[job.state][job.name()];
                    m_query.beforeId = job.id;
                }
                m_count.exact = !page->more;
            }
            m_failed = !page;
            m_finished = !page || m_count.exact || (m_limit && m_count.total >= *m_limit);
            if (!m_finished)
                readNext();
            Q_EMIT changed();
        });
}

} // namespace stint
