// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/archivestats.h"

#include <limits>
#include <vector>

namespace stint::archivestats {

namespace {

/// Rows of one snapshot: a few milliseconds, in which a writer of another program's month has to wait.
constexpr int chunk = 20'000;

struct ArchivedJob {
    std::int64_t id = 0;
    EndedJob ended;
};

std::vector<ArchivedJob> readChunk(ReadConnection &file, const char *table, std::int64_t after)
{
    std::vector<ArchivedJob> jobs;
    if (!file.hasTable(table))
        return jobs;
    auto rows = file.db().statement(file.keep(QByteArray("SELECT Id, LastActivityDate, coalesce(Command, Request), RequestType, Worker, "
                                                         "State, DurationMs FROM ")
                                              + table + " WHERE Id > ? ORDER BY Id LIMIT ?"));
    rows.bindAll(after, chunk);
    while (rows.step()) {
        jobs.push_back({rows.integer(0),
                        {.ended = rows.date(1).value_or(Timestamp{}),
                         .name = rows.text(2),
                         .isApi = rows.view(3) == requesttype::api,
                         .worker = rows.text(4),
                         .state = parseJobState(rows.view(5)).value_or(JobState::Failed),
                         .durationMs = static_cast<int>(rows.integer(6))}});
    }
    return jobs;
}

void sumTable(const SqliteReader &reader, YearMonth month, const char *table, StatsSum &sum)
{
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    for (;;) {
        const auto jobs = reader.snapshot(reader.monthPath(month), [&](ReadConnection &file) { return readChunk(file, table, after); });
        for (const ArchivedJob &job : jobs)
            sum.add(job.ended);
        if (std::ssize(jobs) < chunk)
            return;
        after = jobs.back().id;
    }
}

void sumArchive(const SqliteReader &reader, StatsSum &sum)
{
    for (const YearMonth month : reader.months()) {
        for (const char *const table : {"CompletedJob", "FailedJob"})
            sumTable(reader, month, table, sum);
    }
}

} // namespace

QList<JobStat> read(const SqliteReader &reader, const StatsQuery &query)
{
    StatsSum sum(query);
    const bool areKept = reader.snapshot(reader.queuePath(), [&](ReadConnection &file) {
        if (!file.hasTable("HourlyStat"))
            return false;
        sum = StatsSum(query); // a snapshot that is lost is tried again
        HourlyRollup::read(file.db(), query, sum);
        return true;
    });
    if (!areKept)
        sumArchive(reader, sum);
    return sum.stats();
}

void rebuild(const SqliteReader &reader, StoreAccess::OwnSide &side, Timestamp now)
{
    const Timestamp thisHour = hourOf(now); // it stays: jobs that end meanwhile count in it
    side.flush();                           // what has ended is in its month then
    StatsSum sum({.until = thisHour, .byHour = true, .byName = true, .byWorker = true});
    sumArchive(reader, sum);
    side.writeNow<void>([&](SqliteWriter &writer) { HourlyRollup::replace(writer.db(), thisHour, sum.stats()); });
}

} // namespace stint::archivestats
