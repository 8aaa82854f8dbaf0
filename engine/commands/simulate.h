// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"

namespace stint {

/// What to pretend.
struct SimulateRequest {
    Q_GADGET
    Q_PROPERTY(int durationMs MEMBER durationMs)
    Q_PROPERTY(int steps MEMBER steps)
    Q_PROPERTY(int logLines MEMBER logLines)
    Q_PROPERTY(double failureRate MEMBER failureRate)
    Q_PROPERTY(qint64 seed MEMBER seed)
    Q_PROPERTY(bool ignoreStop MEMBER ignoreStop)
    Q_PROPERTY(QString message MEMBER message)

public:
    int durationMs = 1000;
    int steps = 10;          ///< progress is reported after each
    int logLines = 0;        ///< a step
    double failureRate = 0;  ///< chance of an attempt, from 0 to 1
    qint64 seed = 0;         ///< the same one fails at the same attempts and steps; 0: by chance
    bool ignoreStop = false; ///< goes on when it is asked to stop, as code that never looks
    QString message;         ///< begins its log lines and status
};

/// What was pretended.
struct SimulateResult {
    Q_GADGET
    Q_PROPERTY(int steps MEMBER steps)

public:
    int steps = 0;
};

/// Takes time and does nothing: load for tests and demonstrations. On a thread of the pool, which it holds.
class Simulate final : public Command<SimulateRequest, SimulateResult>
{
public:
    Outcome<SimulateResult> run(const SimulateRequest &request, JobContext &context) override;
};

} // namespace stint
