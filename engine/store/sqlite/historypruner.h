// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/storeaccess.h"

namespace stint {

/// Takes old months away: the summaries are copied into the month's file, the file is moved, the summaries are deleted.
/// Interrupted anywhere, it goes on when it is run again. This month, and one of which a job is still in the queue,
/// stay. Any thread. Throws SqliteError.
class HistoryPruner final
{
public:
    /// `side` may be null for a dry run.
    HistoryPruner(const SqliteReader &reader, std::shared_ptr<StoreAccess::OwnSide> side, YearMonth thisMonth)
        : m_reader(reader)
        , m_side(std::move(side))
        , m_thisMonth(thisMonth)
    {
    }

    /// What it moved, or would move, oldest first.
    [[nodiscard]] QList<PrunedMonth> run(const PruneRequest &request);

private:
    void finishInterrupted(const QString &folder);
    [[nodiscard]] bool holdsSummaries(const QString &file, YearMonth month) const;
    [[nodiscard]] QList<PrunedMonth> choose(const PruneRequest &request) const;
    [[nodiscard]] PrunedMonth describe(YearMonth month, const QString &folder) const;
    [[nodiscard]] bool hasUnfinished(YearMonth month) const;
    void moveAway(const PrunedMonth &month);
    void deleteSummaries(YearMonth month);

    const SqliteReader &m_reader;
    std::shared_ptr<StoreAccess::OwnSide> m_side;
    YearMonth m_thisMonth;
};

} // namespace stint
