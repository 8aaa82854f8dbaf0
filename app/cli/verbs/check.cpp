// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/check.h"

#include "app/cli/jsonobject.h"
#include "app/cli/output.h"
#include "engine/jobqueue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

QByteArray toJson(const CheckFinding &finding)
{
    return JsonObject()
        .add("jobId", finding.jobId)
        .add("message", finding.message)
        .add("note", finding.note)
        .add("repaired", finding.repaired)
        .toJson();
}

QString toLine(const CheckFinding &finding)
{
    return printable((finding.note ? u"note: "_s : finding.repaired ? u"repaired: "_s : u"fault: "_s) + finding.message);
}

} // namespace

CheckVerb::CheckVerb(CLI::App &app)
    : Verb(app, "check", "Check that every job is in exactly one place and every file readable; exit 1 if not")
{
    parser().add_flag("--repair", m_repair, "Put right what can be");
    parser().add_flag("--json", m_json, "Write a JSON array of {jobId, message, note, repaired}");
}

int CheckVerb::run(const QString &location)
{
    const auto store = JobQueue::openStore(location, m_repair ? OpenMode::ReadWrite : OpenMode::ReadOnly);
    if (!store)
        return fail(store.error());
    const auto findings = (*store)->check(m_repair);
    if (!findings)
        return fail(findings.error());

    Output output;
    if (m_json) {
        QByteArrayList rows;
        for (const CheckFinding &finding : *findings)
            rows.append(toJson(finding));
        output.write(toJsonArray(rows) + '\n');
    } else {
        for (const CheckFinding &finding : *findings)
            output.line(toLine(finding));
    }
    const bool isClean
        = std::all_of(findings->begin(), findings->end(), [](const CheckFinding &finding) { return finding.note || finding.repaired; });
    if (!m_json && isClean)
        output.line(u"clean"_s);
    return output.finish(isClean ? Done : Refused);
}

} // namespace stint::cli
