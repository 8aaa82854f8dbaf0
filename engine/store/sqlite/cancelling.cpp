// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/cancelling.h"

#include "engine/store/sqlite/dependents.h"

namespace stint::cancelling {

namespace {

std::optional<JobState> stateIn(SqliteWriter &writer, const char *sql, std::int64_t id)
{
    auto row = writer.db().statement(sql);
    row.bind(id);
    if (!row.step())
        return {};
    return parseJobState(row.view(0)).value_or(JobState::Queued);
}

ActionResult finished(std::int64_t id, JobState state)
{
    return {id, false, QStringLiteral("finished"), QStringLiteral("it is already %1").arg(QString(toText(state)).toLower())};
}

} // namespace

ActionResult cancel(SqliteWriter &writer, std::int64_t id)
{
    const auto state = stateIn(writer, "SELECT State FROM BackgroundJob WHERE Id = ?", id);
    if (!state) {
        if (const auto ended = stateIn(writer, "SELECT State FROM JobSummary WHERE Id = ?", id))
            return finished(id, *ended);
        return {id, false, QStringLiteral("notFound"), QStringLiteral("there is no such job")};
    }
    switch (*state) {
    case JobState::Queued:
        dependents::cancelRow(writer, id, joberror::jobWasCancelled());
        dependents::cancel(writer, id);
        return {id, true, QStringLiteral("cancelled"), QStringLiteral("it will not run, nor will the jobs that depend on it")};
    case JobState::Started:
        writer.db().run("UPDATE BackgroundJob SET CancelRequested = coalesce(CancelRequested, ?) WHERE Id = ?", writer.now(), id);
        writer.noteCancelRequest();
        return {id, true, QStringLiteral("cancelRequested"), QStringLiteral("it runs and was asked to stop")};
    case JobState::Executed:
        return {id, false, QStringLiteral("finished"), QStringLiteral("its work is done and only its callback is left")};
    default: return finished(id, *state);
    }
}

} // namespace stint::cancelling
