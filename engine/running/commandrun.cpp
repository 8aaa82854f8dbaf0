// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/commandrun.h"

#include "engine/running/jobcompleter.h"

#include <atomic>
#include <optional>
#include <thread>

namespace stint {

namespace {

/// A command owns what ends it, its promise say, whose continuation holds this: so this lets go of the command in time.
struct Run {
    std::shared_ptr<AbstractCommand> command;
    std::function<void(CommandEnd)> finished;
    std::atomic<bool> isFinished{false};
    std::atomic<std::thread::id> beganOn; ///< until it has returned there
    std::optional<Outcome<JsonResult>> early;
};

void finish(const std::shared_ptr<Run> &run, Outcome<JsonResult> outcome)
{
    if (run->isFinished.exchange(true))
        return;
    if (run->beganOn == std::this_thread::get_id()) {
        run->early = std::move(outcome);
        return;
    }
    const auto finished = std::exchange(run->finished, nullptr);
    finished({std::move(outcome), [run] { run->command.reset(); }});
}

} // namespace

void runCommand(const CommandEntry &entry, const QByteArray &body, const std::shared_ptr<JobContext> &context,
                std::function<void(CommandEnd)> finished)
{
    const auto run = std::make_shared<Run>();
    run->finished = std::move(finished);
    run->beganOn = std::this_thread::get_id();
    try {
        const std::shared_ptr<AbstractCommand> command = entry.create(); // another thread may end it before it has returned here
        run->command = command;
        command->execute(body, context, [run](Outcome<JsonResult> outcome) { finish(run, std::move(outcome)); });
    } catch (...) {
        finish(run, JobCompleter::caught());
    }
    run->beganOn = std::thread::id();
    if (run->early) {
        run->command.reset();
        std::exchange(run->finished, nullptr)({std::move(*run->early), nullptr});
    }
}

} // namespace stint
