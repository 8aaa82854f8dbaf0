// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/joboptions.h"
#include "engine/jobstats.h"
#include "engine/result.h"

#include <QSet>

namespace stint {

/// Which jobs a store takes in.
namespace admission {

/// What a living host can run.
struct KnownNames {
    QSet<QString> commands;
    QSet<QString> apis;

    [[nodiscard]] static KnownNames of(const QList<CommandInfo> &commands);
};

/// Refuses what no store takes.
[[nodiscard]] Result<void> checkValid(const NewJob &job);
/// Refuses what the living host, where one is known, cannot run.
[[nodiscard]] Result<void> checkKnown(const NewJob &job, const KnownNames *known);

/// Whether an enqueue failed for what it asked, rather than for the store.
[[nodiscard]] inline bool isRefusal(ErrorCode code)
{
    return code == ErrorCode::InvalidArgument || code == ErrorCode::NotFound || code == ErrorCode::Conflict || code == ErrorCode::Unknown;
}

/// An empty text says as much as none.
[[nodiscard]] inline QString orNull(const QString &text)
{
    return text.isEmpty() ? QString() : text;
}

/// The type name of a job's request.
[[nodiscard]] QString requestName(const NewJob &job);

} // namespace admission
} // namespace stint
