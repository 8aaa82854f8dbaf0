// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/options.h"

#include "engine/clock.h"
#include "engine/retrypolicy.h"
#include "engine/schedule.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace stint::cli {

CLI::Option *addText(CLI::App &parser, const std::string &name, QString &target, const std::string &description)
{
    return parser
        .add_option_function<std::string>(
            name, [&target](const std::string &text) { target = QString::fromStdString(text); }, description)
        ->type_name("");
}

namespace value {

std::optional<std::int64_t> id(const QString &text)
{
    bool ok = false;
    const std::int64_t number = text.toLongLong(&ok);
    return ok && number > 0 ? std::optional(number) : std::nullopt;
}

std::optional<int> integer(const QString &text)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

std::optional<int> positive(const QString &text)
{
    const auto number = integer(text);
    return number && *number > 0 ? number : std::nullopt;
}

std::optional<int> notNegative(const QString &text)
{
    const auto number = integer(text);
    return number && *number >= 0 ? number : std::nullopt;
}

std::optional<QList<JobState>> states(const QString &text)
{
    QList<JobState> states;
    for (const QString &name : text.split(u',')) {
        const auto state = parseJobState(name.toUtf8());
        if (name.isEmpty() || !state)
            return std::nullopt;
        states.append(*state);
    }
    return states;
}

std::optional<YearMonth> month(const QString &text)
{
    return YearMonth::parse(text);
}

std::optional<std::chrono::seconds> timeout(const QString &text)
{
    const auto duration = parseDuration(text);
    if (!duration || *duration < std::chrono::seconds{1} || *duration % std::chrono::seconds{1} != std::chrono::seconds{0}
        || *duration > std::chrono::seconds{std::numeric_limits<int>::max()})
        return std::nullopt;
    return std::chrono::duration_cast<std::chrono::seconds>(*duration);
}

std::optional<std::chrono::milliseconds> interval(const QString &text)
{
    const auto duration = parseDuration(text);
    // More than a thousand years is none, and would overflow.
    return duration && *duration >= Schedule::shortest && *duration <= std::chrono::years{1000} ? duration : std::nullopt;
}

std::optional<Timestamp> moment(const QString &text)
{
    if (!text.startsWith(u'+'))
        return parseTimestamp(text.toUtf8());
    const auto wait = parseDuration(QStringView(text).sliced(1));
    // A thousand years are always enough, and never overflow.
    if (!wait || *wait > std::chrono::years{1000})
        return std::nullopt;
    return SystemClock().now() + *wait;
}

std::optional<CronFormat> cronFormat(const QString &text)
{
    if (text == u"auto")
        return CronFormat::Auto;
    if (text == u"standard")
        return CronFormat::Standard;
    return text == u"seconds" ? std::optional(CronFormat::Seconds) : std::nullopt;
}

std::optional<QTimeZone> zone(const QString &text)
{
    const QTimeZone found(text.toUtf8());
    // Qt takes no name for the zone of the system.
    return !text.isEmpty() && found.isValid() ? std::optional(found) : std::nullopt;
}

std::optional<QStringList> names(const QString &text)
{
    QStringList names = text.split(u',');
    for (QString &name : names) {
        name = name.trimmed();
        if (name.isEmpty())
            return std::nullopt;
    }
    return names;
}

} // namespace value

void FilterOptions::addTo(CLI::App &parser)
{
    addParsed(parser, "--state", filter.states, value::states,
              "a state: Queued, Started, Executed, Completed, Failed, Cancelled, or several with commas",
              "Jobs in that state; several with commas")
        ->type_name("STATE");
    parser
        .add_option_function<std::string>(
            "--worker", [this](const std::string &text) { filter.worker = text.empty() ? QString() : QString::fromStdString(text); },
            "Jobs of that worker; \"\" means those without one")
        ->type_name("W");
    addText(parser, "--name", filter.name, "Jobs of that command or API")->type_name("NAME");
    addText(parser, "--tag", filter.tag, "Jobs with that tag")->type_name("T");
    addText(parser, "--batch", filter.batchId, "Jobs of that batch")->type_name("B");
}

void FilterOptions::addMonthTo(CLI::App &parser)
{
    addParsed(parser, "--month", month, value::month, "a month such as 2026-08", "Jobs created in that month (UTC)")->type_name("YYYY-MM");
}

} // namespace stint::cli
