// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqlitereader.h"
#include "engine/store/sqlite/sqlitewriter.h"

#include <map>
#include <set>

namespace stint {

/// Whether every job is in exactly one of queue, completed and failed, every summary agrees with its row, every month
/// can be read and the id sequence is above every id. Reads in short pieces. Throws SqliteError.
class StoreCheck final
{
public:
    explicit StoreCheck(const SqliteReader &reader)
        : m_reader(reader)
    {
    }

    /// Looks at everything. What looks wrong is looked at again, beside a living host a second later, and counts only
    /// if it still is.
    [[nodiscard]] QList<CheckFinding> run();
    /// Puts right what the protocol of moving jobs has an answer for. Within an operation of the writer; marks the
    /// findings that it repaired.
    void repair(SqliteWriter &writer, QList<CheckFinding> &findings);

private:
    struct Row {
        JobState state = JobState::Queued;
        std::int64_t generation = 0;
        Timestamp createdDate;
    };
    struct Archived {
        YearMonth month;
        bool completed = false;
        Row row;
    };
    /// All that the files say about one id.
    struct Traces {
        std::optional<Row> summary;
        std::optional<Row> live;
        QList<Archived> archived;
    };
    class Cursor;

    void checkFiles();
    void scan();
    void confirm();
    void checkSequence();
    [[nodiscard]] Traces lookUp(std::int64_t id) const;
    /// What is wrong with a job, or nothing.
    [[nodiscard]] QString verdict(std::int64_t id, const Traces &traces);
    void repairJob(SqliteWriter &writer, std::int64_t id, CheckFinding &finding);

    const SqliteReader &m_reader;
    bool m_ours = false;
    bool m_hostAlive = false;
    std::map<YearMonth, std::optional<Timestamp>> m_births; ///< readable months; when Stint made the file, where it did
    std::set<YearMonth> m_unreadable;
    std::map<YearMonth, std::int64_t> m_absent; ///< months whose file is gone or younger than the jobs it lacks
    QList<std::int64_t> m_suspects;
    std::int64_t m_highestId = 0;
    bool m_sequenceLow = false;
    QList<CheckFinding> m_findings;
};

} // namespace stint
