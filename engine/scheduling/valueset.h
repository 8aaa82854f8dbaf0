// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace stint {

/// A set of the values of a field, bit n for the value n, and the shapes that people have words for. Any thread.
class ValueSet final
{
public:
    /// `first` and `last` are the least and greatest value that the field has.
    ValueSet(std::uint64_t bits, int first, int last)
        : m_bits(bits)
        , m_first(first)
        , m_last(last)
    {
    }

    struct Run {
        int from;
        int to; ///< below `from`: it wraps
    };
    struct Step {
        int from;
        int step;
        bool even; ///< it goes on from the last value to the first of the next round
    };

    [[nodiscard]] int count() const;
    [[nodiscard]] bool isFull() const { return count() == m_last - m_first + 1; }
    [[nodiscard]] int lowest() const;
    [[nodiscard]] std::vector<int> values() const;
    /// All values from one to another, if that is what it has; of one value too.
    [[nodiscard]] std::optional<Run> run() const;
    /// Every n-th value up to the last, n at least 2, if that is what it has; of two values only if they are even.
    [[nodiscard]] std::optional<Step> step() const;
    /// `5, 10 and 40`, each value as `word` has it.
    [[nodiscard]] QString list(const std::function<QString(int)> &word) const;

private:
    std::uint64_t m_bits;
    int m_first;
    int m_last;
};

} // namespace stint
