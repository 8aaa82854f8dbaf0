// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/archiving.h"

#include "engine/store/postgres/jobrow.h"

namespace stint::postgres::archiving {

namespace {

QByteArray moveSql(const QByteArray &table)
{
    const QByteArray &columns = jobrow::sharedColumns();
    return R"(WITH ended AS (DELETE FROM "BackgroundJob" WHERE "Id" = $1 RETURNING )" + columns + ") INSERT INTO " + table + " (" + columns
        + ") SELECT " + columns + " FROM ended";
}

QByteArray readSql(const QByteArray &table)
{
    return "SELECT " + jobrow::archiveList(RowDetail::Full) + " FROM " + table + R"( WHERE "Id" = $1 AND "CreatedDate" = $2)";
}

} // namespace

void move(PostgresWriter &writer, std::int64_t id, JobState state, Timestamp createdDate)
{
    static const QByteArray complete = moveSql(R"("CompletedJob")");
    static const QByteArray fail = moveSql(R"("FailedJob")");
    writer.needMonth(YearMonth::of(createdDate));
    writer.db().run(R"(DELETE FROM "JobProcess" WHERE "JobId" = $1)", id);
    writer.db().run((state == JobState::Completed ? complete : fail).constData(), id);
}

std::optional<Job> read(PostgresConnection &db, std::int64_t id, Timestamp createdDate)
{
    static const QByteArray tables[] = {readSql(R"("CompletedJob")"), readSql(R"("FailedJob")")};
    for (const QByteArray &sql : tables) {
        auto row = db.query(sql.constData(), id, createdDate);
        if (row.next())
            return rowreading::readJob(row);
    }
    return {};
}

void remove(PostgresConnection &db, std::int64_t id, Timestamp createdDate)
{
    db.run(R"(DELETE FROM "CompletedJob" WHERE "Id" = $1 AND "CreatedDate" = $2)", id, createdDate);
    db.run(R"(DELETE FROM "FailedJob" WHERE "Id" = $1 AND "CreatedDate" = $2)", id, createdDate);
}

} // namespace stint::postgres::archiving
