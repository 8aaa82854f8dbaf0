// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/joblog.h"

namespace stint::postgres::joblog {

namespace {
constexpr qsizetype joinedLimit = 1'000'000; // bytes
} // namespace

void append(PostgresConnection &db, const QList<LogLine> &lines)
{
    for (const LogLine &line : lines)
        db.run(R"(INSERT INTO "JobLogLine" ("JobId", "Attempt", "Level", "LoggedDate", "Message") VALUES ($1, $2, $3, $4, $5))", line.jobId,
               line.attempt, toText(line.level), line.date, line.message);
}

QStringList loggedSince(PostgresConnection &db, std::int64_t jobId, Timestamp date)
{
    QStringList messages;
    auto rows = db.query(R"(SELECT coalesce("Message", '') FROM "JobLogLine" WHERE "JobId" = $1 AND "LoggedDate" >= $2)", jobId,
                         std::chrono::floor<std::chrono::microseconds>(date));
    while (rows.next())
        messages.append(QString::fromUtf8(rows.bytes(0)));
    return messages;
}

QByteArray join(PostgresConnection &db, std::int64_t jobId)
{
    QByteArray joined;
    auto rows = db.query(R"(SELECT coalesce("Message", '') FROM "JobLogLine" WHERE "JobId" = $1 ORDER BY "Id")", jobId);
    while (rows.next()) {
        const QByteArray message = rows.bytes(0);
        if (joined.size() + message.size() + 1 > joinedLimit) {
            db.run(R"(UPDATE "JobLogLine" SET "Kept" = true WHERE "JobId" = $1)", jobId);
            break;
        }
        joined = joined.isNull() ? message : joined + '\n' + message;
    }
    return joined;
}

void prune(PostgresConnection &db)
{
    db.run(R"(DELETE FROM "JobLogLine" WHERE "JobId" IN (SELECT l."JobId" FROM "JobLogLine" l
              WHERE NOT l."Kept" AND l."Id" <= (SELECT max("Id") FROM "JobLogLine") - 20000
              AND NOT EXISTS (SELECT 1 FROM "BackgroundJob" b WHERE b."Id" = l."JobId")
              AND NOT EXISTS (SELECT 1 FROM "JobLogLine" n WHERE n."JobId" = l."JobId"
                              AND n."Id" > (SELECT max("Id") FROM "JobLogLine") - 20000)
              ORDER BY l."Id" LIMIT 5000))");
}

} // namespace stint::postgres::joblog
