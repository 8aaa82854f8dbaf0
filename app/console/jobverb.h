// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/job.h"
#include "engine/jobquery.h"

#include <QList>
#include <QString>

namespace stint {

/// What an operator can do to jobs.
enum class JobVerb : std::uint8_t { Cancel, Requeue };

/// Which jobs a verb is for, and its words. GUI thread.
namespace jobverb {

/// The states in which a job that was chosen by itself can be acted on.
[[nodiscard]] QList<JobState> states(JobVerb verb);
/// The same where all jobs of a pane are chosen: of every job there is, only those that did not succeed are requeued.
[[nodiscard]] QList<JobState> states(JobVerb verb, Pane pane);

/// For the journal; never translated.
[[nodiscard]] QString key(JobVerb verb);
/// `Requeue %1 jobs?`, where the count is known.
[[nodiscard]] QString question(JobVerb verb, const QList<std::int64_t> &ids);
/// What it does to jobs in these states, and whether it can be undone.
[[nodiscard]] QString consequence(JobVerb verb, const QList<JobState> &states);
/// The button that does it.
[[nodiscard]] QString button(JobVerb verb, std::int64_t count, bool exact);
/// The button that does not.
[[nodiscard]] QString keep(JobVerb verb, bool one);
/// `Requeueing 12 jobs`, of a total that may not be known.
[[nodiscard]] QString underWay(JobVerb verb, std::int64_t total);
/// Why jobs in other states are left alone.
[[nodiscard]] QString whyLeftAlone(JobVerb verb, JobState state);

} // namespace jobverb

} // namespace stint
