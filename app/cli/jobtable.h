// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/texttable.h"
#include "engine/job.h"
#include "engine/jobquery.h"
#include "engine/scheduledtask.h"

namespace stint::cli {

/// The default columns of the panes, as the console has them.
namespace jobtable {

[[nodiscard]] QList<TextTable::Heading> headings(Pane pane);
[[nodiscard]] QList<TextTable::Cell> cells(Pane pane, const Job &job, Timestamp now);

[[nodiscard]] QList<TextTable::Heading> taskHeadings();
[[nodiscard]] QList<TextTable::Cell> cells(const ScheduledTask &task, Timestamp now);

} // namespace jobtable

} // namespace stint::cli
