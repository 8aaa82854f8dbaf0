// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"

#include <QStringList>

namespace stint {

/// Which addresses to look at.
struct CheckUrlsRequest {
    Q_GADGET
    Q_PROPERTY(QStringList urls MEMBER urls)
    Q_PROPERTY(bool failOnError MEMBER failOnError)
    Q_PROPERTY(int timeoutMs MEMBER timeoutMs)

public:
    QStringList urls;         ///< http or https
    bool failOnError = false; ///< an address that is down fails the job; else it is the finding
    int timeoutMs = 10'000;   ///< of each
};

/// How one of them answered.
struct CheckedUrl {
    Q_GADGET
    Q_PROPERTY(QString url MEMBER url)
    Q_PROPERTY(int status MEMBER status)
    Q_PROPERTY(qint64 durationMs MEMBER durationMs)
    Q_PROPERTY(QString error MEMBER error)

public:
    QString url;
    int status = 0; ///< 0: no answer
    qint64 durationMs = 0;
    QString error; ///< empty: it is up

    friend bool operator==(const CheckedUrl &, const CheckedUrl &) = default;
};

/// How all of them did, in the order of the request.
struct CheckUrlsResult {
    Q_GADGET
    Q_PROPERTY(QList<stint::CheckedUrl> results MEMBER results)

public:
    QList<CheckedUrl> results;
};

/// Asks web addresses whether they are there, by HEAD or, where that is not allowed, GET. Several at once; a line of
/// the log for each. On a thread of the pool.
class CheckUrls final : public Command<CheckUrlsRequest, CheckUrlsResult>
{
public:
    static constexpr int atOnce = 4;

    Outcome<CheckUrlsResult> run(const CheckUrlsRequest &request, JobContext &context) override;
};

} // namespace stint
