// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/simulate.h"

#include <condition_variable>
#include <mutex>
#include <random>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

QString mistakeIn(const SimulateRequest &request)
{
    if (request.durationMs < 0)
        return u"durationMs: less than nothing"_s;
    if (request.steps < 1)
        return u"steps: at least one is needed"_s;
    if (request.logLines < 0)
        return u"logLines: less than nothing"_s;
    if (!(request.failureRate >= 0 && request.failureRate <= 1))
        return u"failureRate: from 0 to 1"_s;
    return {};
}

/// The step at which the attempt is to fail; 0: none.
int failingStep(const SimulateRequest &request, int attempt)
{
    std::mt19937_64 random(request.seed != 0 ? static_cast<std::uint64_t>(request.seed) + static_cast<std::uint64_t>(attempt)
                                             : std::random_device{}());
    const bool fails = std::uniform_real_distribution<>(0, 1)(random) < request.failureRate;
    return fails ? std::uniform_int_distribution<>(1, request.steps)(random) : 0;
}

/// Returns early when it is asked to stop.
void waitUntil(std::chrono::steady_clock::time_point moment, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any wakeUp;
    std::unique_lock lock(mutex);
    wakeUp.wait_until(lock, stop, moment, [] { return false; });
}

} // namespace

Outcome<SimulateResult> Simulate::run(const SimulateRequest &request, JobContext &context)
{
    if (const QString mistake = mistakeIn(request); !mistake.isEmpty())
        return Fail{{QString(joberror::badRequest), mistake, {}, {}, {}}};
    const QString message = request.message.isEmpty() ? u"Simulated work"_s : request.message;
    const int failing = failingStep(request, context.job().attempts);
    const std::stop_token stop = request.ignoreStop ? std::stop_token() : context.stopToken();
    const auto begin = std::chrono::steady_clock::now();
    const std::chrono::duration<double, std::milli> duration(request.durationMs);

    for (int step = 1; step <= request.steps; ++step) {
        if (stop.stop_requested())
            throw JobCancelled();
        waitUntil(begin + std::chrono::duration_cast<std::chrono::steady_clock::duration>(duration * step / request.steps), stop);
        if (stop.stop_requested())
            throw JobCancelled();
        for (int line = 1; line <= request.logLines; ++line)
            context.log(u"%1: step %2, line %3"_s.arg(message, QString::number(step), QString::number(line)));
        if (step == failing)
            throw JobException(u"Simulated"_s, u"a failure by chance in step %1 of %2"_s.arg(step).arg(request.steps));
        context.update(static_cast<double>(step) / request.steps,
                       u"%1: %2 of %3"_s.arg(message, QString::number(step), QString::number(request.steps)));
    }
    return SimulateResult{request.steps};
}

} // namespace stint
