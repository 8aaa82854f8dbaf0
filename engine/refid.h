// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace stint {

/// A new id of 32 lower-case hex digits in time order (the layout of UUID version 7): ids made later by this process
/// sort after earlier ones, so that inserts touch the end of an index. Any thread.
[[nodiscard]] QString makeRefId();

} // namespace stint
