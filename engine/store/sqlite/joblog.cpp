// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/joblog.h"

namespace stint::joblog {

namespace {
constexpr qsizetype joinedLimit = 1'000'000; // bytes
constexpr std::int64_t linesKept = 20'000;
constexpr int prunedAtOnce = 5'000;
} // namespace

void append(SqliteConnection &db, const QList<LogLine> &lines)
{
    for (const LogLine &line : lines)
        db.run("INSERT INTO JobLogLine (JobId, Attempt, Level, LoggedDate, Message) VALUES (?, ?, ?, ?, ?)", line.jobId,
               line.attempt, toText(line.level), line.date, line.message);
}

Joined join(SqliteConnection &db, std::int64_t jobId)
{
    Joined joined;
    auto rows = db.statement("SELECT Message FROM JobLogLine WHERE JobId = ? ORDER BY Id");
    rows.bind(jobId);
    while (rows.step()) {
        const QByteArrayView message = rows.view(0);
        if (joined.text.size() + message.size() + 1 > joinedLimit) {
            joined.cut = true;
            break;
        }
        if (!joined.text.isNull())
            joined.text += '\n';
        joined.text += joined.text.isNull() && message.isEmpty() ? QByteArray("") : message.toByteArray();
    }
    return joined;
}

void prune(SqliteConnection &db)
{
    const std::int64_t pruned = db.run(
        "DELETE FROM JobLogLine WHERE Id IN (SELECT Id FROM JobLogLine l WHERE l.Id <= (SELECT max(Id) FROM JobLogLine) - ? "
        "AND NOT EXISTS (SELECT 1 FROM BackgroundJob b WHERE b.Id = l.JobId) ORDER BY l.Id LIMIT ?)",
        linesKept, prunedAtOnce);
    if (pruned > 0)
        db.run("INSERT INTO StintStore (Key, Value) SELECT 'logIncompleteBefore', max(Id) - ? FROM JobLogLine WHERE true "
               "ON CONFLICT (Key) DO UPDATE SET Value = excluded.Value", linesKept);
}

bool isComplete(SqliteConnection &db, std::int64_t jobId)
{
    auto row = db.statement("SELECT min(Id) > coalesce((SELECT CAST(Value AS INTEGER) FROM StintStore "
                            "WHERE Key = 'logIncompleteBefore'), 0) FROM JobLogLine WHERE JobId = ?");
    row.bind(jobId);
    return row.step() && row.integer(0) != 0;
}

} // namespace stint::joblog
