// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/joboptions.h"

namespace stint {

/// The content of a scheduled task's Options column (ServiceStack's BackgroundJobOptions).
struct TaskOptions {
    QString refId;
    std::optional<std::int64_t> parentId;
    QString worker;
    std::optional<Timestamp> runAfter;
    QString callback;
    std::optional<std::int64_t> dependsOn;
    QString userId;
    std::optional<int> retryLimit;
    QString replyTo;
    QString tag;
    QString batchId;
    QString createdBy;
    std::optional<int> timeoutSecs;
    std::optional<StringMap> args;
    std::optional<bool> runCommand; ///< a transient run: no job is recorded

    friend bool operator==(const TaskOptions &, const TaskOptions &) = default;
};

/// A row of ScheduledTask: what is enqueued by the clock.
struct ScheduledTask {
    std::int64_t id = 0;
    QString name;
    std::optional<Ticks> interval;
    QString cronExpression;
    QString requestType;
    QString command;
    QString request;
    QByteArray requestBody;
    std::optional<TaskOptions> options;
    std::optional<Timestamp> lastRun;
    std::optional<std::int64_t> lastJobId;
};

} // namespace stint
