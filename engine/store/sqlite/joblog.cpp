// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/joblog.h"

namespace stint::joblog {

namespace {
constexpr qsizetype joinedLimit = 1'000'000; // bytes
constexpr std::int64_t linesKept = 20'000;
constexpr int prunedAtOnce = 5'000;

/// The last line that prune() has looked at.
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

QStringList loggedSince(SqliteConnection &db, std::int64_t jobId, Timestamp date)
{
    QStringList messages;
    auto rows = db.statement("SELECT Message FROM JobLogLine WHERE JobId = ? AND LoggedDate >= ?");
    rows.bindAll(jobId, date);
    while (rows.step())
        messages.append(rows.text(0));
    return messages;
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
    const std::int64_t before = prunedUpTo(db);
    const std::int64_t upTo = db.integer(
        "SELECT max(Id) FROM (SELECT Id FROM JobLogLine WHERE Id > ? AND Id <= (SELECT max(Id) FROM JobLogLine) - ? ORDER BY Id LIMIT ?)",
        before, linesKept, prunedAtOnce);
    if (upTo > before) {
        db.run("INSERT OR IGNORE INTO PrunableLog (JobId) SELECT JobId FROM JobLogLine l WHERE Id > ?1 AND Id <= ?2 "
               "AND NOT EXISTS (SELECT 1 FROM BackgroundJob b WHERE b.Id = l.JobId) "
               "AND NOT EXISTS (SELECT 1 FROM JobLogLine later WHERE later.JobId = l.JobId AND later.Id > ?2)",
               before, upTo);
        db.run("INSERT INTO StintStore (Key, Value) VALUES ('logPrunedUpTo', ?) ON CONFLICT (Key) DO UPDATE SET Value = excluded.Value",
               QByteArray::number(static_cast<qlonglong>(upTo)));
    }
    if (db.integer("SELECT EXISTS (SELECT 1 FROM PrunableLog)") == 0)
        return;
    db.run("DELETE FROM JobLogLine WHERE Id IN (SELECT l.Id FROM PrunableLog p JOIN JobLogLine l ON l.JobId = p.JobId LIMIT ?)",
           prunedAtOnce);
    db.run("DELETE FROM PrunableLog WHERE JobId IN (SELECT JobId FROM PrunableLog p "
           "WHERE NOT EXISTS (SELECT 1 FROM JobLogLine l WHERE l.JobId = p.JobId) LIMIT ?)",
           prunedAtOnce);
}

void noteGone(SqliteConnection &db, const std::vector<std::int64_t> &jobs)
{
    const std::int64_t upTo = prunedUpTo(db);
    if (upTo == 0 || db.integer("SELECT min(Id) FROM JobLogLine") > upTo)
        return;
    for (const std::int64_t job : jobs)
        db.run("INSERT OR IGNORE INTO PrunableLog (JobId) SELECT ?1 WHERE (SELECT max(Id) FROM JobLogLine WHERE JobId = ?1) <= ?2", job,
               upTo);
}

bool isComplete(SqliteConnection &db, std::int64_t jobId)
{
    return db.integer(
               "SELECT EXISTS (SELECT 1 FROM JobLogLine WHERE JobId = ?1) AND NOT EXISTS (SELECT 1 FROM PrunableLog WHERE JobId = ?1)",
               jobId)
        != 0;
}

} // namespace stint::joblog
