// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/cronexpression.h"
#include "engine/job.h"
#include "engine/jobquery.h"

#include <QString>

#include <CLI/CLI.hpp>

#include <chrono>
#include <optional>

namespace stint::cli {

/// Adds an option (or, with a name without dashes, a positional) whose text is kept as it is.
CLI::Option *addText(CLI::App &parser, const std::string &name, QString &target, const std::string &description);

/// Adds an option that is read by `parse`; what it cannot read is bad usage: `--name: "text" is not <expected>`.
template <typename Target, typename Parse>
CLI::Option *addParsed(CLI::App &parser, const std::string &name, Target &target, Parse parse, const std::string &expected,
                       const std::string &description)
{
    return parser
        .add_option_function<std::string>(
            name,
            [&target, parse, expected, name](const std::string &text) {
                auto value = parse(QString::fromStdString(text));
                if (!value)
                    throw CLI::ValidationError(name, '"' + text + "\" is not " + expected);
                target = std::move(*value);
            },
            description)
        ->type_name("");
}

/// What options mean.
namespace value {
/// Whole numbers, at least 1 or 0.
[[nodiscard]] std::optional<std::int64_t> id(const QString &text);
[[nodiscard]] std::optional<int> positive(const QString &text);
[[nodiscard]] std::optional<int> notNegative(const QString &text);
[[nodiscard]] std::optional<int> integer(const QString &text);
[[nodiscard]] std::optional<QList<JobState>> states(const QString &text);
[[nodiscard]] std::optional<YearMonth> month(const QString &text);
/// Whole seconds, at least one: `30s`, `10m`.
[[nodiscard]] std::optional<std::chrono::seconds> timeout(const QString &text);
/// At least Schedule::shortest: `30s`, `10m`.
[[nodiscard]] std::optional<std::chrono::milliseconds> interval(const QString &text);
/// An ISO date, or `+10m` from now.
[[nodiscard]] std::optional<Timestamp> moment(const QString &text);
[[nodiscard]] std::optional<CronFormat> cronFormat(const QString &text);
/// A time zone of this system, by its name.
[[nodiscard]] std::optional<QTimeZone> zone(const QString &text);
[[nodiscard]] std::optional<QStringList> names(const QString &text);
} // namespace value

/// The options that say which jobs are meant.
struct FilterOptions {
    JobFilter filter;
    std::optional<YearMonth> month;

    void addTo(CLI::App &parser);
    void addMonthTo(CLI::App &parser);
};

} // namespace stint::cli
