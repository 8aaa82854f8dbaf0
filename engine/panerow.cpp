// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/panerow.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::panerow {

namespace {

Result<QStringList> resolved(const QStringList &known, const QStringList &names)
{
    if (names.isEmpty())
        return known;
    QStringList found;
    for (const QString &name : names) {
        const auto match
            = std::find_if(known.begin(), known.end(), [&](const QString &field) { return field.compare(name, Qt::CaseInsensitive) == 0; });
        if (match == known.end())
            return Error{ErrorCode::InvalidArgument, u"there is no column \"%1\" in this pane, but: %2"_s.arg(name, known.join(u", "_s))};
        found.append(*match);
    }
    return found;
}

} // namespace

QStringList fields(Pane pane)
{
    return pane == Pane::All ? jobjson::summaryFields() : jobjson::jobFields();
}

Result<QStringList> resolve(Pane pane, const QStringList &names)
{
    return resolved(fields(pane), names);
}

Result<QStringList> resolveOfTasks(const QStringList &names)
{
    return resolved(jobjson::taskFields(), names);
}

RowDetail detailFor(Pane pane, const QStringList &fields)
{
    static const QStringList heavy{u"requestBody"_s, u"responseBody"_s, u"logs"_s, u"error"_s, u"args"_s, u"meta"_s};
    if (pane == Pane::All)
        return RowDetail::Light;
    return std::any_of(heavy.begin(), heavy.end(), [&](const QString &field) { return fields.contains(field); }) ? RowDetail::Full
                                                                                                                 : RowDetail::Light;
}

JobSummary summaryOf(const Job &row)
{
    return {.id = row.id,
            .parentId = row.parentId,
            .refId = row.refId,
            .worker = row.worker,
            .tag = row.tag,
            .batchId = row.batchId,
            .createdDate = row.createdDate,
            .createdBy = row.createdBy,
            .requestType = row.requestType,
            .command = row.command,
            .request = row.request,
            .response = row.response,
            .userId = row.userId,
            .callback = row.callback,
            .startedDate = row.startedDate,
            .completedDate = row.completedDate,
            .state = row.state,
            .durationMs = row.durationMs,
            .attempts = row.attempts,
            .errorCode = row.errorCode,
            .errorMessage = row.error ? row.error->message : QString()};
}

QByteArray toJson(Pane pane, const Job &row, const jobjson::Format &format)
{
    return pane == Pane::All ? jobjson::toJson(summaryOf(row), format) : jobjson::toJson(row, format);
}

jobjson::Field<Job> field(Pane pane, const QString &name)
{
    if (pane != Pane::All || name != u"errorMessage")
        return jobjson::jobField(name);
    return [](const Job &row, const jobjson::Format &) {
        if (!row.error || row.error->message.isNull())
            return jobjson::FieldValue{};
        return jobjson::FieldValue{jobjson::FieldValue::Kind::Text, row.error->message.toUtf8()};
    };
}

QString text(Pane pane, const Job &row, const QString &name, const jobjson::Format &format)
{
    const auto get = field(pane, name);
    return get ? jobjson::toText(get(row, format)) : QString();
}

} // namespace stint::panerow
