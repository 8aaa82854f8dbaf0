// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"

#include <QMap>
#include <QStringList>

namespace stint {

/// Which program to run, and how.
struct RunProcessRequest {
    Q_GADGET
    Q_PROPERTY(QString program MEMBER program)
    Q_PROPERTY(QStringList arguments MEMBER arguments)
    Q_PROPERTY(QString directory MEMBER directory)
    Q_PROPERTY(QMap<QString, QString> environment MEMBER environment)
    Q_PROPERTY(QString input MEMBER input)

public:
    QString program; ///< a path, relative ones from `directory`; or a name to be found in PATH
    QStringList arguments;
    QString directory;                  ///< default: the host's
    QMap<QString, QString> environment; ///< added to the host's
    QString input;
};

/// How the program ended.
struct RunProcessResult {
    Q_GADGET
    Q_PROPERTY(int exitCode MEMBER exitCode)
    Q_PROPERTY(QString tail MEMBER tail)
    Q_PROPERTY(qint64 durationMs MEMBER durationMs)

public:
    int exitCode = 0;
    QString tail; ///< of its output, about 4 KiB
    qint64 durationMs = 0;
};

/// Runs a program. Its output goes to the job's log line by line, errors as warnings. An exit code other than 0 is a
/// failure (`ExitCode`), as is a signal (`Signal`) or a program that does not start (`NotStarted`). A stop ends its
/// whole process group, and so does its own end. On a thread of the pool.
class RunProcess final : public Command<RunProcessRequest, RunProcessResult>
{
public:
    /// What of the output is logged; the rest is counted.
    static constexpr qint64 loggedLines = 1'000'000;
    static constexpr qint64 loggedBytes = 256 * 1024 * 1024;

    Outcome<RunProcessResult> run(const RunProcessRequest &request, JobContext &context) override;
};

} // namespace stint
