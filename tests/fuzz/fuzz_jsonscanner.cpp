// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jsonscanner.h"
#include "tests/fuzz/require.h"

using namespace stint::cli;

/// What passes for JSON does so wherever a value may stand, what is cut off does not, and each member is JSON itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = toBytes(data, size);
    const auto members = jsonscanner::members(text);
    if (!jsonscanner::check(text)) {
        require(!members.ok());
        return 0;
    }
    require(text.size() > 512 || jsonscanner::check('[' + text + ',' + text + ']').ok()); // a limit of depth may bind
    const QByteArray trimmed = text.trimmed();
    require(members.ok() == trimmed.startsWith('{'));
    if (trimmed.startsWith('{') || trimmed.startsWith('[') || trimmed.startsWith('"'))
        require(!jsonscanner::check(trimmed.chopped(1)).ok());
    if (members.ok()) {
        for (const auto &member : *members)
            require(jsonscanner::check(member.value).ok());
    }
    return 0;
}
