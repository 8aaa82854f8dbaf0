// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/json/jsonwriter.h"
#include "engine/store/jsv.h"
#include "tests/fuzz/require.h"

using namespace stint;

static void takeApart(QByteArrayView text, int depth)
{
    if (depth == 0)
        return;
    if (const auto members = jsv::members(text)) {
        QByteArray joined = "{";
        for (const jsv::Member &member : *members) {
            joined += (joined.size() > 1 ? "," : "") + member.key.toByteArray() + ':' + member.value.toByteArray();
            takeApart(member.value, depth - 1);
        }
        require(joined + '}' == text);
    }
    if (const auto items = jsv::items(text)) {
        QByteArray joined = "[";
        for (qsizetype i = 0; const QByteArrayView item : *items) {
            joined += (i++ > 0 ? "," : "") + item.toByteArray();
            takeApart(item, depth - 1);
        }
        require(joined + ']' == text);
    }
}

/// The tokens, put together again, are the text; and what a writer quotes is read back.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = toBytes(data, size);
    takeApart(text, 4);

    const QByteArray quoted = '"' + QByteArray(text).replace("\"", "\"\"") + '"';
    require(jsv::text(quoted) == textFromUtf8(text));
    const QByteArray object = '{' + quoted + ':' + quoted + '}';
    const auto members = jsv::members(object);
    require(members && members->size() == 1 && members->front().key == quoted && members->front().value == quoted);
    return 0;
}
