// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

namespace stint {

#ifdef STINT_FAILPOINTS
/// Kills the process with SIGKILL if the environment variable STINT_FAILPOINT is `name` or `name:N` and this is the
/// N-th time (from 1) that the point is passed. Compiled in for tests only.
void passFailpoint(const char *name);
#else
inline void passFailpoint(const char *) { }
#endif

} // namespace stint
