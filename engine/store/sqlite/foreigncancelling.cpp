// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/foreigncancelling.h"

#include "engine/refid.h"
#include "engine/store/jsoncolumn.h"

namespace stint::foreigncancelling {

namespace {

/// What decides whether and how a job of the queue may be cancelled.
struct Row {
    JobState state = JobState::Queued;
    bool isTaken = false; ///< its application has it in memory, or had it when it ended
    bool isDone = false;
    Timestamp createdDate;
};

std::optional<Row> readRow(ForeignWriter &writer, std::int64_t id)
{
    auto row = writer.db().statement("SELECT State, RequestId, CompletedDate, CreatedDate FROM BackgroundJob WHERE Id = ?");
    row.bind(id);
    if (!row.step())
        return {};
    return Row{parseJobState(row.view(0)).value_or(JobState::Queued), !row.isNull(1), !row.isNull(2), row.date(3).value_or(writer.now())};
}

std::optional<JobState> summaryState(ForeignWriter &writer, std::int64_t id)
{
    auto row = writer.db().statement("SELECT State FROM JobSummary WHERE Id = ?");
    row.bind(id);
    if (!row.step())
        return {};
    return parseJobState(row.view(0)).value_or(JobState::Queued);
}

ActionResult refused(std::int64_t id, const char *code, const QString &detail)
{
    return {id, false, QString::fromLatin1(code), detail};
}

ActionResult finished(std::int64_t id, JobState state)
{
    return refused(id, "finished", QStringLiteral("it is already %1").arg(QString(toText(state)).toLower()));
}

void moveToMonth(ForeignWriter &writer, std::int64_t id, YearMonth month)
{
    SqliteConnection &file = *writer.month(month, ForeignWriter::Move::ToMonth);
    file.run("DELETE FROM FailedJob WHERE Id = ?", id);
    if (const auto row = StoredRow::read(writer.db(), "BackgroundJob", id))
        row->insertInto(file, "FailedJob");
    writer.db().run("DELETE FROM BackgroundJob WHERE Id = ?", id);
}

void cancelRow(ForeignWriter &writer, std::int64_t id, const Row &job, const JobError &error)
{
    SqliteConnection &db = writer.db();
    const auto row = StoredRow::read(db, "BackgroundJob", id);
    if (!row)
        return;
    writer.save("cancel", db, "BackgroundJob", *row);
    // Without a RequestId its application would dispatch it before it archives it, whatever its state.
    db.run(
        "UPDATE BackgroundJob SET State = 'Cancelled', RequestId = coalesce(RequestId, ?), ErrorCode = ?, Error = ?, LastActivityDate = ? WHERE Id = ?",
        makeRefId(), error.errorCode, jsoncolumn::toColumn(error), writer.now(), id);
    if (writer.user().isNull())
        moveToMonth(writer, id, YearMonth::of(job.createdDate));
    db.run("UPDATE JobSummary SET State = 'Cancelled', ErrorCode = ?, ErrorMessage = ? WHERE Id = ?", error.errorCode, error.message, id);
}

void cancelDependents(ForeignWriter &writer, std::int64_t parentId)
{
    std::vector<std::int64_t> parents{parentId};
    while (!parents.empty()) {
        const std::int64_t parent = parents.back();
        parents.pop_back();
        std::vector<std::int64_t> waiting;
        {
            auto rows = writer.db().statement("SELECT Id FROM BackgroundJob WHERE DependsOn = ? AND State = 'Queued' ORDER BY Id");
            rows.bind(parent);
            while (rows.step())
                waiting.push_back(rows.integer(0));
        }
        for (const std::int64_t id : waiting) {
            const auto row = readRow(writer, id);
            if (!row || (row->isTaken && !writer.user().isNull()))
                continue;
            cancelRow(writer, id, *row, joberror::parentFailed());
            parents.push_back(id);
        }
    }
}

} // namespace

ActionResult cancel(ForeignWriter &writer, std::int64_t id)
{
    const auto row = readRow(writer, id);
    if (!row) {
        if (const auto ended = summaryState(writer, id))
            return finished(id, *ended);
        return refused(id, "notFound", QStringLiteral("there is no such job"));
    }
    const QString &user = writer.user();
    if (row->state == JobState::Executed || row->isDone)
        return refused(id, "finished", QStringLiteral("its work is done"));
    if (isFinished(row->state) && (row->state != JobState::Cancelled || !user.isNull()))
        return finished(id, row->state);
    if (row->isTaken && !user.isNull())
        return refused(id, "notAllowed", QStringLiteral("its application has taken it up, and only that can stop it: %1").arg(user));
    cancelRow(writer, id, *row, joberror::jobWasCancelled());
    cancelDependents(writer, id);
    return {id, true, QStringLiteral("cancelled"),
            user.isNull() ? QStringLiteral("it will not run, nor will the jobs that depend on it")
                          : QStringLiteral("its application archives it at its next tick")};
}

} // namespace stint::foreigncancelling
