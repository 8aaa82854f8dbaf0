// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/prune.h"

#include "app/cli/jsonobject.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "engine/clock.h"
#include "engine/jobqueue.h"

#include <QDir>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

QByteArray toJson(const PrunedMonth &month, bool moved)
{
    return JsonObject()
        .add("month", month.month.toText())
        .add("jobs", month.jobs)
        .add("bytes", month.bytes)
        .add("file", month.file)
        .add("moved", moved)
        .toJson();
}

QString toLine(const PrunedMonth &month, bool moved)
{
    return u"%1: %2 jobs, %3 %4 %5"_s.arg(month.month.toText(), QString::number(month.jobs), QLocale::c().formattedDataSize(month.bytes),
                                          moved ? u"moved to"_s : u"would move to"_s, printable(month.file));
}

} // namespace

PruneVerb::PruneVerb(CLI::App &app)
    : Verb(app, "prune", "Take old months of finished jobs away; only tells which, unless --apply")
{
    addParsed(parser(), "--before", m_request.before, value::month, "a month such as 2026-03", "Months before this one")
        ->type_name("YYYY-MM");
    addParsed(parser(), "--older-than", m_olderThan, value::timeout, "a time such as 90d", "Months that ended so long ago")
        ->type_name("TIME");
    addParsed(parser(), "--keep", m_request.keepJobs, value::notNegative, "a whole number, 0 or more",
              "The oldest months, as long as N finished jobs are left; with another of these, what both name")
        ->type_name("N");
    addText(parser(), "--to", m_request.folder, "Where the files go, on the same file system; default: \"pruned\" in the store's folder")
        ->type_name("DIR");
    parser().add_flag("--apply", m_apply, "Do it");
    parser().add_flag("--json", m_json, "Write a JSON array");
}

int PruneVerb::run(const QString &location)
{
    if (!m_request.before && !m_olderThan && !m_request.keepJobs)
        return fail(u"prune: say which months, by --before, --older-than or --keep"_s, BadUsage);
    if (m_olderThan) {
        const YearMonth youngest = YearMonth::of(SystemClock().now() - *m_olderThan);
        m_request.before = m_request.before ? std::min(*m_request.before, youngest) : youngest;
    }
    m_request.dryRun = !m_apply;
    const auto store = JobQueue::openStore(location, m_apply ? OpenMode::ReadWrite : OpenMode::ReadOnly);
    if (!store)
        return fail(store.error());
    if (m_request.folder.isEmpty())
        m_request.folder = QDir((*store)->info().location).filePath(u"pruned"_s);
    const auto months = (*store)->prune(m_request);
    if (!months)
        return fail(months.error());

    Output output;
    if (m_json) {
        QByteArrayList rows;
        for (const PrunedMonth &month : *months)
            rows.append(toJson(month, m_apply));
        output.write(toJsonArray(rows) + '\n');
    } else if (months->isEmpty()) {
        output.line(u"no month to take away"_s);
    } else {
        for (const PrunedMonth &month : *months)
            output.line(toLine(month, m_apply));
        if (!m_apply)
            output.line(u"nothing was changed; --apply does it"_s);
    }
    return output.finish(Done);
}

} // namespace stint::cli
