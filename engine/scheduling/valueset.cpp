// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/scheduling/valueset.h"

#include <bit>

using namespace Qt::StringLiterals;

namespace stint {

int ValueSet::count() const
{
    return std::popcount(m_bits);
}

int ValueSet::lowest() const
{
    return std::countr_zero(m_bits);
}

std::vector<int> ValueSet::values() const
{
    std::vector<int> values;
    for (std::uint64_t rest = m_bits; rest != 0; rest &= rest - 1)
        values.push_back(std::countr_zero(rest));
    return values;
}

std::optional<ValueSet::Run> ValueSet::run() const
{
    const auto has = [&](int value) { return (m_bits >> value & 1) != 0; };
    std::optional<Run> found;
    for (int value = m_first; value <= m_last; ++value) {
        if (!has(value) || has(value == m_first ? m_last : value - 1))
            continue;
        if (found) // there is a second beginning
            return std::nullopt;
        found = Run{.from = value, .to = 0};
    }
    if (found) {
        const int end = found->from + count() - 1;
        found->to = end <= m_last ? end : end - (m_last - m_first + 1);
    }
    return found;
}

std::optional<ValueSet::Step> ValueSet::step() const
{
    const std::vector<int> all = values();
    if (all.size() < 2)
        return std::nullopt;
    const int step = all[1] - all[0];
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i] - all[i - 1] != step)
            return std::nullopt;
    }
    const bool even = all.back() + step == all.front() + m_last - m_first + 1;
    if (step < 2 || all.back() + step <= m_last || (all.size() == 2 && !even))
        return std::nullopt;
    return Step{.from = all.front(), .step = step, .even = even};
}

QString ValueSet::list(const std::function<QString(int)> &word) const
{
    QString text;
    int left = count();
    for (const int value : values()) {
        text += word(value);
        --left;
        text += left > 1 ? u", "_s : left == 1 ? u" and "_s : QString();
    }
    return text;
}

} // namespace stint
