// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobquery.h"

#include <array>

using namespace Qt::StringLiterals;

namespace stint {

namespace {
constexpr std::array paneNames{"queue"_L1, "all"_L1, "completed"_L1, "failed"_L1};
}

QLatin1StringView toText(Pane pane) noexcept
{
    return paneNames[static_cast<std::size_t>(pane)];
}

std::optional<Pane> parsePane(QStringView text) noexcept
{
    for (std::size_t i = 0; i < paneNames.size(); ++i) {
        if (text.compare(paneNames[i], Qt::CaseInsensitive) == 0)
            return static_cast<Pane>(i);
    }
    return std::nullopt;
}

} // namespace stint
