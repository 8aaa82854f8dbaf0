// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/jsoncolumn.h"
#include "tests/fuzz/require.h"

using namespace stint;

/// What was read from any text is written and read back the same, down to absent and empty.
template <typename Value, typename Parse>
static void check(QByteArrayView text, Parse parse)
{
    const std::optional<Value> value = parse(text);
    if (!value)
        return;
    const QByteArray column = jsoncolumn::toColumn(*value);
    const std::optional<Value> again = parse(column);
    require(again && *again == *value && jsoncolumn::toColumn(*again) == column);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = toBytes(data, size);
    check<JobError>(text, jsoncolumn::parseError);
    check<StringMap>(text, jsoncolumn::parseMap);
    check<TaskOptions>(text, jsoncolumn::parseOptions);

    const StringMap map{{QString::fromUtf8(text), QString::fromUtf8(text)}};
    require(jsoncolumn::parseMap(jsoncolumn::toColumn(map)) == map);
    return 0;
}
