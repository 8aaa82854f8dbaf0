// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <pthread.h>

namespace stint {

/// Names the calling thread as `top -H` and debuggers show it. At most 15 characters.
inline void nameThread(const char *name)
{
    pthread_setname_np(pthread_self(), name);
}

} // namespace stint
