// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

namespace stint {

/// Reads all rows of a query, newest first, however many there are. Each page is a short snapshot of its own, so that
/// no writer is held up and memory stays bounded; jobs enqueued after the first page do not appear. One thread at a
/// time.
class JobReader final
{
public:
    /// `query.limit` is the most rows a page; pages with large rows are made shorter. The store must outlive the
    /// reader.
    JobReader(const JobStore &store, JobQuery query);

    /// The next rows; none at the end.
    [[nodiscard]] Result<QList<Job>> next(std::stop_token stop = {});
    [[nodiscard]] bool atEnd() const { return m_atEnd; }
    /// The most rows that the next page has.
    [[nodiscard]] int pageRows() const { return m_query.limit; }
    /// Goes on with the ids between these two, without them; nothing: without end. With `afterId`
    /// alone the rows would come from below: so never that.
    void moveTo(std::optional<std::int64_t> afterId, std::optional<std::int64_t> beforeId);
    /// What is missing from the rows read so far, each said once.
    [[nodiscard]] const QStringList &problems() const { return m_problems; }

private:
    void fitPage(const QList<Job> &jobs);

    const JobStore &m_store;
    JobQuery m_query;
    int m_longestPage;
    bool m_atEnd = false;
    QStringList m_problems;
};

} // namespace stint
