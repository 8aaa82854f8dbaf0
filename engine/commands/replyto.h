// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/commands/httpexchange.h"
#include "engine/result.h"

#include <functional>

namespace stint {

/// Where and how a webhook is sent: what a job's `replyTo` says, `[METHOD ]credentials@url` (storage format 8).
/// Differences from the original: a text that starts with http:// or https:// is an address and nothing else; `%XX` in
/// a bearer token is decoded; what cannot be sent is an error here.
struct ReplyTo {
    QByteArray method = QByteArrayLiteral("POST"); ///< as it was written
    QUrl url;
    HttpHeaders headers;

    /// The value of an environment variable, or why there is none.
    using Environment = std::function<Result<QByteArray>(const QString &name)>;

    /// No error text contains any part of a credential.
    [[nodiscard]] static Result<ReplyTo> parse(const QString &text, const Environment &environment);
};

} // namespace stint
