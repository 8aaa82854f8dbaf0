// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/joberror.h"

namespace stint::joberror {

JobError jobWasCancelled()
{
    return {QString(cancelled), QStringLiteral("Job was cancelled"), {}, {}, {}};
}

JobError parentFailed()
{
    return {QString(cancelled), QStringLiteral("Parent Job failed"), {}, {}, {}};
}

} // namespace stint::joberror
