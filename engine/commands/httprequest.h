// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"

#include <QMap>

namespace stint {

/// What to ask of a web server.
struct HttpRequestRequest {
    Q_GADGET
    Q_PROPERTY(QString method MEMBER method)
    Q_PROPERTY(QString url MEMBER url)
    Q_PROPERTY(QMap<QString, QString> headers MEMBER headers)
    Q_PROPERTY(QString body MEMBER body)
    Q_PROPERTY(int timeoutMs MEMBER timeoutMs)

public:
    QString method = QStringLiteral("GET");
    QString url; ///< http or https
    QMap<QString, QString> headers;
    QString body;
    int timeoutMs = 30'000; ///< of the whole exchange, redirects and all
};

/// What it answered.
struct HttpRequestResult {
    Q_GADGET
    Q_PROPERTY(int status MEMBER status)
    Q_PROPERTY(QMap<QString, QString> headers MEMBER headers)
    Q_PROPERTY(QString body MEMBER body)
    Q_PROPERTY(bool truncated MEMBER truncated)

public:
    int status = 0;
    QMap<QString, QString> headers; ///< names in lower case
    QString body;                   ///< as text, by the charset that the server names
    bool truncated = false;         ///< it was longer than 1 MiB, and the rest is left out
};

/// Sends one HTTP request. A status from 400 is a failure (`Http404`), as is no answer (`ConnectionRefused`, `Timeout`
/// and the like). Neither headers nor the query of an address get into the log. On a thread of the pool.
class HttpRequest final : public Command<HttpRequestRequest, HttpRequestResult>
{
public:
    Outcome<HttpRequestResult> run(const HttpRequestRequest &request, JobContext &context) override;
};

} // namespace stint
