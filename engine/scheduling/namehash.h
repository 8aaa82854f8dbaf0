// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringView>

#include <cstdint>

namespace stint {

/// What `H` is taken from: FNV-1a of the name in UTF-8 and one byte of `salt`, mixed by the finaliser of SplitMix64. It
/// may never change, for schedules would move. qHash differs between processes.
[[nodiscard]] inline std::uint64_t nameHash(QStringView name, std::uint8_t salt)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    const auto add = [&hash](std::uint8_t byte) { hash = (hash ^ byte) * 0x100000001b3; };
    for (const char byte : name.toUtf8())
        add(static_cast<std::uint8_t>(byte));
    add(salt);
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    return hash ^ (hash >> 31);
}

} // namespace stint
