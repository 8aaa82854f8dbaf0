// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/actionreport.h"

#include "app/cli/jsonobject.h"
#include "app/cli/output.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

QByteArray toJson(const ActionResult &result)
{
    return JsonObject().add("id", result.id).add("done", result.done).add("code", result.code).add("detail", result.detail).toJson();
}

} // namespace

CLI::Option *addIds(CLI::App &parser, std::vector<std::int64_t> &ids)
{
    return parser.add_option("ids", ids, "The ids of the jobs")->type_name("ID")->check([](const std::string &text) {
        return value::id(QString::fromStdString(text)) ? std::string() : '"' + text + "\" is not the id of a job";
    });
}

int reportActions(const Result<QList<ActionResult>> &results, bool json)
{
    if (!results)
        return fail(results.error());
    Output output;
    if (json) {
        QByteArrayList rows;
        for (const ActionResult &result : *results)
            rows.append(toJson(result));
        output.write(toJsonArray(rows) + '\n');
    } else {
        for (const ActionResult &result : *results)
            output.line(printable(
                u"%1: %2%3%4"_s.arg(QString::number(result.id), result.code, result.detail.isEmpty() ? u""_s : u": "_s, result.detail)));
        if (results->isEmpty())
            output.line(u"no job matches"_s);
    }
    const bool allDone = std::all_of(results->begin(), results->end(), [](const ActionResult &result) { return result.done; });
    return output.finish(allDone ? Done : Refused);
}

} // namespace stint::cli
