// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/cron.h"

#include "app/cli/celltext.h"
#include "app/cli/jsonobject.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "engine/clock.h"
#include "engine/crondescription.h"

using namespace Qt::StringLiterals;

namespace stint::cli {

CronVerb::CronVerb(CLI::App &app)
    : Verb(app, "cron", "Say when a cron expression is due and what it means")
    , m_next(parser().add_subcommand("next", "The next occurrences"))
    , m_explain(parser().add_subcommand("explain", "The meaning in words"))
{
    parser().require_subcommand(1);
    for (CLI::App *action : {m_next, m_explain}) {
        action->footer("");
        action->allow_extras(); // an expression that starts with a dash must be told what is wrong with it, see below
        addText(*action, "expression", m_text, "Five fields, six with seconds, or a macro such as @daily")->type_name("EXPR");
        addParsed(*action, "--format", m_format, value::cronFormat, "auto, standard or seconds",
                  "auto (default), standard (five fields), seconds (six)")
            ->type_name("FORMAT");
        addText(*action, "--name", m_name, "The schedule's name, from which H takes its values")->type_name("NAME");
        action->add_flag("--json", m_json, "Write a JSON value");
    }
    addParsed(*m_next, "--from", m_from, value::moment, "an ISO date", "From then on instead of now; UTC unless it says")->type_name("ISO");
    addParsed(*m_next, "--zone", m_zone, value::zone, "a time zone of this system", "In that time zone instead of UTC")->type_name("TZ");
    addParsed(*m_next, "--count", m_count, value::positive, "a number from 1", "So many (default 1)")->type_name("N");
    m_next->add_flag("--inclusive", m_inclusive, "At that moment too, not only after it");
}

Result<QString> CronVerb::expressionText(const CLI::App &action) const
{
    const std::vector<std::string> extras = action.remaining();
    const bool given = action.count("expression") > 0;
    // `-1 * * * *` looks like an option.
    if (!given && extras.size() == 1 && extras.front().rfind("--", 0) != 0)
        return QString::fromStdString(extras.front());
    if (!extras.empty())
        return Error{ErrorCode::InvalidArgument, u"cron: \"%1\" was not expected"_s.arg(QString::fromStdString(extras.front()))};
    if (!given)
        return Error{ErrorCode::InvalidArgument, u"cron: an expression is required"_s};
    return m_text;
}

int CronVerb::run(const QString &)
{
    const auto text = expressionText(m_next->parsed() ? *m_next : *m_explain);
    if (!text)
        return fail(text.error());
    const auto expression = CronExpression::parse(*text, m_format, m_name);
    if (!expression)
        return fail(expression.error());
    return m_next->parsed() ? next(*expression) : explain(*expression);
}

int CronVerb::next(const CronExpression &expression) const
{
    const QTimeZone zone = m_zone.value_or(QTimeZone::utc());
    auto due = expression.next(m_from.value_or(SystemClock().now()), zone, m_inclusive);
    Output output;
    if (m_json)
        output.write("[");
    for (int found = 0; due && found < m_count; ++found) {
        const QString text = celltext::isoMoment(*due, m_zone);
        if (m_json)
            output.write((found == 0 ? "\"" : ",\n\"") + text.toUtf8() + '"');
        else
            output.line(text);
        due = expression.next(*due, zone);
    }
    if (m_json)
        output.write("]\n");
    return output.finish(Done);
}

int CronVerb::explain(const CronExpression &expression) const
{
    Output output;
    if (m_json)
        output.write(JsonObject().add("expression", expression.toString()).add("description", describe(expression)).toJson() + '\n');
    else
        output.line(describe(expression));
    return output.finish(Done);
}

} // namespace stint::cli
