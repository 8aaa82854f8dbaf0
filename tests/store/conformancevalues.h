// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

/// Short forms for the files of the conformance suite.
namespace stint::test {

using Kind = AttemptEnd::Kind;

inline JobError error(const QString &code, const QString &message = QStringLiteral("it failed"))
{
    return {code, message, {}, {}, {}};
}

inline QList<std::int64_t> ids(const std::vector<Job> &jobs)
{
    QList<std::int64_t> found;
    for (const Job &job : jobs)
        found.append(job.id);
    return found;
}

inline QList<std::int64_t> ids(const QList<Job> &jobs)
{
    return ids(std::vector<Job>(jobs.begin(), jobs.end()));
}

} // namespace stint::test
