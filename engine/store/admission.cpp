// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/admission.h"

namespace stint::admission {

namespace {

Result<void> require(const QSet<QString> &names, const QString &name, QLatin1StringView kind)
{
    if (names.contains(name) || names.contains(anyApi))
        return {};
    return Error{ErrorCode::Unknown, QStringLiteral("the running host knows no %1 \"%2\"").arg(kind, name)};
}

} // namespace

KnownNames KnownNames::of(const QList<CommandInfo> &commands)
{
    KnownNames names;
    for (const CommandInfo &command : commands)
        (command.isApi ? names.apis : names.commands).insert(command.name);
    return names;
}

Result<void> checkValid(const NewJob &job)
{
    const auto invalid = [](const QString &message) { return Error{ErrorCode::InvalidArgument, message}; };
    if (job.name.isEmpty())
        return invalid(QStringLiteral("a job needs the name of a command or API"));
    if (job.options.retryLimit && *job.options.retryLimit < 0)
        return invalid(QStringLiteral("%1: the retry limit is negative").arg(job.name));
    if (job.options.timeout && job.options.timeout->count() <= 0)
        return invalid(QStringLiteral("%1: the time-out is not positive").arg(job.name));
    return {};
}

Result<void> checkKnown(const NewJob &job, const KnownNames *known)
{
    if (!known || job.force)
        return {};
    const auto named = job.isApi ? require(known->apis, job.name, QLatin1StringView("API"))
                                 : require(known->commands, job.name, QLatin1StringView("command"));
    if (!named || job.options.callback.isEmpty())
        return named;
    return require(known->commands, job.options.callback, QLatin1StringView("callback command"));
}

QString requestName(const NewJob &job)
{
    if (job.isApi)
        return job.name;
    return job.requestName.isEmpty() ? QStringLiteral("NoArgs") : job.requestName;
}

} // namespace stint::admission
