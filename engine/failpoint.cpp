// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/failpoint.h"

#ifdef STINT_FAILPOINTS

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace stint {

namespace {
struct Armed {
    std::string_view name;
    int count = 1;

    Armed()
    {
        const char *const text = std::getenv("STINT_FAILPOINT");
        if (!text)
            return;
        name = text;
        if (const auto colon = name.find(':'); colon != std::string_view::npos) {
            count = std::atoi(name.data() + colon + 1);
            name = name.substr(0, colon);
        }
    }
};
} // namespace

void passFailpoint(const char *name)
{
    static const Armed armed;
    static std::atomic<int> passed{0};
    if (armed.name.empty() || armed.name != name)
        return;
    if (++passed == armed.count)
        std::raise(SIGKILL);
}

} // namespace stint

#endif
