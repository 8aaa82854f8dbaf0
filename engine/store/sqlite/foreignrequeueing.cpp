// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/foreignrequeueing.h"

#include "engine/store/sqlite/montharchive.h"

namespace stint::foreignrequeueing {

namespace {

ActionResult refused(std::int64_t id, const char *code, const QString &detail)
{
    return {id, false, QString::fromLatin1(code), detail};
}

/// A finished job's rows and where they are: one that was cancelled while it was queued may have two (W5).
struct Archived {
    SqliteConnection *month = nullptr;
    std::optional<StoredRow> failed;
    std::optional<StoredRow> completed;
};

/// Some jobs are archived in a month other than that of their CreatedDate (W16).
std::optional<Archived> find(ForeignWriter &writer, YearMonth month, std::int64_t id)
{
    for (const YearMonth candidate : {month, month.next(), month.previous()}) {
        SqliteConnection *const file = writer.month(candidate, ForeignWriter::Move::ToQueue);
        if (!file)
            continue;
        Archived archived{file, StoredRow::read(*file, "FailedJob", id), StoredRow::read(*file, "CompletedJob", id)};
        if (archived.failed || archived.completed)
            return archived;
    }
    return {};
}

void removeCopies(ForeignWriter &writer, const Archived &archived, std::int64_t id)
{
    if (archived.failed)
        writer.save("requeue", *archived.month, "FailedJob", *archived.failed);
    if (archived.completed)
        writer.save("requeue", *archived.month, "CompletedJob", *archived.completed);
    archived.month->run("DELETE FROM FailedJob WHERE Id = ?", id);
    archived.month->run("DELETE FROM CompletedJob WHERE Id = ?", id);
}

void insertRow(ForeignWriter &writer, StoredRow row, const RequeueEdit &edit)
{
    for (const char *const column : {"RequestId", "Response", "ResponseBody", "StartedDate", "CompletedDate", "NotifiedDate", "Progress",
                                     "Status", "Logs", "ErrorCode", "Error"})
        row.clear(column);
    row.set("State", toText(JobState::Queued));
    row.set("Attempts", 1);
    row.set("DurationMs", 0);
    row.set("LastActivityDate", writer.now());
    if (edit.requestBody)
        row.set("RequestBody", *edit.requestBody);
    row.insertInto(writer.db(), "BackgroundJob");
}

/// What keeps a job of the queue from being requeued; `handedBack` if it is there as an earlier requeue has put it.
QString whyStillInQueue(ForeignWriter &writer, std::int64_t id, bool &handedBack)
{
    auto row = writer.db().statement("SELECT State, RequestId FROM BackgroundJob WHERE Id = ?");
    row.bind(id);
    if (!row.step())
        return {};
    const JobState state = parseJobState(row.view(0)).value_or(JobState::Queued);
    handedBack = state == JobState::Queued && row.isNull(1);
    return isFinished(state) ? QStringLiteral("its application has yet to archive it") : QStringLiteral("it is still in the queue");
}

} // namespace

ActionResult requeue(ForeignWriter &writer, std::int64_t id, const RequeueEdit &edit)
{
    YearMonth month;
    {
        auto row = writer.db().statement("SELECT CreatedDate FROM JobSummary WHERE Id = ?");
        row.bind(id);
        if (!row.step())
            return refused(id, "notFound", QStringLiteral("there is no such job"));
        month = YearMonth::of(row.date(0).value_or(Timestamp{}));
    }
    bool handedBack = false;
    const QString queued = whyStillInQueue(writer, id, handedBack);
    if (!queued.isNull() && !handedBack)
        return refused(id, "notFinished", queued);
    std::optional<Archived> archived;
    try {
        archived = find(writer, month, id);
    } catch (const SqliteError &error) {
        return refused(id, "unreadable", error.error().message);
    }
    if (!archived)
        return handedBack ? refused(id, "notFinished", queued)
                          : refused(id, "notFound", QStringLiteral("its row is not in %1").arg(MonthArchive::fileName(month)));
    removeCopies(writer, *archived, id);
    if (handedBack)
        return {id, true, QStringLiteral("requeued"), QStringLiteral("an earlier requeue was broken off; it is complete now")};
    insertRow(writer, archived->failed ? *archived->failed : *archived->completed, edit);
    writer.db().run("UPDATE JobSummary SET State = 'Queued', Attempts = 1, DurationMs = 0, StartedDate = NULL, CompletedDate = NULL, "
                    "Response = NULL, ErrorCode = NULL, ErrorMessage = NULL WHERE Id = ?",
                    id);
    return {id, true, QStringLiteral("requeued"), QStringLiteral("its application will run it again, as attempt 1")};
}

} // namespace stint::foreignrequeueing
