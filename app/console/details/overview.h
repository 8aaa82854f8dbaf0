// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/details/fieldlist.h"
#include "engine/job.h"

namespace stint {

/// What the overview of a job says, most wanted first.
namespace overview {

[[nodiscard]] QList<FieldList::Field> fields(const JobResult &result);
/// From the full row, or else what the summary tells of it.
[[nodiscard]] std::optional<JobError> errorOf(const JobResult &result);

} // namespace overview

} // namespace stint
