// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/historypruner.h"

#include "engine/failpoint.h"
#include "engine/store/foldersync.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace stint {

namespace {

/// Summaries deleted in one transaction.
constexpr std::int64_t deleteLimit = 1000;

bool hasUnfinishedJobs(SqliteConnection &queue, YearMonth month)
{
    auto row = queue.statement("SELECT 1 FROM BackgroundJob WHERE CreatedDate >= ? AND CreatedDate < ?");
    row.bindAll(month.begin(), month.next().begin());
    return row.step();
}

} // namespace

QList<PrunedMonth> HistoryPruner::run(const PruneRequest &request)
{
    if (m_side)
        m_side->flush(); // what has ended is in its month then
    if (!request.dryRun)
        finishInterrupted(request.folder);
    const QList<PrunedMonth> chosen = choose(request);
    for (const PrunedMonth &month : chosen) {
        if (QFileInfo::exists(month.file))
            throw SqliteError(Error{ErrorCode::Conflict, QStringLiteral("%1 exists already: name another folder").arg(month.file)});
    }
    if (request.dryRun)
        return chosen;
    if (const auto made = foldersync::make(request.folder); !made)
        throw SqliteError(made.error());
    for (const PrunedMonth &month : chosen) {
        moveAway(month);
        deleteSummaries(month.month);
    }
    return chosen;
}

/// Forgets what an earlier run has moved, but not forgotten.
void HistoryPruner::finishInterrupted(const QString &folder)
{
    for (const QString &file : QDir(folder).entryList(QDir::Files)) {
        const auto month = MonthArchive::monthOf(file);
        const bool isGone = month && *month < m_thisMonth && !QFileInfo::exists(m_reader.monthPath(*month));
        if (isGone && !hasUnfinished(*month) && holdsSummaries(QDir(folder).filePath(file), *month))
            deleteSummaries(*month);
    }
}

/// The folder may have months of other stores.
bool HistoryPruner::holdsSummaries(const QString &file, YearMonth month) const
{
    return m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &queue) {
        auto ours
            = queue.db().statement("SELECT Id, RefId, CreatedDate FROM JobSummary WHERE CreatedDate >= ? AND CreatedDate < ? LIMIT 1");
        ours.bindAll(month.begin(), month.next().begin());
        if (!ours.step())
            return false;
        try {
            SqliteConnection moved(file, "mode=ro");
            auto same = moved.statement("SELECT 1 FROM JobSummary WHERE Id = ? AND RefId IS ? AND CreatedDate = ?");
            same.bindAll(ours.integer(0), ours.text(1), ours.text(2));
            return same.step();
        } catch (const SqliteError &) {
            return false; // none that was moved from here
        }
    });
}

QList<PrunedMonth> HistoryPruner::choose(const PruneRequest &request) const
{
    QList<PrunedMonth> chosen;
    if (!request.before && !request.keepJobs)
        return chosen;
    std::int64_t kept = 0;
    for (const YearMonth month : m_reader.months()) { // newest first
        const PrunedMonth described = describe(month, request.folder);
        const bool isOld = !request.before || month < *request.before;
        const bool isTooMuch = !request.keepJobs || kept >= *request.keepJobs;
        kept += described.jobs;
        if (isOld && isTooMuch && month < m_thisMonth && !hasUnfinished(month))
            chosen.prepend(described);
    }
    return chosen;
}

PrunedMonth HistoryPruner::describe(YearMonth month, const QString &folder) const
{
    const QString path = m_reader.monthPath(month);
    const auto jobs = m_reader.snapshot(path, [](ReadConnection &file) {
        return file.db().integer("SELECT (SELECT count(*) FROM CompletedJob) + (SELECT count(*) FROM FailedJob)");
    });
    return {.month = month, .jobs = jobs, .bytes = QFileInfo(path).size(), .file = QDir(folder).filePath(MonthArchive::fileName(month))};
}

bool HistoryPruner::hasUnfinished(YearMonth month) const
{
    return m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &file) { return hasUnfinishedJobs(file.db(), month); });
}

void HistoryPruner::moveAway(const PrunedMonth &month)
{
    m_side->writeNow<void>([&](SqliteWriter &writer) {
        if (hasUnfinishedJobs(writer.db(), month.month)) // requeued meanwhile
            throw SqliteError(
                Error{ErrorCode::Conflict, QStringLiteral("%1: a job of this month is in the queue again").arg(month.month.toText())});
        writer.months().moveAway(month.month, month.file);
    });
    passFailpoint("prune.moved");
}

void HistoryPruner::deleteSummaries(YearMonth month)
{
    const auto deleteSome = [month](SqliteWriter &writer) {
        return writer.db().run(
            "DELETE FROM JobSummary WHERE Id IN (SELECT Id FROM JobSummary WHERE CreatedDate >= ? AND CreatedDate < ? LIMIT ?)",
            month.begin(), month.next().begin(), deleteLimit);
    };
    while (m_side->writeNow<std::int64_t>(deleteSome) == deleteLimit) { }
}

} // namespace stint
