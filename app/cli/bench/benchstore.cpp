// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/bench/benchstore.h"

#include "app/cli/bench/baredatabase.h"
#include "engine/jobhost.h"
#include "engine/jobqueue.h"

#include <QDir>
#include <QEventLoop>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

/// Runs one job, so that the month's file and a finished row are there.
Result<void> runOneJob(const QString &location)
{
    const auto store = JobQueue::openStore(location, OpenMode::Create);
    if (!store)
        return store.error();
    const auto recorded = waitFor<QList<JobRef>>(
        [&](auto done) { (*store)->enqueue({.jobs = {NewJob{.name = u"Nothing"_s, .requestBody = "{}"}}}, done); });
    if (!recorded)
        return recorded.error();
    CommandRegistry registry;
    registry.addFunction(u"Nothing"_s, [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { return QJsonObject{}; });
    JobHost host(*store, std::move(registry));
    if (auto started = host.start(); !started)
        return started;
    QEventLoop loop;
    QObject::connect(&host, &JobHost::drained, &loop, &QEventLoop::quit);
    host.drainWhenIdle();
    loop.exec();
    host.stop();
    return {};
}

/// Fills `table` with copies of its one row that differ in Id and RefId.
void multiply(BareDatabase &database, const QByteArray &table, int copies)
{
    const auto columns = [&](const QByteArray &id, const QByteArray &refId) {
        return BareStatement(database,
                             "SELECT group_concat(CASE name WHEN 'Id' THEN '" + id + "' WHEN 'RefId' THEN '" + refId
                                 + "' ELSE name END) FROM pragma_table_info('" + table + "')")
            .text();
    };
    database.execute("WITH RECURSIVE copy(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM copy LIMIT " + QByteArray::number(copies)
                     + ") INSERT INTO " + table + " (" + columns("Id", "RefId") + ") SELECT "
                     + columns("copy.n", "printf(\"%032x\", copy.n)") + " FROM copy, " + table + " WHERE Id = 1");
}

} // namespace

Result<void> makeBenchStore(const QString &location, int copies)
{
    if (auto made = runOneJob(location); !made)
        return made;
    if (copies == 0)
        return {};
    try {
        BareDatabase queue(location + u"/jobs.db"_s);
        queue.execute("PRAGMA synchronous = OFF; BEGIN");
        multiply(queue, "JobSummary", copies);
        queue.execute("UPDATE sqlite_sequence SET seq = (SELECT max(Id) FROM JobSummary) WHERE name = 'BackgroundJob'; COMMIT");
        const QStringList months = QDir(location).entryList({u"jobs_*.db"_s});
        BareDatabase month(location + u'/' + months.value(0));
        month.execute("PRAGMA synchronous = OFF; BEGIN");
        multiply(month, "CompletedJob", copies);
        month.execute("COMMIT");
    } catch (const Error &error) {
        return error;
    }
    return {};
}

} // namespace stint::cli
