// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/export.h"

#include "app/cli/output.h"
#include "app/cli/stopsignals.h"
#include "engine/jobqueue.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

std::optional<ExportFormat> parseFormat(const QString &text)
{
    if (text == u"csv")
        return ExportFormat::Csv;
    if (text == u"jsonl")
        return ExportFormat::JsonLines;
    return std::nullopt;
}

std::optional<QChar> parseDelimiter(const QString &text)
{
    if (text == u"tab" || text == u"\\t")
        return u'\t';
    return text.size() == 1 && !u"\"\r\n"_s.contains(text) && !text.front().isSurrogate() ? std::optional(text.front()) : std::nullopt;
}

} // namespace

ExportVerb::ExportVerb(CLI::App &app)
    : Verb(app, "export", "Write every row that matches to a file, as CSV or JSON lines")
{
    addParsed(
        parser(), "--pane", m_export.pane,
        [](const QString &text) -> std::optional<std::optional<Pane>> {
            if (text == u"scheduled")
                return std::optional<Pane>();
            const auto pane = parsePane(text);
            return pane ? std::make_optional(pane) : std::nullopt;
        },
        "a pane: queue, completed, failed, all, scheduled", "queue, completed, failed, all or scheduled")
        ->type_name("PANE")
        ->required();
    m_filter.addMonthTo(parser());
    m_filter.addTo(parser());
    addText(parser(), "--text", m_filter.filter.text, "Jobs whose id, RefId, name, worker or tag contain this")->type_name("TEXT");
    addParsed(parser(), "--format", m_export.format, parseFormat, "csv or jsonl", "csv (default) or jsonl")->type_name("F");
    addParsed(parser(), "--columns", m_export.columns, value::names, "a list of names",
              "Only these, in this order, e.g. id,state,errorCode")
        ->type_name("A,B");
    addText(parser(), "--output", m_output, "The file, complete at the end or not there; - is standard output")
        ->type_name("FILE")
        ->required();
    addParsed(parser(), "--delimiter", m_export.delimiter, parseDelimiter, "one character, or tab", "Between the cells (default ,)")
        ->type_name("C");
    parser().add_flag("--bom", m_export.byteOrderMark, "Begin with a byte order mark, for Excel");
    parser().add_flag("--raw", m_export.raw, "Leave cells that a spreadsheet takes for a formula as they are");
    parser().add_flag("--reveal", m_export.revealSecrets, "Write the credentials in replyTo");
    parser().add_flag("--json", m_json, "Say how many rows as a JSON value");
}

int ExportVerb::run(const QString &location)
{
    if (m_output.isEmpty())
        return fail(u"--output: the name of the file is empty"_s, BadUsage);
    m_export.month = m_filter.month;
    m_export.filter = m_filter.filter;
    if (!m_export.pane && (m_export.month || !m_export.filter.isEmpty()))
        return fail(u"--pane scheduled: the tasks have neither month nor filter"_s, BadUsage);
    const auto store = JobQueue::openStore(location, OpenMode::ReadOnly);
    if (!store)
        return fail(store.error());

    std::stop_source stop;
    StopSignals signals;
    const auto progress = [&](std::int64_t) {
        if (signals.count() > 0)
            stop.request_stop();
    };
    Output output;
    const bool toStandardOutput = m_output == u"-";
    const auto rows = toStandardOutput ? exportJobs(**store, m_export, output.device(), progress, stop.get_token())
                                       : exportToFile(**store, m_export, m_output, progress, stop.get_token());
    if (!rows)
        return fail(rows.error());
    if (!toStandardOutput && m_json)
        output.line(u"{\"rows\":%1}"_s.arg(*rows));
    else if (!toStandardOutput)
        output.line(u"%1 rows, complete"_s.arg(*rows));
    return output.finish(Done);
}

} // namespace stint::cli
