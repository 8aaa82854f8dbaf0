// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstats.h"

#include <QByteArray>

namespace stint {

/// The Commands column of a host: what it can run, as JSON.
[[nodiscard]] QByteArray toColumn(const QList<CommandInfo> &commands);
[[nodiscard]] QList<CommandInfo> parseHostCommands(const QByteArray &json);

} // namespace stint
