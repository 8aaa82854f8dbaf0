// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QSet>
#include <QString>

#include <chrono>

namespace stint {

/// What a host lets webhooks do.
struct WebhookPolicy {
    QSet<QString> environment;                                    ///< variables whose values `$NAME` in a replyTo may send; by default none
    QByteArray authorities;                                       ///< PEM: further certificates that servers may be verified by
    std::chrono::milliseconds timeout = std::chrono::seconds{30}; ///< of one exchange, redirects and all
};

} // namespace stint
