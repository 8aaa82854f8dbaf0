// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/stats.h"

#include "app/cli/celltext.h"
#include "app/cli/jsonobject.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "engine/clock.h"
#include "engine/jobqueue.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

/// What `--by` names, as flags of a query.
std::optional<StatsQuery> grouping(const QString &text)
{
    StatsQuery query{.byName = false};
    const auto names = value::names(text);
    if (!names)
        return std::nullopt;
    for (const QString &name : *names) {
        if (name == u"command")
            query.byName = true;
        else if (name == u"worker")
            query.byWorker = true;
        else if (name == u"hour")
            query.byHour = true;
        else
            return std::nullopt;
    }
    return query;
}

QByteArray toJson(const JobStat &stat, const StatsQuery &query)
{
    JsonObject json;
    json.add("hour", stat.hour);
    if (query.byName)
        json.add("name", stat.name).add("requestType", stat.isApi ? u"API"_s : u"CMD"_s);
    if (query.byWorker && !stat.worker.isEmpty())
        json.add("worker", stat.worker);
    json.add("completed", stat.completed).add("failed", stat.failed).add("cancelled", stat.cancelled);
    if (const auto median = stat.durations.percentile(0.5))
        json.add("p50Ms", *median).add("p95Ms", *stat.durations.percentile(0.95));
    return json.toJson();
}

QString durationText(const std::optional<int> &milliseconds)
{
    return milliseconds ? celltext::duration(std::chrono::milliseconds{*milliseconds}) : QString();
}

QList<TextTable::Heading> headings(const StatsQuery &query)
{
    QList<TextTable::Heading> headings;
    if (query.byHour)
        headings.append({u"HOUR"_s});
    if (query.byName)
        headings.append({u"COMMAND"_s});
    if (query.byWorker)
        headings.append({u"WORKER"_s});
    for (const QString &number : {u"COMPLETED"_s, u"FAILED"_s, u"CANCELLED"_s, u"P50"_s, u"P95"_s})
        headings.append({number, true});
    return headings;
}

QList<TextTable::Cell> cells(const JobStat &stat, const StatsQuery &query)
{
    QList<TextTable::Cell> cells;
    if (query.byHour)
        cells.append({celltext::moment(stat.hour, Timestamp{})});
    if (query.byName)
        cells.append({stat.name});
    if (query.byWorker)
        cells.append({stat.worker.isEmpty() ? u"(unnamed)"_s : stat.worker});
    cells.append({QString::number(stat.completed)});
    cells.append({QString::number(stat.failed), stat.failed > 0 ? Tint::Bad : Tint::None});
    cells.append({QString::number(stat.cancelled)});
    cells.append({durationText(stat.durations.percentile(0.5))});
    cells.append({durationText(stat.durations.percentile(0.95))});
    return cells;
}

} // namespace

StatsVerb::StatsVerb(CLI::App &app)
    : Verb(app, "stats", "Count the jobs that ended, by command, worker or hour, and how long they took")
{
    auto *const last = addParsed(parser(), "--last", m_last, value::timeout, "a time such as 24h", "Only the hours of that time up to now")
                           ->type_name("TIME");
    addParsed(parser(), "--from", m_query.from, value::moment, "a date", "From the hour of this moment on")
        ->type_name("ISO")
        ->excludes(last);
    addParsed(parser(), "--until", m_query.until, value::moment, "a date", "Before the hour of this moment")
        ->type_name("ISO")
        ->excludes(last);
    parser()
        .add_option_function<std::string>(
            "--by",
            [this](const std::string &text) {
                const auto by = grouping(QString::fromStdString(text));
                if (!by)
                    throw CLI::ValidationError("--by", '"' + text + "\" is not command, worker or hour, or several with commas");
                m_query.byName = by->byName;
                m_query.byWorker = by->byWorker;
                m_query.byHour = by->byHour;
            },
            "What to tell apart: command (default), worker, hour; several with commas")
        ->type_name("WHAT");
    parser().add_flag("--rebuild", m_rebuild, "First count all finished jobs that are there anew");
    parser().add_flag("--json", m_json, "Write a JSON array");
}

int StatsVerb::run(const QString &location)
{
    const auto store = JobQueue::openStore(location, m_rebuild ? OpenMode::ReadWrite : OpenMode::ReadOnly);
    if (!store)
        return fail(store.error());
    if (m_rebuild) {
        if (const auto rebuilt = (*store)->rebuildStats(); !rebuilt)
            return fail(rebuilt.error());
    }
    if (m_last)
        m_query.from = SystemClock().now() - *m_last;
    const auto stats = (*store)->stats(m_query);
    if (!stats)
        return fail(stats.error());

    Output output;
    if (m_json) {
        QByteArrayList rows;
        for (const JobStat &stat : *stats)
            rows.append(toJson(stat, m_query));
        output.write(toJsonArray(rows) + '\n');
    } else {
        TextTable table(output, headings(m_query));
        for (const JobStat &stat : *stats)
            table.add(cells(stat, m_query));
        table.finish();
    }
    return output.finish(Done);
}

} // namespace stint::cli
