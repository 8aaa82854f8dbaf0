// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/bench/benchplan.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace stint::cli::benchreport {

/// One JSON value: the plan, the median of each figure, and each round.
[[nodiscard]] QByteArray toJson(const BenchPlan &plan, const QList<BenchRound> &rounds);
/// The same for people: a line a figure, its median and its range.
[[nodiscard]] QStringList toLines(const BenchPlan &plan, const QList<BenchRound> &rounds);

} // namespace stint::cli::benchreport
