// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/joblog.h"

namespace stint::joblog {

namespace {
constexpr qsizetype joinedLimit = 1'000'000; // bytes
constexpr std::int64_t linesKept = 20'000;
constexpr int prunedAtOnce = 5'000;

/// The last line that prune() has looked at: older ones are here only if their job has not left the queue, or not long ago.
std::int64_t prunedUpTo(SqliteConnection &db)
{
    return db.integer("SELECT CAST(Value AS INTEGER) FROM StintStore WHERE Key = 'logPrunedUpTo'");
}
} // namespace

void append(SqliteConnection &db, const QList<LogLine> &lines)
{
    for (const LogLine &line : lines)
        db.run("INSERT INTO JobLogLine (JobId, Attempt, Level, LoggedDate, Message) VALUES (?, ?, ?, ?, ?)", line.jobId, line.attempt,
               toText(line.level), line.date, line.message);
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
    int left = prunedAtOnce;
    const std::int64_t before = prunedUpTo(db);
    std::int64_t upTo = before;
    {
        auto last = db.statement("SELECT max(Id), count(*) FROM (SELECT Id FROM JobLogLine WHERE Id > ? "
                                 "AND Id <= (SELECT max(Id) FROM JobLogLine) - ? ORDER BY Id LIMIT ?)");
        last.bindAll(before, linesKept, left);
        if (last.step() && !last.isNull(0)) {
            upTo = last.integer(0);
            left -= static_cast<int>(last.integer(1));
        }
    }
    if (upTo > before) {
        db.run("DELETE FROM JobLogLine WHERE Id > ? AND Id <= ? AND NOT EXISTS (SELECT 1 FROM BackgroundJob b WHERE b.Id = JobId)", before,
               upTo);
        db.run("INSERT INTO StintStore (Key, Value) VALUES ('logPrunedUpTo', ?) ON CONFLICT (Key) DO UPDATE SET Value = excluded.Value",
               QByteArray::number(static_cast<qlonglong>(upTo)));
    }
    while (left > 0) {
        const std::int64_t job = db.integer("SELECT JobId FROM PrunableLog LIMIT 1");
        if (job == 0)
            return;
        const std::int64_t pruned = db.run("DELETE FROM JobLogLine WHERE Id IN (SELECT Id FROM JobLogLine WHERE JobId = ? AND Id <= ? "
                                           "ORDER BY Id LIMIT ?)",
                                           job, upTo, left);
        if (pruned < left)
            db.run("DELETE FROM PrunableLog WHERE JobId = ?", job);
        left -= static_cast<int>(pruned) + 1;
    }
}

void noteGone(SqliteConnection &db, const std::vector<std::int64_t> &jobs)
{
    const std::int64_t upTo = prunedUpTo(db);
    if (upTo == 0 || db.integer("SELECT min(Id) FROM JobLogLine") > upTo)
        return;
    for (const std::int64_t job : jobs)
        db.run("INSERT OR IGNORE INTO PrunableLog (JobId) SELECT ?1 WHERE EXISTS (SELECT 1 FROM JobLogLine WHERE JobId = ?1 AND Id <= ?2)",
               job, upTo);
}

bool isComplete(SqliteConnection &db, std::int64_t jobId)
{
    auto row = db.statement("SELECT min(Id) FROM JobLogLine WHERE JobId = ?");
    row.bind(jobId);
    return row.step() && row.integer(0) > prunedUpTo(db);
}

} // namespace stint::joblog
