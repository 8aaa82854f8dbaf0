// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"
#include "models/storereader.h"

#include <QMap>

#include <memory>

namespace stint {

/// How many jobs match, by state and by name.
struct MatchCount {
    std::int64_t total = 0;
    QMap<JobState, std::int64_t> byState;
    QMap<JobState, QMap<QString, std::int64_t>> names; ///< of each state: how many of each name
    bool exact = false;                                ///< counted to the end
};

/// Counts the jobs of a query page by page, and tells as it goes. GUI thread.
class MatchCounter final : public QObject
{
    Q_OBJECT

public:
    explicit MatchCounter(QObject *parent = nullptr);

    /// Stops at `limit`, if there is one.
    void start(std::shared_ptr<JobStore> store, const JobQuery &query, std::optional<std::int64_t> limit = {});
    void cancel();
    [[nodiscard]] const MatchCount &count() const { return m_count; }
    /// It is exact, has reached its limit, or failed.
    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] bool hasFailed() const { return m_failed; }

Q_SIGNALS:
    void changed();

private:
    void readNext();

    std::shared_ptr<JobStore> m_store;
    JobQuery m_query;
    std::optional<std::int64_t> m_limit;
    MatchCount m_count;
    bool m_finished = false;
    bool m_failed = false;
    StoreReader m_reader;
};

} // namespace stint
