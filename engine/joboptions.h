// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "engine/retrypolicy.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace stint {

/// How a job is to run. Every field may be left out.
struct JobOptions {
    QString worker;                              ///< jobs of one worker run one at a time; null: the unnamed pool
    QString callback;                            ///< command that is run with the result once the job has succeeded
    std::optional<std::int64_t> dependsOn;       ///< runs after that job's success; cancelled if it does not succeed
    std::optional<Timestamp> runAfter;           ///< not before this moment
    std::optional<int> retryLimit;               ///< retries after the first attempt; default: the host's (2)
    std::optional<std::chrono::seconds> timeout; ///< of one attempt; default: the host's (10 minutes)
    std::optional<RetryPolicy> backoff;          ///< default: the host's (exponential from 1 s to 10 min)
    QString refId;                               ///< your own key, unique in the store; default: made
    QString tag;
    QString batchId;
    QString createdBy;
    QString userId;  ///< runs in that user's context
    QString replyTo; ///< where a webhook reports to; stored, may hold credentials
    std::optional<StringMap> args;
    std::optional<std::int64_t> parentId; ///< for the record only; see dependsOn
    int priority = 0;                     ///< higher first within its worker
    QString uniqueKey;                    ///< while one with this key is unfinished, enqueue returns that one
};

/// A job to be: what to run, with what, and how.
struct NewJob {
    QString name; ///< of the command, or of the API's request type
    bool isApi = false;
    QByteArray requestBody = QByteArrayLiteral("{}"); ///< JSON, kept byte for byte
    QString requestName;                              ///< type name of a command's request; default `NoArgs`
    JobOptions options;
    bool force = false; ///< also when a host lives and none knows the name
};

} // namespace stint
