// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobjson.h"
#include "engine/jobquery.h"
#include "engine/result.h"

namespace stint {

/// The rows of a pane as they are written for people and programs. The rows of Pane::All are summaries, those of
/// the others whole jobs. Any thread.
namespace panerow {

/// The fields of a pane's rows (camelCase), in the order of the API.
[[nodiscard]] QStringList fields(Pane pane);
/// The fields of that pane that are meant by `names`, in any case; all for none. InvalidArgument names one it lacks.
[[nodiscard]] Result<QStringList> resolve(Pane pane, const QStringList &names);
/// The same of the scheduled tasks.
[[nodiscard]] Result<QStringList> resolveOfTasks(const QStringList &names);
/// The least that must be read of each row to have these fields.
[[nodiscard]] RowDetail detailFor(Pane pane, const QStringList &fields);

/// A row of Pane::All as the summary that it was read from.
[[nodiscard]] JobSummary summaryOf(const Job &row);
[[nodiscard]] QByteArray toJson(Pane pane, const Job &row, const jobjson::Format &format);
/// A field of the pane, to be read from many rows; null: there is none.
[[nodiscard]] jobjson::Field<Job> field(Pane pane, const QString &name);
/// One field for a cell; null where the row has none.
[[nodiscard]] QString text(Pane pane, const Job &row, const QString &name, const jobjson::Format &format);

} // namespace panerow

} // namespace stint
