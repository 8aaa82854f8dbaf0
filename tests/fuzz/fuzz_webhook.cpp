// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/replyto.h"
#include "tests/fuzz/require.h"

#include <algorithm>

using namespace stint;
using namespace Qt::StringLiterals;

static Result<ReplyTo> parse(const QString &text)
{
    return ReplyTo::parse(text, [](const QString &name) -> Result<QByteArray> {
        if (name == u"TOKEN")
            return QByteArrayLiteral("from-environment");
        return Error{ErrorCode::NotFound, u"no such variable"_s};
    });
}

static bool isLine(const QByteArray &text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// What is understood can be sent as one request to a web server, and a refusal tells no credential.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(toBytes(data, size));
    if (const auto replyTo = parse(text)) {
        require(replyTo->url.isValid() && !replyTo->url.host().isEmpty());
        require(replyTo->url.scheme() == u"http" || replyTo->url.scheme() == u"https");
        require(!replyTo->method.isEmpty() && isLine(replyTo->method) && !replyTo->method.contains(' '));
        for (const auto &[name, value] : replyTo->headers)
            require(isLine(name) && isLine(value));
    }
    const auto refused = parse(u"user:S3cr3tM4rk@"_s + text);
    require(refused.ok() || !refused.error().message.contains(u"S3cr3tM4rk"));
    return 0;
}
