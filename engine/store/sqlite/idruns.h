// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <iterator>
#include <span>

namespace stint {

/// Calls `change` with each run of `items`: neighbours that are alike and whose ids follow each other without a gap, so that one
/// statement BETWEEN the first id and the last does what would take one for each.
template <typename Item, typename Alike, typename Change>
void forEachIdRun(std::span<Item> items, const Alike &alike, const Change &change)
{
    const auto isBreak = [&](const Item &one, const Item &next) { return next.id != one.id + 1 || !alike(one, next); };
    for (auto begin = items.begin(); begin != items.end();) {
        const auto last = std::adjacent_find(begin, items.end(), isBreak);
        const auto end = last == items.end() ? last : std::next(last);
        change(std::span<Item>(begin, end));
        begin = end;
    }
}

} // namespace stint
