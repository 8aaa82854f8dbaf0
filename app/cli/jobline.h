// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/joboptions.h"
#include "engine/result.h"

#include <QByteArray>

namespace stint::cli {

/// Reads a line of `enqueue --from-file`: a JSON object with `name` (or `command`, or `api`), `request` and the options
/// of a job in camelCase. The request is kept as it stands in the line, byte for byte. What the line leaves out is as
/// in `defaults`; an unknown or repeated field is an error. Any thread.
[[nodiscard]] Result<NewJob> parseJobLine(QByteArrayView line, const NewJob &defaults);

} // namespace stint::cli
