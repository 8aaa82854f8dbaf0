// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/jobquery.h"
#include "engine/scheduledtask.h"

#include <QByteArray>
#include <QStringList>

namespace stint {

/// The JSON of ServiceStack's admin API (camelCase names, ISO dates with `Z`, durations as XSD, nulls left out,
/// Error, Args and Options as objects), written field by field so that numbers and bodies stay exact.
/// Source: storage format and recorded answers of the admin API.
namespace jobjson {

/// Which fields to write and how.
struct Format {
    QStringList fields;         ///< only these (camelCase, any case accepted); empty: all
    bool revealSecrets = false; ///< credentials in replyTo as they are, else `Bearer ••••` or the like
};

/// What a field of a row holds, in UTF-8.
struct FieldValue {
    enum class Kind : std::uint8_t {
        Absent, ///< nothing: the row has none
        Text,   ///< a text; dates are ISO
        Json,   ///< a number, a truth or an object
    };
    Kind kind = Kind::Absent;
    QByteArray utf8;
};

/// A field of a kind of row: found by its name once, then read from many rows.
template <typename Row>
using Field = FieldValue (*)(const Row &row, const Format &format);

/// The columns of a pane, in the order in which the API writes them.
[[nodiscard]] QStringList jobFields(); ///< of the queue and the archive
[[nodiscard]] QStringList summaryFields();
[[nodiscard]] QStringList taskFields();

[[nodiscard]] QByteArray toJson(const Job &job, const Format &format = {});
[[nodiscard]] QByteArray toJson(const JobSummary &summary, const Format &format = {});
[[nodiscard]] QByteArray toJson(const ScheduledTask &task, const Format &format = {});
[[nodiscard]] QByteArray toJson(const JobAttempt &attempt);
[[nodiscard]] QByteArray toJson(const LogLine &line);
[[nodiscard]] QByteArray toJson(const JobError &error);

/// A JSON string with quotes.
[[nodiscard]] QByteArray quoted(QStringView text);

/// For a table cell: dates ISO, numbers plain, objects as JSON; null: absent.
[[nodiscard]] QString toText(const FieldValue &value);

// By name, in any case; null: there is none.
[[nodiscard]] Field<Job> jobField(QStringView name);
[[nodiscard]] Field<ScheduledTask> taskField(QStringView name);

/// One field by its name, as toText(); null where there is none.
[[nodiscard]] QString fieldText(const Job &job, QStringView field, const Format &format = {});
[[nodiscard]] QString fieldText(const ScheduledTask &task, QStringView field, const Format &format = {});

} // namespace jobjson

/// `replyTo` with its credentials replaced by their kind and `••••`, the address kept.
[[nodiscard]] QString maskedReplyTo(const QString &replyTo);

} // namespace stint
