// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/scheduledtask.h"

#include <QByteArray>

#include <optional>

namespace stint {

/// The Error, Args, Meta and Options columns: JSON, or JSV where ServiceStack up to 8.8 wrote them.
/// Reading tries strict JSON first, then JSV; names in any case; what it does not know is passed over.
/// An unreadable text gives nothing. Source: storage format 2.
namespace jsoncolumn {

[[nodiscard]] std::optional<JobError> parseError(QByteArrayView text);
[[nodiscard]] std::optional<StringMap> parseMap(QByteArrayView text);
[[nodiscard]] std::optional<TaskOptions> parseOptions(QByteArrayView text);

/// JSON without white space, nulls left out, non-ASCII as it is: what ServiceStack 8.9 and later reads.
[[nodiscard]] QByteArray toColumn(const JobError &error);
[[nodiscard]] QByteArray toColumn(const StringMap &map);
[[nodiscard]] QByteArray toColumn(const TaskOptions &options);

} // namespace jsoncolumn

} // namespace stint
