// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/refid.h"

#include <QRandomGenerator>

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace stint {

namespace {
/// Milliseconds since 1970 and a counter within them, never going back even if the clock does.
struct Sequence {
    std::uint64_t milliseconds = 0;
    std::uint64_t counter = 0; // 12 bits
};

Sequence nextInSequence()
{
    static std::mutex mutex;
    static Sequence last;
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const std::lock_guard lock(mutex);
    if (const auto current = static_cast<std::uint64_t>(now); current > last.milliseconds)
        last = {current, QRandomGenerator::global()->bounded(0x400u)};
    else if (++last.counter > 0xfff)
        last = {last.milliseconds + 1, 0};
    return last;
}
} // namespace

QString makeRefId()
{
    const Sequence sequence = nextInSequence();
    const std::uint64_t high = sequence.milliseconds << 16 | 0x7000u | sequence.counter;
    const std::uint64_t low = (QRandomGenerator::global()->generate64() >> 2) | 0x8000'0000'0000'0000u;

    static constexpr std::array<char16_t, 16> digits{u'0', u'1', u'2', u'3', u'4', u'5', u'6', u'7',
                                                     u'8', u'9', u'a', u'b', u'c', u'd', u'e', u'f'};
    std::array<char16_t, 32> text{};
    for (std::size_t i = 0; i < 16; ++i) {
        const auto shift = 60 - 4 * i;
        text[i] = digits[(high >> shift) & 0xf];
        text[16 + i] = digits[(low >> shift) & 0xf];
    }
    return QString::fromUtf16(text.data(), 32);
}

} // namespace stint
