// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/foreignwriter.h"

namespace stint::foreigncancelling {

/// Cancels a job, with those that wait for it, in a store that another program made. While that program runs, what it
/// has taken into its memory is refused, and what is cancelled is archived by it at its next tick; while it does not
/// run, everything can be cancelled and goes to the archive at once, for at its start it would run whatever it finds.
/// Within an operation of the writer.
[[nodiscard]] ActionResult cancel(ForeignWriter &writer, std::int64_t id);

} // namespace stint::foreigncancelling
